#include <CLI/CLI.hpp>

#include "faces/cli/arguments_parts.h"

namespace lacquer::cli {

void define_words(CLI::App& program, Arguments& a) {
  CLI::App& command =
      *program.add_subcommand("words", "Explain the words people use for sound, and which describe a track");
  command.add_option("TERM", a.term, "A word such as boxy; without it, all of them")->type_name("");
  command.add_option("--file", a.file, "Say which words describe this audio file")->type_name("FILE");
  command
      .add_option(
          "--render", a.render,
          "Make TERM audible: a passage of the file, its range alone, raised and lowered, all equally "
          "loud, into this folder; made where there is none")
      ->type_name("DIR");
  add_overwrite(command, a);
  add_purpose(command, a);
  add_target(command, a);
  add_common(command, a);
}

void define_sheets(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "sheets", "Charts and checklists to print, with a track's own results on them when one is given");
  command.add_option("NAME", a.sheet, "A sheet such as diagnostic; without it, all of them are listed")
      ->type_name("");
  command.add_option("--file", a.file, "Put the results of this audio file on the sheet")->type_name("FILE");
  command.add_option("--pdf", a.pdf, "Write the sheet to this file, ready to print")->type_name("F");
  command.add_option("--svg", a.svg, "Write its pages as drawings; of two pages the names get -1 and -2")
      ->type_name("F");
  command.add_option("--html", a.html, "Write it as a page for a screen")->type_name("F");
  add_paper(command, a);
  add_purpose(command, a);
  add_target(command, a);
  add_common(command, a);
}

void define_workbook(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "workbook", "Your answers, lessons, decisions and notes so far; prints, exports and imports them");
  one_of(
      command.add_option("WHAT", a.action, "note keeps a note, forget removes one; without it, all is shown"))
      ->type_name("");
  command.add_option("TEXT", a.term, "The note, or - to read it; with forget its number")->type_name("");
  command.add_option("--subject", a.subject, "What the note is about")->type_name("WORDS");
  command.add_option("--pdf", a.pdf, "Print it to this file, with lines to write on where no answer is")
      ->type_name("F");
  command.add_flag("--blank", a.blank, "Leave the answers out of the PDF, to fill it by hand");
  one_of(command.add_option("--paper", a.paper, "The size of the pages; a4 when left out"))
      ->type_name("a4|letter");
  command.add_option("--html", a.html, "Write it as a page for a screen")->type_name("F");
  CLI::Option* import =
      command.add_option("--import", a.import_file,
                         "Add what an exported file holds and is not there yet, all of it or nothing");
  import->type_name("F");
  command
      .add_option("--export", a.export_file,
                  "Write all of it to this file, to keep or to import elsewhere: as text to read where its "
                  "name ends in .md, else as JSON")
      ->excludes(import)
      ->type_name("F");
  add_common(command, a);
}

void define_find(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "find", "Search sheets, items, stages, terms, platforms, systems, lessons, and what you wrote");
  command.add_option("WORDS", a.query, "What to look for, in your own words")->required()->type_name("");
  one_of(command.add_option("--kind", a.kind, "Only results of this kind"))->type_name("KIND");
  one_of(command.add_option("--topic", a.topic, "Only results about this"))->type_name("TOPIC");
  one_of(command.add_option("--course", a.course, "Only lessons, exercises and answers of this course"))
      ->type_name("COURSE");
  one_of(command.add_option("--stage", a.stage, "Only what concerns this stage of mastering or of the check"))
      ->type_name("STAGE");
  add_common(command, a);
}

void define_learn(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand(
      "learn", "The Core Track: thirty lessons, each with an exercise on your own music");
  command.add_option("LESSON", a.lesson, "Its number or name; without it, all of them with your progress")
      ->type_name("");
  CLI::Option* run = command
                         .add_option_function<std::vector<std::string>>(
                             "--run", [&a](const std::vector<std::string>& files) { a.run = files; },
                             "Start the exercise, on these files where it takes some")
                         ->expected(0, 64)
                         ->type_name("FILE");
  command.add_option("-o,--output", a.output, "The folder for what the exercise renders")->type_name("DIR");
  add_overwrite(command, a);
  command
      .add_option("--seed", a.seed, "The number that random choices follow from; the clock's when left out")
      ->type_name("N");
  command.add_option("--score", a.score, "Score the exercise in this folder")
      ->type_name("DIR")
      ->excludes(run);
  command
      .add_option("--say", a.say,
                  "Answer a question of the exercise, such as --say trial-01=boxy; may be repeated")
      ->allow_extra_args(false)
      ->type_name("ID=TEXT");
  command
      .add_option("--answer", a.answers,
                  "Keep your answer to the workbook's first prompt; given again, to the next one")
      ->allow_extra_args(false)
      ->type_name("TEXT");
  command.add_flag("--write", a.write, "Ask the workbook's prompts on the terminal, and keep what you type");
  command.add_flag("--done", a.done, "Mark the lesson done");
  command.add_option("--html", a.html, "Write the lesson as a page to this file")->type_name("F");
  command.add_option("--pdf", a.pdf, "Write it to this file for paper, with lines to write on")
      ->type_name("F");
  add_paper(command, a);
  add_common(command, a);
}

void define_studio(CLI::App& program, Arguments& a) {
  CLI::App& command = *program.add_subcommand("studio", "The same, as a web page served on this machine");
  command.add_option("--port", a.port, "The port to serve on; any that is free when left out")
      ->check(CLI::Range(1, 65535))
      ->type_name("N");
  command.add_flag("--no-browser", a.no_browser, "Print the address and open no browser");
}

}  // namespace lacquer::cli
