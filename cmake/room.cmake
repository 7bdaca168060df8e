# Samples run through engine/ and audio_io/ only. Everything else is made once per run: optimising it costs minutes of
# build and wins nothing that can be measured.
if(LACQUER_SANITIZE)
  set(lacquer_calm_options -O0)
else()
  set(lacquer_calm_options $<$<CONFIG:Release>:-O1>)
endif()

# lacquer_precompiled(NAME [LINK target…] [OPTIONS option…] [HEADERS <header>…]): the standard library's larger parts,
# read once for all that are compiled with the same options.
function(lacquer_precompiled name)
  cmake_parse_arguments(PCH "" "" "LINK;OPTIONS;HEADERS" ${ARGN})
  add_library(${name} OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
  target_compile_options(${name} PRIVATE ${PCH_OPTIONS})
  target_link_libraries(${name} PRIVATE ${PCH_LINK})
  target_precompile_headers(${name} PRIVATE
    <algorithm> <array> <cmath> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view>
    <utility> <variant> <vector> ${PCH_HEADERS})
endfunction()
lacquer_precompiled(lacquer_pch)
lacquer_precompiled(lacquer_calm_pch OPTIONS ${lacquer_calm_options})

# lacquer_room(NAME FOLDER [DEPENDS room…] [LIBRARIES target…])
# Every .cpp in the folder and below it becomes the static library lacquer_NAME; a folder without one is header-only.
function(lacquer_room name folder)
  cmake_parse_arguments(ROOM "" "" "DEPENDS;LIBRARIES" ${ARGN})
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${folder})
    set(kind INTERFACE)  # a room appears with its first real content
    add_library(lacquer_${name} INTERFACE)
  else()
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
    if(sources)
      set(kind PUBLIC)
      add_library(lacquer_${name} STATIC ${sources})
      if(folder MATCHES "^(engine/|audio_io)")
        target_precompile_headers(lacquer_${name} REUSE_FROM lacquer_pch)
      else()
        target_compile_options(lacquer_${name} PRIVATE ${lacquer_calm_options})
        target_precompile_headers(lacquer_${name} REUSE_FROM lacquer_calm_pch)
      endif()
    else()
      set(kind INTERFACE)
      add_library(lacquer_${name} INTERFACE)
    endif()
  endif()
  target_include_directories(lacquer_${name} ${kind} ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/engine)
  foreach(room IN LISTS ROOM_DEPENDS)
    target_link_libraries(lacquer_${name} ${kind} lacquer_${room})
  endforeach()
  target_link_libraries(lacquer_${name} ${kind} ${ROOM_LIBRARIES})
endfunction()
