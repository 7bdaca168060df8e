#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace lacquer {

// A sentence that says why there is no value.
struct Failure {
  std::string why;
};

// A value, or the reason why there is none, where failure is an expected outcome rather than an error.
template <class T>
class Result {
 public:
  Result(T value) : state_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Result(Failure failure) : state_(std::move(failure)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const noexcept { return std::holds_alternative<T>(state_); }
  const T& operator*() const& {
    assert(*this);
    return std::get<T>(state_);
  }
  T&& operator*() && { return std::get<T>(std::move(state_)); }
  const T* operator->() const { return &std::get<T>(state_); }
  const std::string& why() const { return std::get<Failure>(state_).why; }

 private:
  std::variant<T, Failure> state_;
};

}  // namespace lacquer
