#include "core/lazy_library.h"

#include <gtest/gtest.h>
#include <math.h>

#include <string>

namespace lacquer {

namespace {
constinit const LazyLibrary mathematics("libm.so.6", "install a C library");
constinit const LazyLibrary nowhere("liblacquer-has-no-such.so.1", "install it");
constinit const LazyFunction<double(double)> bessel(mathematics, "j0");

TEST(LazyLibrary, CallsTheFunctionItIsNamedAfter) {
  EXPECT_EQ(bessel(1.0), ::j0(1.0));
  EXPECT_EQ(bessel(2.0), ::j0(2.0));  // found before
}

std::string error_of(const LazyLibrary& library, const char* function) {
  try {
    library.find(function);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(LazyLibrary, SaysWhatToDoWhenItIsMissing) {
  EXPECT_EQ(error_of(nowhere, "j0"),
            "the library liblacquer-has-no-such.so.1 could not be loaded; install it");
  EXPECT_EQ(error_of(mathematics, "lacquer_has_no_such"),
            "the library libm.so.6 could not be loaded; install a C library");
  EXPECT_EQ(error_of(mathematics, "j0"), "");
}

}  // namespace
}  // namespace lacquer
