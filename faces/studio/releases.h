#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "faces/studio/work.h"

namespace lacquer::studio {

// Releases that are being prepared, one folder each below `releases/`, named by 16 hexadecimal digits:
// Release/ with the files as the user handed them over (faces/studio/uploads.h) and release.toml, and beside
// it what the last check wrote. A page cannot name any other folder of the machine.
class Releases {
 public:
  Releases(std::filesystem::path studio, const Programs& programs)
      : folder_(std::move(studio) / "releases"), programs_(programs) {}

  Json list() const;  // { releases: [ … as describe() … ] }, newest first
  std::string add() const;
  void remove(const std::string& id) const;
  // { id, title, files: [ { name, bytes } ], about: the text of release.toml, checked: null | `release
  // --json` }
  Json describe(const std::string& id) const;
  std::filesystem::path files(const std::string& id) const;  // throws Error for what is no release here
  // A file that the last check wrote: "readiness.pdf", "readiness.html", "dates.ics"; its bytes.
  std::string written(const std::string& id, const std::string& name) const;

  void keep_about(const std::string& id, std::string_view toml) const;
  void write_template(const std::string& id) const;  // a release.toml to fill in, where there is none
  Work check_work(const std::string& id) const;

 private:
  std::filesystem::path home(const std::string& id) const;

  std::filesystem::path folder_;
  const Programs& programs_;
};

}  // namespace lacquer::studio
