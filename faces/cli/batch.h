#pragma once

#include <new>
#include <string>
#include <vector>

#include "app/album.h"
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
  // Tells of the names that stand for no file, and returns the others.
  std::vector<NamedFile> without_errors(const std::vector<NamedFile>& files);
  // What an album came to: a line for a person, and a word on those of its files that are not part of it.
  void close_album(const std::optional<AlbumLevel>& level, std::size_t files) const;
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
// Whether they are an album, to be levelled as a whole; throws WrongUsage where an option is for one song.
bool is_album(const Arguments& arguments, const std::vector<NamedFile>& files);
std::vector<std::filesystem::path> paths_of(const std::vector<NamedFile>& files);

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
