# One precompiled header for all rooms: the standard library's larger parts.
add_library(lacquer_pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_precompile_headers(lacquer_pch PRIVATE
  <algorithm> <array> <cmath> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view>
  <utility> <variant> <vector>)

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
      target_precompile_headers(lacquer_${name} REUSE_FROM lacquer_pch)
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
