#pragma once

#include <stdexcept>

namespace lacquer {

// Thrown at edges only: one sentence for a person, "what is wrong; what to do". The caller that knows the
// file's name puts it in front.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Thrown when the user interrupted the work.
class Cancelled : public std::exception {
 public:
  const char* what() const noexcept override { return "interrupted"; }
};

}  // namespace lacquer
