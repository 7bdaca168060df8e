#include "app/target.h"

#include <algorithm>

#include "api/text.h"
#include "api/toml_text.h"
#include "api/version.h"
#include "app/check.h"
#include "app/data_file.h"
#include "app/file_error.h"
#include "app/in_order.h"
#include "app/knowledge.h"
#include "app/names.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"
#include "library/target_content.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNameLetters = 64;

const TargetCurve* built_in(const std::string& name) {
  for (const TargetCurve& curve : knowledge().targets)
    if (curve.name == name) return &curve;
  return nullptr;
}

TargetCurve read_target_file(const fs::path& path) {
  return parse_target(
      toml_file_text(path, "this is no target curve; name a file that lacquer target learn has written"),
      path.string());
}

// What a target file may be called: "My Records (2).toml" becomes "my-records-2".
std::string target_name(const fs::path& output) {
  std::string name;
  for (char c : output.stem().string()) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (plain)
      name += c;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  name.resize(std::min(name.size(), kMostNameLetters));
  while (name.ends_with('-')) name.pop_back();
  return name.empty() ? "learned" : name;
}

std::string counted(std::size_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

std::vector<RecordShape> shapes(const std::vector<NamedRecord>& records) {
  std::vector<RecordShape> all;
  for (const NamedRecord& one : records)
    if (one.record.shape) all.push_back(*one.record.shape);
  return all;
}

// A record that the user names says what is wrong with it, rather than being left out.
void require_usable(const NamedRecord& reference) {
  if (reference.record.unusable) throw FileError(reference.path, Error(reference.record.unusable->why));
  if (reference.record.mono)
    throw FileError(reference.path,
                    Error("as a reference it must be stereo, and this is mono; name a stereo record"));
}

std::string reference_why(const std::vector<NamedRecord>& records, const LearnedTarget& learned) {
  const LearningRules& rules = knowledge().learning;
  const std::string count = counted(records.size(), "reference");
  std::string why = "As asked: ";
  if (learned.own_tolerance)
    why += "the median of your " + count + ", and the spread between them as tolerance.";
  else
    why += (records.size() == 1 ? "your reference" : "the mean of your " + count) +
           ", with the tolerance of the built-in target next to it, " + learned.base + "; " +
           std::to_string(static_cast<int>(rules.own_spread_records)) + " or more would bring their own.";
  for (const NamedRecord& one : records)
    if (!one.record.shape->caution.empty())
      why += " Of " + well_formed_utf8(one.path.filename().string()) + ": " + one.record.shape->caution + ".";
  return why;
}

}  // namespace

bool is_target(const std::string& name_or_file) {
  std::error_code failed;
  return built_in(name_or_file) != nullptr || fs::exists(fs::path(name_or_file), failed);
}

ChosenTarget told_target(const std::string& name_or_file) {
  if (const TargetCurve* curve = built_in(name_or_file))
    return {ChosenTarget::Origin::kNamed, *curve, "As asked."};
  const TargetCurve curve = read_target_file(name_or_file);
  return {ChosenTarget::Origin::kLearned, curve,
          "As asked: the target file " + well_formed_utf8(fs::path(name_or_file).filename().string()) + "."};
}

ReadRecord read_record_file(const fs::path& path, const ProgressCallback& progress) {
  return read_record(check_file(path, {}, progress).measurements, knowledge().learning);
}

ChosenTarget reference_target(const std::vector<fs::path>& files, const FilesProgress& progress) {
  std::vector<NamedRecord> records;
  in_order(
      files.size(),
      [&](std::size_t i) {
        return about(files[i], [&] {
          return read_record_file(files[i], [&](std::string_view doing, double done) {
            return !progress || progress(files[i], doing, done);
          });
        });
      },
      [&](std::size_t i, std::future<ReadRecord> read) {
        records.push_back({files[i], read.get()});
        require_usable(records.back());
      });
  const LearnedTarget learned = learn_target(shapes(records), knowledge().targets, knowledge().learning);
  ChosenTarget target{ChosenTarget::Origin::kReference, learned.curve, reference_why(records, learned)};
  std::vector<ReferenceSound> sounds;
  for (const NamedRecord& one : records) sounds.push_back(one.record.sound);
  target.sound = mean_of(sounds);
  target.curve.name = "reference";
  target.curve.label = records.size() == 1
                           ? "Your reference, " + well_formed_utf8(files[0].filename().string())
                           : "Your " + counted(records.size(), "reference");
  return target;
}

TargetFile make_target(const std::vector<NamedRecord>& records, const fs::path& output) {
  const std::vector<RecordShape> usable = shapes(records);
  if (usable.empty())
    throw Error("there is no record to learn from; name a folder of finished records of 30 s or more");
  TargetFile target;
  target.learned = learn_target(usable, knowledge().targets, knowledge().learning);
  target.learned.curve.name = target_name(output);
  target.learned.curve.label = "Learned from " + counted(usable.size(), "record");
  target.source = "Third-octave levels of " + counted(usable.size(), "record") + ", measured by lacquer " +
                  std::string(version());
  for (const NamedRecord& one : records)
    target.records.push_back({one.path.string(), one.record.shape.has_value(),
                              one.record.shape ? one.record.shape->caution : one.record.unusable->why});
  return target;
}

fs::path write_target_file(const TargetFile& target, const fs::path& output, bool overwrite) {
  return about(output, [&] {
    for (const TargetRecord& record : target.records)
      if (same_file(output, record.path))
        throw Error("this is one of the records; choose another name with -o");
    fs::path name = overwrite ? output : free_name(output);
    write_file_atomically(name, target_to_toml(target), overwrite);
    return name;
  });
}

}  // namespace lacquer
