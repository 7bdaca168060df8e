#include <algorithm>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "core/decibels.h"
#include "report/format.h"
#include "session/exercises/changes.h"
#include "session/exercises/rhythm.h"

namespace lacquer {
namespace {

// Where sections begin, from "0:00 verse, 0:40 chorus": times alone, or with names.
struct Section {
  double from_s = 0.0;
  std::string name;
};
std::vector<Section> sections_of(const std::string& said) {
  std::vector<Section> sections;
  for (const std::string& part : split(said, ",;")) {
    const std::size_t blank = part.find(' ');
    const auto at = seconds_of(std::string_view(part).substr(0, blank));
    if (!at || (!sections.empty() && *at <= sections.back().from_s))
      throw Error("sections: \"" + part.substr(0, 40) +
                  "\" does not fit; write rising times with names, such as 0:00 verse, 0:40 chorus");
    sections.push_back({*at, blank == std::string::npos ? "section " + std::to_string(sections.size() + 1)
                                                        : lower(part.substr(blank + 1))});
  }
  if (sections.size() < 2 || sections.size() > 64)
    throw Error("sections: two to 64 are needed; write where each begins");
  return sections;
}

std::vector<double> curve_of(const std::string& said, int most) {
  std::vector<double> points;
  for (const std::string& word : split(said, " ,;")) {
    Answers one;
    one.add("curve", word);
    points.push_back(one.needed_number("curve"));
    if (points.back() < 0.0 || points.back() > 10.0)
      throw Error("curve: " + word.substr(0, 20) + " is outside 0 to 10; correct it");
  }
  if (points.size() < 3 || static_cast<int>(points.size()) > most)
    throw Error("curve: 3 to " + std::to_string(most) + " points are needed, evenly spread over the song");
  return points;
}

std::vector<Question> first(const Lesson& lesson) {
  return {{"curve", "Your drawn curve: up to " + std::to_string(count_of(lesson.exercise, "points")) +
                        " points from 0 to 10, evenly spread over the song:"},
          {"sections", "Where the sections begin, such as 0:00 intro, 0:20 verse, 0:50 chorus:"},
          {"main", "The name of the chorus or drop among them:"}};
}

std::size_t section_at(const std::vector<Section>& sections, double at_s) {
  std::size_t index = 0;
  while (index + 1 < sections.size() && sections[index + 1].from_s <= at_s) ++index;
  return index;
}

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "the arrangement");
  const std::vector<double> points = curve_of(run.answers.text("curve"), count_of(run.exercise(), "points"));
  const std::vector<Section> sections = sections_of(run.answers.text("sections"));
  const Sound song = whole_file(run.files[0], run.progress);
  if (sections.back().from_s >= song.seconds())
    throw FileError(run.files[0], Error("it ends before the last section begins; correct the times"));
  const std::string main = lower(run.answers.text("main"));
  const auto found =
      std::find_if(sections.begin(), sections.end(), [&](const Section& one) { return one.name == main; });
  if (found == sections.end() || found == sections.begin())
    throw Error("main: it must be one of the sections, and not the first; name it as you did there");
  const std::vector<double> attacks = attacks_of(song);
  Preparation preparation;
  double lowest = 1e9;
  std::size_t lowest_at = 0;
  Json measured = Json::array();
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const double to = i + 1 < sections.size() ? sections[i + 1].from_s : song.seconds();
    const Sound part = part_of(song, {sections[i].from_s, to});
    const std::optional<double> lufs = level_of(part).lufs;
    const auto count = std::count_if(attacks.begin(), attacks.end(),
                                     [&](double at) { return at >= sections[i].from_s && at < to; });
    const double density = static_cast<double>(count) / std::max(0.1, to - sections[i].from_s);
    std::optional<double> width;
    if (song.audio.channels() == 2) {
      const Sound side = side_alone(part), middle = middle_alone(part);
      if (mean_square(middle) > 0.0) width = power_to_db(mean_square(side) / mean_square(middle));
    }
    preparation.readings.push_back({clock(sections[i].from_s) + " " + sections[i].name,
                                    quantity(lufs, "LUFS") + ", " + quantity(density, "attacks a second") +
                                        ", side " + quantity(width, "dB") + " against mid"});
    measured.push_back({lufs.value_or(-70.0), density});
    if (lufs.value_or(-70.0) < lowest) {
      lowest = lufs.value_or(-70.0);
      lowest_at = i;
    }
  }
  // Of several equal lowest points any section that holds one is where it was drawn.
  const double drawn_lowest = *std::min_element(points.begin(), points.end());
  Json drawn = Json::array();
  for (std::size_t i = 0; i < points.size(); ++i)
    if (points[i] == drawn_lowest)
      drawn.push_back(section_at(
          sections, song.seconds() * static_cast<double>(i) / static_cast<double>(points.size() - 1)));
  preparation.hidden = {{"measured", measured},
                        {"drawn_lowest", drawn},
                        {"lowest", lowest_at},
                        {"main", found - sections.begin()}};
  preparation.questions = {{"reason",
                            "Where should the measured curve have followed yours, and why did it not?",
                            AnswerForm::kText,
                            {},
                            true}};
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const Json& measured = scoring.hidden.at("measured");
  const auto main = scoring.hidden.at("main").get<std::size_t>();
  const double rise = measured.at(main)[0].get<double>() - measured.at(main - 1)[0].get<double>();
  const double before = measured.at(main - 1)[1].get<double>();
  const double density = before > 0.0 ? 100.0 * (measured.at(main)[1].get<double>() / before - 1.0) : 0.0;
  const Json& drawn = scoring.hidden.at("drawn_lowest");
  const bool valley = std::find(drawn.begin(), drawn.end(), scoring.hidden.at("lowest")) != drawn.end();
  const bool rises = rise >= number_of(scoring.exercise(), "rise_lu") ||
                     density >= number_of(scoring.exercise(), "rise_density_pct");
  Outcome outcome;
  outcome.passed = rises && valley;
  outcome.readings = {{"Main section", signed_quantity(rise, "LU") + " and " +
                                           signed_quantity(density, "% attacks", 0) + " over the one before"},
                      {"Lowest point", valley ? "where you drew it" : "in another section than you drew it"}};
  outcome.verdict = outcome.passed ? "The main section rises, and the valley lies where you drew it."
                    : rises
                        ? "The main section rises, but the quietest section is not the one you drew lowest."
                        : "The main section rises too little; thin the one before it.";
  outcome.kept["reason"] = scoring.answers.text("reason");
  return outcome;
}

}  // namespace

const ExerciseProgram kEnergyCurveExercise = {"energy-curve", first, prepare, score};

}  // namespace lacquer
