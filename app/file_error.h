#pragma once

#include <filesystem>
#include <utility>

#include "core/error.h"

namespace lacquer {

// An error about another file than the one being worked on: the output, the report, the plan.
class FileError : public Error {
 public:
  FileError(std::filesystem::path file, const Error& error) : Error(error), file_(std::move(file)) {}
  const std::filesystem::path& file() const noexcept { return file_; }

 private:
  std::filesystem::path file_;
};

// Runs `work`; what it throws becomes an error about `file`.
template <class Work>
auto about(const std::filesystem::path& file, const Work& work) {
  try {
    return work();
  } catch (const FileError&) {
    throw;
  } catch (const Error& error) {
    throw FileError(file, error);
  }
}

}  // namespace lacquer
