#pragma once

#include <new>
#include <string>
#include <vector>

#include "app/audio_files.h"
#include "app/file_error.h"
#include "faces/cli/arguments.h"

namespace lacquer::cli {

// How a run over one or more files went, and what it ends with.
class Batch {
 public:
  explicit Batch(bool json) : json_(json) {}

  // Runs `work` on a file; an error is told and the rest goes on.
  template <class Work>
  void attempt(const NamedFile& file, const Work& work);

  void note(const NamedFile& file, const std::string& text) const;
  // Remembers a status other than 0; the first one told counts, but a failed file comes before it.
  void end_with(int status) {
    if (status_ == 0) status_ = status;
  }
  int status() const;
  std::size_t failed() const { return failed_; }

 private:
  void fail(const NamedFile& file, const std::string& about, const std::string& message);

  bool json_;
  std::size_t failed_ = 0;
  int status_ = 0;
};

// The files that were named; throws WrongUsage where one name was given for several outputs.
std::vector<NamedFile> files_to_check(const Arguments& arguments);
std::vector<NamedFile> files_to_master(const Arguments& arguments);

template <class Work>
void Batch::attempt(const NamedFile& file, const Work& work) {
  try {
    if (file.error) throw Error(*file.error);
    work();
  } catch (const FileError& error) {
    fail(file, error.file().string(), error.what());
  } catch (const Error& error) {
    fail(file, file.path.string(), error.what());
  } catch (const std::bad_alloc&) {
    fail(file, file.path.string(),
         "there is not enough memory for this file; close other programs and try again");
  }
}

}  // namespace lacquer::cli
