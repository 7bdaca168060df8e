#include "faces/studio/work.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "api/plan_json.h"
#include "api/plan_toml.h"
#include "app/file_error.h"
#include "app/whole_file.h"
#include "app/worker.h"

namespace lacquer::studio {
namespace {

namespace fs = std::filesystem;
using Options = nlohmann::json;
using Words = std::vector<std::string>;

// A decoder that wants more than this is being fooled by its file. Two hours of analysis stay far below.
constexpr WorkerLimits kLimits = {std::int64_t{8} << 30, 1800, std::int64_t{16} << 30};

struct Choice {
  const char* key;
  const char* option;
  std::vector<std::string_view> words;
};

const std::vector<Choice>& role_choices() {
  static const std::vector<Choice> all = {
      {"as", "--as", {"mix", "master"}},
      {"for", "--for", {"streaming", "club", "both"}},
      {"target", "--target", {"modern", "bass-heavy", "acoustic"}},
  };
  return all;
}

const std::vector<Choice>& file_choices() {
  static const std::vector<Choice> all = {
      {"bits", "--bits", {"16", "24", "32f"}},
      {"rate", "--rate", {"44100", "48000", "88200", "96000"}},
      {"format", "--format", {"wav", "flac", "aiff"}},
      {"dither", "--dither", {"plain", "shaped"}},
  };
  return all;
}

[[noreturn]] void refuse(const std::string& key) {
  throw Error("the page asked for something this studio does not know (" + key + "); load it again");
}

void add_choices(Words& words, const Options& options, const std::vector<Choice>& choices) {
  for (const Choice& choice : choices) {
    if (!options.contains(choice.key) || options[choice.key].is_null()) continue;
    const std::string value = options[choice.key].is_string() ? options[choice.key].get<std::string>() : "";
    if (std::find(choice.words.begin(), choice.words.end(), value) == choice.words.end()) refuse(choice.key);
    words.insert(words.end(), {choice.option, value});
  }
}

void add_number(Words& words, const Options& options, const char* key, const char* option, double low,
                double high) {
  if (!options.contains(key) || options[key].is_null()) return;
  const double value = options[key].is_number() ? options[key].get<double>() : NAN;
  if (!(value >= low && value <= high)) refuse(key);
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  words.insert(words.end(), {option, text});
}

void add_stages(Words& words, const Options& options, const char* key, const char* option) {
  if (!options.contains(key)) return;
  if (!options[key].is_array() || options[key].size() > 7) refuse(key);
  for (const auto& stage : options[key]) {
    if (!stage.is_string() || !is_plain_name(stage.get<std::string>())) refuse(key);
    words.insert(words.end(), {option, stage.get<std::string>()});
  }
}

// The last line that the program wrote, without its own name and the file's path, which mean nothing here.
std::string sentence_of(const WorkerEnd& end) {
  if (end.signal != 0)
    return "the work was stopped by the system: this file is damaged, or too large for this machine; export "
           "it "
           "again";
  std::string line = end.errors;
  while (line.ends_with('\n')) line.pop_back();
  line = line.substr(line.rfind('\n') + 1);
  constexpr std::string_view kProgram = "lacquer: ";
  if (line.starts_with(kProgram)) line.erase(0, kProgram.size());
  // Of a file its name alone, and nothing of the song's own: where it lies here means nothing to the user.
  if (line.starts_with('/')) line = line.substr(line.rfind('/', line.find(": ")) + 1);
  if (line.starts_with("source.")) line.erase(0, line.find(": ") + 2);
  return line.empty() ? "the work ended without a result; try again" : line;
}

std::string run(const Words& words, const ProgressCallback& progress, bool even_failed = false) {
  WorkerEnd end = run_worker(words, kLimits, progress);
  if (end.signal != 0 || (end.exit_status != 0 && !(even_failed && !end.output.empty())))
    throw std::runtime_error(sentence_of(end));
  return std::move(end.output);
}

// The command with what holds for this song: versions meet in the history by the name they share, and what
// judges goes by the song's references.
Words lacquer(const Programs& programs, const std::string& command, const Songs& songs,
              const std::string& song) {
  const auto is_one_of = [&](std::initializer_list<std::string_view> commands) {
    return std::find(commands.begin(), commands.end(), command) != commands.end();
  };
  Words words = {programs.lacquer.string(), command, songs.source(song).string(), "--json"};
  if (is_one_of({"check", "master"}))
    words.push_back("--song=" + songs.describe(song).value("song", "untitled"));
  if (is_one_of({"check", "plan", "master", "systems"}))
    for (const fs::path& reference : songs.reference_files(song))
      words.insert(words.end(), {"--reference", reference.string()});
  return words;
}

// masters/1, masters/2, …
fs::path next_master(const fs::path& song) {
  for (int number = 1;; ++number) {
    const fs::path folder = song / "masters" / std::to_string(number);
    std::error_code failed;
    fs::create_directories(folder.parent_path(), failed);
    if (fs::create_directory(folder)) return folder;
  }
}

Work master_work(const Options& options, const std::string& song, Songs& songs, const Programs& programs) {
  if (!options.contains("plan")) refuse("plan");
  const std::string plan = plan_to_toml(plan_from_json(options["plan"].dump()));
  Words choices;
  add_choices(choices, options, role_choices());
  add_choices(choices, options, file_choices());
  const std::string ending = options.value("format", "wav");
  return [=, &songs](const ProgressCallback& progress) {
    const fs::path folder = next_master(songs.folder(song));
    try {
      const fs::path plan_file = folder / "plan.toml";
      write_whole_file(plan_file, plan);
      Words words = lacquer(programs, "master", songs, song);
      words.insert(words.end(),
                   {"--plan", plan_file.string(), "--anyway", "-o", (folder / ("master." + ending)).string(),
                    "--html", (folder / "report.html").string(), "--pdf", (folder / "report.pdf").string()});
      words.insert(words.end(), choices.begin(), choices.end());
      write_whole_file(folder / "master.json", run(words, progress));
    } catch (...) {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
      throw;
    }
  };
}

// sheets/ID-PAPER/ of a song: 1.svg and 2.svg, or 1.svg alone, and sheet.pdf.
Work sheet_work(const Options& options, const std::string& song, Songs& songs, const Programs& programs) {
  const std::string sheet = options.value("sheet", std::string()), paper = options.value("paper", "a4");
  if (!is_plain_name(sheet)) refuse("sheet");
  if (paper != "a4" && paper != "letter") refuse("paper");
  return [=, &songs](const ProgressCallback& progress) {
    const fs::path folder = songs.folder(song) / "sheets" / (sheet + "-" + paper);
    fs::remove_all(folder);
    fs::create_directories(folder);
    // The sheet tells the file by its name: that of the song as it came, and not "source.wav".
    const std::string name = songs.describe(song).value("name", "untitled");
    const fs::path named = folder / ((name.starts_with('.') ? "song " : "") + name);
    fs::create_hard_link(songs.source(song), named);
    try {
      // What it measures is remembered under the song's own name by the other commands.
      run({programs.lacquer.string(), "sheets", sheet, "--file", named.string(), "--no-history", "--svg",
           (folder / "page.svg").string(), "--pdf", (folder / "sheet.pdf").string(), "--paper", paper},
          progress);
    } catch (...) {
      fs::remove_all(folder);
      throw;
    }
    fs::remove(named);
    const auto put = [&](const char* from, const char* to) {
      std::error_code none;
      fs::rename(folder / from, folder / to, none);
    };
    put("page.svg", "1.svg");
    put("page-1.svg", "1.svg");
    put("page-2.svg", "2.svg");
  };
}

}  // namespace

Work work_for(const std::string& command, const Options& options, const std::string& song, Songs& songs,
              const Programs& programs) {
  if (!options.is_object()) refuse("options");
  if (command == "decode")
    return [=, &songs](const ProgressCallback& progress) {
      decode(programs, songs.source(song), songs.folder(song), progress);
    };
  if (command == "master") return master_work(options, song, songs, programs);
  if (command == "sheet") return sheet_work(options, song, songs, programs);
  Words choices;
  if (command == "check" || command == "plan" || command == "systems")
    add_choices(choices, options, role_choices());
  if (command == "plan") {
    add_number(choices, options, "loudness", "--loudness", -60.0, 0.0);
    add_choices(choices, options, {{"intent", "--loudness", {"gentle", "streaming", "loud", "club"}}});
    add_number(choices, options, "ceiling", "--ceiling", -24.0, 0.0);
    add_stages(choices, options, "accept", "--accept");
    add_stages(choices, options, "without", "--without");
    if (options.value("force", false)) choices.emplace_back("--force");
  }
  constexpr std::array kCommands = {"check", "plan", "platforms", "codecs", "systems"};
  if (std::find(kCommands.begin(), kCommands.end(), command) == kCommands.end()) refuse(command);
  return [=, &songs](const ProgressCallback& progress) {
    Words words = lacquer(programs, command, songs, song);
    words.insert(words.end(), choices.begin(), choices.end());
    songs.keep_document(song, command, run(words, progress));
  };
}

std::string demo_song(Songs& songs, const Programs& programs) {
  std::error_code failed;
  if (!fs::exists(programs.demo_mix, failed))
    throw Error("the demo mix is not part of this installation; open a song of your own");
  Songs::Arriving arriving = songs.new_song("Demo mix.wav", "");
  run({programs.demo_mix.string(), arriving.file().string(), "--flawed"}, {});
  return arriving.keep();
}

void decode(const Programs& programs, const fs::path& file, const fs::path& folder,
            const ProgressCallback& progress) {
  run({programs.studio.string(), "--decode", file.string(), folder.string()}, progress);
}

std::string run_lacquer(const Programs& programs, const Words& words, const ProgressCallback& progress,
                        bool even_failed) {
  Words all = {programs.lacquer.string()};
  all.insert(all.end(), words.begin(), words.end());
  return run(all, progress, even_failed);
}

std::string ask(const Programs& programs, const Words& words) { return run_lacquer(programs, words, {}); }

}  // namespace lacquer::studio
