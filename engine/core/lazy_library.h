#pragma once

#include <dlfcn.h>

#include <atomic>
#include <string>

#include "core/error.h"

namespace lacquer {

// A shared library that only some of the work needs: opened by the first call into it, not by every start of
// the program (FFmpeg's bring a hundred others along, which takes longer than measuring a short file). A
// library and its functions are constants, so that they cost nothing before; calls from any thread.
class LazyLibrary {
 public:
  // `file` as the dynamic linker looks for it, version included; `advice` is what to do when it is missing.
  constexpr LazyLibrary(const char* file, const char* advice) : file_(file), advice_(advice) {}

  // Throws Error when there is no such library or no such function in it.
  void* find(const char* function) const {
    void* library = handle_.load(std::memory_order_acquire);
    if (library == nullptr) {
      library = ::dlopen(file_, RTLD_LAZY | RTLD_LOCAL);  // the same handle for all who come at once
      handle_.store(library, std::memory_order_release);
    }
    void* found = library == nullptr ? nullptr : ::dlsym(library, function);
    if (found == nullptr)
      throw Error(std::string("the library ") + file_ + " could not be loaded; " + advice_);
    return found;
  }

 private:
  const char* file_;
  const char* advice_;
  mutable std::atomic<void*> handle_ = nullptr;
};

// Called like the function it is named after.
template <class Function>
class LazyFunction;

template <class Result, class... Arguments>
class LazyFunction<Result(Arguments...)> {
 public:
  constexpr LazyFunction(const LazyLibrary& library, const char* name) : library_(library), name_(name) {}

  Result operator()(Arguments... arguments) const {
    void* address = address_.load(std::memory_order_acquire);
    if (address == nullptr) {
      address = library_.find(name_);
      address_.store(address, std::memory_order_release);
    }
    return reinterpret_cast<Result (*)(Arguments...)>(address)(arguments...);
  }

 private:
  const LazyLibrary& library_;
  const char* name_;
  mutable std::atomic<void*> address_ = nullptr;
};

}  // namespace lacquer

// In namespace lacquer: a call to `function` there reaches the library this way. One that is not listed does
// not link.
#define LACQUER_LAZY(library, function) \
  inline constinit const LazyFunction<decltype(::function)> function(library, #function)
