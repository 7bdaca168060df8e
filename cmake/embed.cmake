# lacquer_embed(ROOM DIRECTORY folder): every file below the folder becomes part of the binary.
# The room gets content_index.cpp, which fills `embedded_files()` declared in library/embedded.h.
function(lacquer_embed room)
  cmake_parse_arguments(EMBED "" "DIRECTORY" "" ${ARGN})
  get_target_property(kind lacquer_${room} TYPE)
  if(kind STREQUAL "INTERFACE_LIBRARY")
    return()
  endif()
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/${EMBED_DIRECTORY}
       ${CMAKE_SOURCE_DIR}/${EMBED_DIRECTORY}/*)
  set(assembly "    .section .rodata\n")
  set(declarations "")
  set(rows "")
  set(number 0)
  set(paths "")
  foreach(file IN LISTS files)
    set(path ${CMAKE_SOURCE_DIR}/${EMBED_DIRECTORY}/${file})
    string(APPEND assembly
      "    .global lacquer_content_${number}\n    .global lacquer_content_${number}_end\n"
      "lacquer_content_${number}:\n    .incbin \"${path}\"\nlacquer_content_${number}_end:\n    .byte 0\n")
    string(APPEND declarations
      "extern \"C\" const char lacquer_content_${number}[];\nextern \"C\" const char lacquer_content_${number}_end[];\n")
    string(APPEND rows "      {\"${file}\", view(lacquer_content_${number}, lacquer_content_${number}_end)},\n")
    list(APPEND paths ${path})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly "    .section .note.GNU-stack,\"\",@progbits\n")
  set(out ${CMAKE_BINARY_DIR}/generated)
  file(CONFIGURE OUTPUT ${out}/content_data.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${out}/content_index.cpp CONTENT
"// Made by cmake/embed.cmake from the files in ${EMBED_DIRECTORY}/.
#include \"library/embedded.h\"
${declarations}
namespace lacquer {
namespace {
std::string_view view(const char* first, const char* last) {
  return {first, static_cast<std::size_t>(last - first)};
}
}  // namespace
std::span<const EmbeddedFile> embedded_files() {
  static const std::vector<EmbeddedFile> files = {
${rows}  };
  return files;
}
}  // namespace lacquer
" @ONLY)
  set_source_files_properties(${out}/content_data.S PROPERTIES OBJECT_DEPENDS "${paths}")
  target_sources(lacquer_${room} PRIVATE ${out}/content_data.S ${out}/content_index.cpp)
endfunction()
