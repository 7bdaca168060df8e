#include <algorithm>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/difference.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNames = 10'000;
constexpr std::size_t kMostShown = 12;

bool is_version(const std::string& field) {
  return field.size() >= 3 && field[0] == 'v' &&
         field.find_first_not_of("0123456789", 1) == std::string::npos;
}

// What a name does against the rule; empty: nothing.
std::string fault_of(const std::string& file, const LessonExercise& rule) {
  const std::string stem = fs::path(file).stem().string();
  if (file.size() > static_cast<std::size_t>(count_of(rule, "most_characters"))) return "too long";
  for (const char c : file)
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
      return std::string("holds a character other than ") + text_of(rule, "allowed");
  for (const std::string& word : split(stem, "-_."))
    for (const std::string& refused : texts_of(rule, "refused"))
      if (word == refused) return "says \"" + refused + "\"";
  const std::vector<std::string> fields = split(stem, "_");
  const std::vector<std::string>& wanted = texts_of(rule, "fields");
  // A stem's name has one field more: the part.
  if (fields.size() < wanted.size() || fields.size() > wanted.size() + 1)
    return "has " + counted(fields.size(), "field", "fields") + " instead of " + join(wanted, ", ");
  if (std::none_of(fields.begin(), fields.end(), is_version)) return "has no version such as v07";
  if (std::none_of(fields.begin(), fields.end(), [](const std::string& one) { return is_date(one); }))
    return "has no date such as 2027-03-14";
  return {};
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::error_code failed;
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (name.front() != '.' && at->is_regular_file(failed)) names.push_back(name);
    if (names.size() > kMostNames)
      throw FileError(folder, Error("it holds more than 10,000 files; name one project's folder"));
  }
  if (failed)
    throw FileError(
        folder, Error("this folder cannot be read (" + failed.message() + "); name the project's folder"));
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(
      run, 3, 3,
      "the project's folder, the bounce made before the backup, and the bounce of the restored session");
  const std::vector<std::string> names = names_in(run.files[0]);
  Preparation preparation;
  std::size_t faults = 0;
  for (const std::string& name : names) {
    const std::string fault = fault_of(name, run.exercise());
    if (fault.empty()) continue;
    if (++faults <= kMostShown) preparation.readings.push_back({name, fault});
  }
  preparation.readings.push_back({"Names", std::to_string(names.size() - faults) + " of " +
                                               std::to_string(names.size()) + " follow the rule"});
  const Sound original = whole_file(run.files[1], run.progress);
  const Sound restored = whole_stem(run.files[2], run.progress);
  const Difference rest = about(run.files[2], [&] { return difference_of(original, restored); });
  preparation.readings.push_back(
      {"Residue", rest.level_dbfs ? quantity(rest.level_dbfs, "dBFS") : "digital silence"});
  if (rest.level_dbfs) {
    preparation.readings.push_back({"Strongest at", clock(rest.loudest_at_s)});
    Sound heard = rest.rest;
    match_loudness({&heard}, kClipLufs);
    run.put("residue.wav", "what is left of the subtraction, raised until it can be heard", heard);
  }
  if (rest.frames_apart > 0)
    preparation.readings.push_back({"Lengths differ by", std::to_string(rest.frames_apart) + " samples"});
  preparation.hidden["faults"] = faults;
  preparation.hidden["names"] = names.size();
  preparation.hidden["residual_dbfs"] = rest.level_dbfs ? Json(*rest.level_dbfs) : Json(nullptr);
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const Json& level = scoring.hidden.at("residual_dbfs");
  const double most = number_of(scoring.exercise(), "residual_dbfs");
  const bool cancels = level.is_null() || level.get<double>() <= most;
  const auto faults = scoring.hidden.at("faults").get<std::size_t>();
  const bool named = faults == 0 && scoring.hidden.at("names").get<std::size_t>() > 0;
  Outcome outcome;
  outcome.passed = cancels && named;
  outcome.verdict =
      (named ? std::string("Every name follows the rule")
             : counted(faults, "name does", "names do") + " not follow the rule") +
      (cancels ? ", and the restored session gives the same bounce."
               : ", and the residue is above " + quantity(most, "dBFS", 0) + "; listen to residue.wav.");
  if (level.is_number()) outcome.kept["residual_dbfs"] = level;
  return outcome;
}

}  // namespace

const ExerciseProgram kFilenameLintExercise = {"filename-lint", first, prepare, score};

}  // namespace lacquer
