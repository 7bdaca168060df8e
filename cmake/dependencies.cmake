find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(sndfile REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(libav REQUIRED IMPORTED_TARGET libavformat libavcodec libswresample libavutil)
pkg_check_modules(soxr REQUIRED IMPORTED_TARGET soxr)
pkg_check_modules(taglib REQUIRED IMPORTED_TARGET taglib)
pkg_check_modules(fftw REQUIRED IMPORTED_TARGET fftw3f fftw3)
pkg_check_modules(hwy REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(tomlplusplus REQUIRED IMPORTED_TARGET tomlplusplus)
pkg_check_modules(glib REQUIRED IMPORTED_TARGET glib-2.0)
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo cairo-svg cairo-pdf pangocairo)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)

# Opened by the program when it needs them (core/lazy_library.h), so their headers only. Pango asks for -pthread
# when compiling, which no other room does and the precompiled header would refuse; with glibc 2.34 and later it
# changes nothing.
foreach(library libav cairo)
  add_library(${library}_headers INTERFACE)
  target_include_directories(${library}_headers SYSTEM INTERFACE ${${library}_INCLUDE_DIRS})
endforeach()
target_link_libraries(libav_headers INTERFACE ${CMAKE_DL_LIBS})
target_link_libraries(cairo_headers INTERFACE ${CMAKE_DL_LIBS})
