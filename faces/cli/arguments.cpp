#include "faces/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <map>

#include "api/codecs.h"
#include "api/plan_toml.h"
#include "api/search.h"
#include "api/targets.h"
#include "api/version.h"
#include "faces/cli/arguments_parts.h"
#include "faces/cli/help.h"

namespace lacquer::cli {
namespace {

using Words = std::vector<std::string>;

const Words kStageIds = {"gain-staging", "corrective-eq", "multiband-compression",
                         "enhancing-eq", "saturation",    "stereo-width",
                         "limiting"};

const std::map<std::string, Words>& choices_by_option() {
  static const std::map<std::string, Words> all = {
      {"--only", {"loudness"}},
      {"--as", {"mix", "master"}},
      {"--for", {"streaming", "club", "both"}},
      {"--loudness", {"gentle", "streaming", "loud", "club"}},
      {"--ceiling", {"auto"}},
      {"--accept", kStageIds},
      {"--without", kStageIds},
      {"--bits", {"16", "24", "32f"}},
      {"--format", {"wav", "flac", "aiff"}},
      {"--dither", {"plain", "shaped"}},
      {"--target", target_names()},
      {"--codec", delivery_ids()},
      {"ACTION", {"learn"}},
      {"WHAT", {"note", "forget"}},
      {"--kind", search_kinds()},
      {"--topic", search_topics()},
      {"--course", search_courses()},
      {"--stage", search_stages()},
      {"--paper", {"a4", "letter"}},
      {"--missing", {"tool", "step"}},
      {"--decision", {"buy", "borrow", "learn", "workflow", "not-now"}},
      {"--outcome", {"kept", "returned", "sold", "bought", "dropped"}},
      {"--by-name", {"yes", "no"}},
      {"--between-steps", {"yes", "no"}},
  };
  return all;
}

std::string joined(const Words& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  return text;
}

bool is_one_of(const std::string& word, const Words& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<double> number(const std::string& text) {
  double value = 0.0;
  if (!CLI::detail::lexical_cast(text, value) || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

// A validator returns what is wrong, or nothing.
CLI::Option* one_of(CLI::Option* option) {
  const Words words = choices_by_option().at(option->get_name(false, true));
  return option->check([words](const std::string& word) {
    return is_one_of(word, words) ? std::string()
                                  : "\"" + word + "\" is not known; it takes " + joined(words);
  });
}

CLI::Option* between(CLI::Option* option, double low, double high, const std::string& unit,
                     const Words& words) {
  return option->check([=](const std::string& text) -> std::string {
    if (is_one_of(text, words)) return {};
    const std::optional<double> value = number(text);
    if (value && *value >= low && *value <= high) return {};
    const auto plain = [](double x) { return std::to_string(static_cast<long>(x)); };
    return "\"" + text + "\" does not fit; it takes " + plain(low) + " to " + plain(high) + " " + unit +
           (words.empty() ? "" : ", or " + joined(words));
  });
}

void add_common(CLI::App& command, Arguments& a) {
  command.add_flag("--json", a.json, "Print one JSON document, a line for each file, and nothing else");
  command.add_flag("--no-history", a.no_history, "Read and write no history");
}

void add_song(CLI::App& command, Arguments& a, const std::string& description) {
  command.add_option("--song", a.song, description)
      ->type_name("NAME")
      ->check([](const std::string& name) -> std::string {
        return name.empty() || name.size() > 200 ? "a song's name has 1 to 200 bytes" : "";
      });
}

void add_purpose(CLI::App& command, Arguments& a) {
  one_of(command.add_option("--as", a.as, "What the file is; guessed when left out, and the guess is stated"))
      ->type_name("mix|master");
  one_of(command.add_option("--for", a.purpose, "Where it will be played; guessed when left out"))
      ->type_name("streaming|club|both");
}

void add_target(CLI::App& command, Arguments& a) {
  CLI::Option* target = command.add_option(
      "--target", a.target,
      "What to judge the tone against: " + joined(choices_by_option().at("--target")) +
          ", or a file that target learn has written; chosen from the track when left out");
  target->type_name("NAME|T.toml");
  command
      .add_option("--reference", a.references,
                  "Judge against this record of your own instead, or a folder of them; may be repeated")
      ->allow_extra_args(false)
      ->excludes(target)
      ->type_name("REF");
}

void add_paper(CLI::App& command, Arguments& a) {
  one_of(command.add_option("--paper", a.paper, "The size of the pages; a4 when left out"))
      ->type_name("a4|letter");
}

void add_overwrite(CLI::App& command, Arguments& a) {
  command.add_flag("--overwrite", a.overwrite,
                   "Replace the output where it exists, instead of adding a number");
}

namespace {

void add_files(CLI::App& command, Arguments& a) {
  command.add_option("FILE", a.files, "An audio file, or a folder of them")->required()->type_name("");
}

void add_past(CLI::App& command, Arguments& a) {
  add_song(command, a, "The song this is a version of; else its path tells");
  between(command.add_option("--rested", a.rested_h, "How long ago you last worked on or heard this"), 0,
          100000, "hours")
      ->type_name("HOURS");
}

// `--html` and `--pdf` take a name or none.
void add_report(CLI::App& command, const char* option, std::optional<std::string>& to,
                const std::string& description) {
  command
      .add_option_function<std::vector<std::string>>(
          option, [&to](const std::vector<std::string>& values) { to = values.empty() ? "" : values.back(); },
          description)
      ->expected(0, 1)
      ->allow_extra_args(false)
      ->type_name("F");
}

void add_reports(CLI::App& command, Arguments& a) {
  add_report(
      command, "--html", a.html,
      "Write the report as a page to F (a folder: one page for each file; without F: beside the result)");
  add_report(command, "--pdf", a.pdf, "The same on paper, to keep or to send");
  add_paper(command, a);
}

void add_planning(CLI::App& command, Arguments& a) {
  between(command.add_option(
              "--loudness", a.loudness,
              "Where the master lands: a number in LUFS, or a word; solved from the track when left out"),
          kMinLoudnessLufs, kMaxLoudnessLufs, "LUFS", choices_by_option().at("--loudness"))
      ->type_name("LUFS|gentle|streaming|loud|club");
  between(
      command.add_option("--ceiling", a.ceiling,
                         "The highest true peak, in dBTP; -1 when left out. auto solves it by encoding and "
                         "decoding, and never goes above -1"),
      kMinCeilingDbtp, kMaxCeilingDbtp, "dBTP", choices_by_option().at("--ceiling"))
      ->type_name("DBTP|auto");
  between(command.add_option("--amount", a.amount_pct,
                             "How far towards the reference, of the whole distance; 50 when left out"),
          0, 100, "%")
      ->type_name("PCT");
  command.add_flag("--force", a.force, "Render a loudness that costs more than the rules allow");
  one_of(command.add_option("--accept", a.accept, "Apply this offered stage; may be repeated"))
      ->allow_extra_args(false)
      ->type_name("STAGE");
  one_of(command.add_option("--without", a.without, "Leave this stage out; may be repeated"))
      ->allow_extra_args(false)
      ->type_name("STAGE");
}

void add_each(CLI::App& command, Arguments& a) {
  command.add_flag("--each", a.each,
                   "Treat every file on its own; several are else one album, with one gain");
}

void define_check(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand("check", "Measure and judge: the twelve-item diagnostic pass");
  add_files(command, a);
  one_of(command.add_option("--only", a.only, "Measure loudness and peaks alone; takes up to 6 channels"))
      ->type_name("loudness");
  add_purpose(command, a);
  add_past(command, a);
  add_target(command, a);
  add_common(command, a);
  add_reports(command, a);
  command.add_flag("--strict", a.strict, "End with status 3 when an item says fix");
}

void define_plan(CLI::App& program, Arguments& a) {
  CLI::App& command =
      *program.add_subcommand("plan", "Say which of the seven stages a track warrants, how hard, and why");
  add_files(command, a);
  command.add_option("-o,--output", a.output, "Write the plan to this file, to edit and to render")
      ->type_name("PLAN.toml");
  add_overwrite(command, a);
  add_planning(command, a);
  add_each(command, a);
  add_purpose(command, a);
  add_target(command, a);
  add_common(command, a);
  add_reports(command, a);
}

void define_master(CLI::App& program, Arguments& a) {
  CLI::App& command =
      *program.add_subcommand("master", "Render the plan, measure the result, and report before and after");
  add_files(command, a);
  command
      .add_option("-o,--output", a.output,
                  "The master; without it NAME.master.wav beside the mix. A file that exists is kept and a "
                  "number added, unless it is an earlier master under the very name given here")
      ->type_name("OUT");
  add_overwrite(command, a);
  CLI::Option* plan = command.add_option("--plan", a.plan, "Render this plan instead of making one");
  plan->type_name("PLAN.toml");
  add_planning(command, a);
  add_each(command, a);
  for (const char* said_by_the_plan :
       {"--loudness", "--ceiling", "--amount", "--force", "--accept", "--without"})
    plan->excludes(said_by_the_plan);
  command.add_flag("--anyway", a.anyway, "Render although the mix should be fixed first");
  one_of(command.add_option("--bits", a.bits, "Bits a sample; 24 when left out, 32f is floating point"))
      ->type_name("16|24|32f");
  between(command.add_option("--rate", a.rate_hz, "Sample rate of the master; the mix's own when left out"),
          8000, 384000, "Hz")
      ->type_name("HZ");
  one_of(command.add_option("--format", a.format, "File format; else from OUT's ending, else wav"))
      ->type_name("wav|flac|aiff");
  one_of(command.add_option("--dither", a.dither,
                            "Dither of 16 and 24 bits; shaped moves its noise to where hearing is weakest"))
      ->type_name("plain|shaped");
  command
      .add_option("--steps", a.steps, "Also write the audio after each stage into this folder, to listen to")
      ->type_name("DIR");
  command
      .add_option("--delta", a.delta,
                  "Also write what mastering changed: the master, as loud as the mix, less the mix")
      ->type_name("F");
  between(command.add_option("--preview", a.preview_s,
                             "Write only its most telling seconds, and a pair to compare"),
          1, 600, "s")
      ->type_name("S");
  add_purpose(command, a);
  add_past(command, a);
  add_target(command, a);
  add_common(command, a);
  add_reports(command, a);
  for (const char* of_the_whole : {"--html", "--pdf", "--steps", "--delta"})
    command.get_option("--preview")->excludes(of_the_whole);
}

void define_history(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "history", "What was checked and mastered before, and what changed between versions");
  CLI::Option* file = command.add_option("FILE", a.files, "A file of the song; all songs when left out");
  file->type_name("")->expected(0, 1);
  add_song(command, a, "The song by its name");
  command.get_option("--song")->excludes(file);
  add_common(command, a);
}

void define_clips(CLI::App& program, Arguments& a) {
  CLI::App& command =
      *program.add_subcommand("clips", "Write the short passages a person should listen to, equally loud");
  command.add_option("FILE", a.file, "An audio file")->required()->type_name("");
  command.add_option("-o,--output", a.output, "The folder they go to; made where there is none")
      ->required()
      ->type_name("DIR");
  add_overwrite(command, a);
  add_purpose(command, a);
  add_target(command, a);
  add_common(command, a);
}

void add_data(CLI::App& command, Arguments& a, const std::string& description) {
  command.add_option("--data", a.data, description)->type_name("F.toml");
}

void define_systems(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "systems", "Say what each playback system loses of a track: phone, earbuds, car, club and others");
  command.add_option("FILE", a.file, "An audio file")->required()->type_name("");
  command
      .add_option(
          "--render", a.render,
          "Write what each system makes of it to this folder, all equally loud; made where there is none")
      ->type_name("DIR");
  add_overwrite(command, a);
  add_data(command, a, "Play it on the systems of this file, laid out as content/systems.toml, instead");
  add_purpose(command, a);
  add_target(command, a);
  add_common(command, a);
  add_reports(command, a);
}

void define_target(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "target", "Learn a target curve from finished records, to judge others against");
  one_of(command.add_option("ACTION", a.action, "learn: measure records and write a target of them"))
      ->required()
      ->type_name("");
  command.add_option("DIR", a.files, "A folder of finished records, or the records themselves")
      ->required()
      ->type_name("");
  command.add_option("-o,--output", a.output, "The file the target goes to; its name names the target")
      ->required()
      ->type_name("T.toml");
  add_overwrite(command, a);
  add_common(command, a);
}

void add_codec(CLI::App& command, Arguments& a) {
  one_of(
      command.add_option("--codec", a.codecs, "Try this delivery only; may be repeated. All when left out"))
      ->allow_extra_args(false)
      ->type_name("CODEC-KBPS");
}

void add_render(CLI::App& command, Arguments& a, const std::string& description) {
  command.add_option("--render", a.render, description)->type_name("DIR");
  add_overwrite(command, a);
}

void define_platforms(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "platforms", "Say what each platform's normalization does to a track; without FILE, show the rules");
  command.add_option("FILE", a.files, "An audio file; several, or a folder, are taken as an album")
      ->type_name("");
  add_render(command, a, "Write what a listener would hear on each platform to this folder");
  add_data(command, a, "Take the rules of this file, laid out as content/platforms.toml, instead");
  add_common(command, a);
  add_reports(command, a);
}

void define_codecs(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "codecs",
      "Encode and decode with the platforms' codecs, and say what survives and what ceiling it needs");
  command.add_option("FILE", a.file, "An audio file")->required()->type_name("");
  add_codec(command, a);
  add_render(command, a, "Write what was decoded, and the original beside it, equally loud, to this folder");
  add_common(command, a);
  add_reports(command, a);
}

std::string examples_text(const std::string& command) {
  std::string text = "Examples:\n";
  for (const Example& one : examples(command))
    text += "  " + one.command_line + "\n      " + one.meaning + "\n";
  text.pop_back();
  return text;
}

}  // namespace

std::unique_ptr<CLI::App> define_command_line(Arguments& arguments) {
  auto program = std::make_unique<CLI::App>(
      "Measures a mix, says what it needs, masters it, and shows what changed.", "lacquer");
  program->set_version_flag("--version", std::string("lacquer ") + std::string(version()),
                            "Print the version");
  program->set_help_flag("--help", "Print this help");
  program->require_subcommand(1);
  program->formatter(std::make_shared<HelpFormatter>());
  define_check(*program, arguments);
  define_plan(*program, arguments);
  define_master(*program, arguments);
  define_platforms(*program, arguments);
  define_codecs(*program, arguments);
  define_systems(*program, arguments);
  define_words(*program, arguments);
  define_clips(*program, arguments);
  define_history(*program, arguments);
  define_target(*program, arguments);
  define_sheets(*program, arguments);
  define_gear(*program, arguments);
  define_release(*program, arguments);
  define_learn(*program, arguments);
  define_workbook(*program, arguments);
  define_find(*program, arguments);
  define_studio(*program, arguments);
  program->footer(examples_text(""));
  for (CLI::App* command : program->get_subcommands({})) command->footer(examples_text(command->get_name()));
  return program;
}

std::vector<std::string> choices(const CLI::Option& option) {
  const auto found = choices_by_option().find(option.get_name(false, true));
  return found == choices_by_option().end() ? Words{} : found->second;
}

}  // namespace lacquer::cli
