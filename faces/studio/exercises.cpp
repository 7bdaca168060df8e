#include "faces/studio/exercises.h"

#include "app/whole_file.h"
#include "faces/studio/replies.h"
#include "faces/studio/uploads.h"

namespace lacquer::studio {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostInputs = 64;
constexpr std::size_t kMostAnswers = 500;
constexpr std::size_t kMostAnswerBytes = 20'000;
constexpr std::size_t kMostNames = 10'000;
constexpr std::size_t kMostNameBytes = 255;
constexpr const char* kRound = "round.json";

// What the page may see of an exercise: no seed, from which the hidden answers follow, and no path.
Json shown(const Json& ready) {
  Json files = Json::array();
  for (const Json& file : ready.at("files"))
    files.push_back({{"name", fs::path(file.at("path").get<std::string>()).filename().string()},
                     {"what", file.at("what")}});
  return {
      {"files", std::move(files)}, {"readings", ready.at("readings")}, {"questions", ready.at("questions")}};
}

Json shown_outcome(const Json& outcome) {
  return {{"passed", outcome.at("passed")},
          {"summary", outcome.at("summary")},
          {"readings", outcome.at("readings")}};
}

std::string text_answer(const nlohmann::json& value) {
  if (!value.is_string() || value.get_ref<const std::string&>().size() > kMostAnswerBytes)
    throw Refused(400, "an answer is a text of at most 20,000 bytes");
  return value.get<std::string>();
}

Answers answers_of(const nlohmann::json& said) {
  Answers answers;
  if (!said.is_object() || said.size() > kMostAnswers)
    throw Refused(400, "these are no answers; load the page again");
  for (const auto& [id, value] : said.items()) {
    if (!is_plain_name(id)) throw Refused(400, "there is no such question; load the page again");
    if (!value.is_array()) {
      answers.add(id, text_answer(value));
      continue;
    }
    if (value.size() > kMostAnswers) throw Refused(400, "these are too many answers");
    for (const auto& one : value) answers.add(id, text_answer(one));
  }
  return answers;
}

}  // namespace

Json Exercises::describe(const Lesson& lesson) const {
  Json files = Json::array();
  for (const KeptFile& file : files_below(this->files(lesson)))
    files.push_back({{"name", file.name}, {"bytes", file.bytes}});
  Json described = {
      {"state", "none"}, {"files", std::move(files)}, {"names", 0}, {"ready", nullptr}, {"outcome", nullptr}};
  std::error_code failed;
  for (auto place = fs::directory_iterator(folder(lesson) / "names", failed);
       place != fs::directory_iterator(); ++place)
    described["names"] = described["names"].get<int>() + 1;
  const auto round = Json::parse(text_of_file(folder(lesson) / kRound), nullptr, false);
  if (round.is_object()) described.update(round);
  return described;
}

fs::path Exercises::sound(const Lesson& lesson, const std::string& name) const {
  if (!name.ends_with(".wav")) throw Refused(404, "there is no such sound");
  return place_below(folder(lesson) / "made", name);
}

void Exercises::keep_names(const Lesson& lesson, const nlohmann::json& names) const {
  const fs::path into = folder(lesson) / "names";
  if (!names.is_array() || names.empty() || names.size() > kMostNames)
    throw Refused(400, "a project's folder holds 1 to 10,000 files; choose the right one");
  fs::remove_all(into);
  fs::create_directories(into);
  for (const auto& one : names) {
    const std::string name = one.is_string() ? one.get<std::string>() : "";
    if (name.empty() || name.size() > kMostNameBytes || name == "." || name == ".." ||
        name.find_first_of(std::string("/\0", 2)) != std::string::npos)
      throw Refused(400, "a file has a name that cannot be; choose the project's folder again");
    write_whole_file(into / name, "");
  }
}

// A song keeps its own name, which some exercises tell.
fs::path Exercises::input(const Lesson& lesson, const nlohmann::json& one, std::size_t place) {
  if (one.is_object() && one.contains("names")) return folder(lesson) / "names";
  if (one.is_object() && one.contains("file")) {
    const fs::path file = place_below(files(lesson), text_answer(one["file"]));
    std::error_code failed;
    if (!fs::is_regular_file(file, failed))
      throw Refused(400, "this file is not there any more; hand it over again");
    return file;
  }
  if (!one.is_object() || !one.contains("song"))
    throw Refused(400, "a file is named wrongly; load the page again");
  const std::string song = text_answer(one["song"]);
  const std::string name = songs_.describe(song).value("name", "untitled");
  const fs::path named =
      folder(lesson) / "songs" / std::to_string(place) / ((name.starts_with('.') ? "song " : "") + name);
  fs::create_directories(named.parent_path());
  fs::create_hard_link(songs_.source(song), named);
  return named;
}

Work Exercises::run_work(const Lesson& lesson, const nlohmann::json& request) {
  std::error_code ignored;
  fs::remove_all(folder(lesson) / "songs", ignored);
  std::vector<std::string> words = {"learn", lesson.id, "--run"};
  const nlohmann::json inputs = request.value("inputs", nlohmann::json::array());
  if (!inputs.is_array() || inputs.size() > kMostInputs)
    throw Refused(400, "these are too many files; take some away");
  for (std::size_t i = 0; i < inputs.size(); ++i) words.push_back(input(lesson, inputs[i], i).string());
  const fs::path made = folder(lesson) / "made";
  words.insert(words.end(), {"-o", made.string(), "--overwrite", "--json"});
  const Answers first = answers_of(request.value("first", nlohmann::json::object()));
  for (const auto& [id, said] : first.said()) words.push_back("--say=" + id + "=" + said);
  return [this, words, made](const ProgressCallback& progress) {
    const fs::path home = made.parent_path();
    fs::remove(home / kRound);
    fs::remove_all(made);
    fs::create_directories(made);
    const Json item = Json::parse(run_lacquer(programs_, words, progress)).at("items").at(0);
    // Where nothing is left to be asked, it was scored and kept at once.
    const bool scored = item.contains("passed");
    const Json round = {{"state", scored ? "scored" : "ready"},
                        {"ready", scored ? Json(nullptr) : shown(item)},
                        {"outcome", scored ? shown_outcome(item) : Json(nullptr)}};
    write_whole_file(home / kRound, dump(round));
  };
}

void Exercises::score(const Lesson& lesson, const nlohmann::json& answers, LessonRecords& records,
                      std::int64_t now_ms) {
  const fs::path file = folder(lesson) / kRound;
  Json round = Json::parse(text_of_file(file), nullptr, false);
  if (!round.is_object() || round.value("state", "") != "ready")
    throw Refused(409, "this round is over; start another one");
  const ReadyExercise ready = sealed_exercise(folder(lesson) / "made");
  const Answers said = answers_of(answers);
  const Json newest = records.newest_score(lesson.id);
  const Json earlier = newest.is_object() && newest.contains("kept") ? newest.at("kept") : Json();
  const Outcome outcome = score_exercise(ready, said, earlier, now_ms);
  records.add_score(lesson.id, lesson.exercise.kind, score_document(outcome, ready, said), now_ms);
  if (outcome.passed) records.finish(lesson.id, now_ms);
  round["state"] = "scored";
  round["outcome"] = shown_outcome(outcome_json(outcome, ready).at("items").at(0));
  write_whole_file(file, dump(round));
}

Json first_questions_json(const Lesson& lesson) {
  ReadyExercise first;
  first.lesson = &lesson;
  first.questions = first_questions(lesson);
  return exercise_json(first).at("items").at(0).at("questions");
}

}  // namespace lacquer::studio
