#include <CLI/CLI.hpp>

#include "api/json.h"
#include "app/album.h"
#include "app/learn.h"
#include "app/master.h"
#include "app/names.h"
#include "faces/cli/batch.h"
#include "faces/cli/commands.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

// The command as it was typed, for this file alone and with --anyway.
std::string anyway_command(const CLI::App& command, const std::string& program,
                           const std::filesystem::path& file) {
  const std::string name = file.string();
  std::string line = shell_word(program) + " " + command.get_name() + " " +
                     shell_word(name.starts_with('-') ? "./" + name : name) + " --anyway";
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional() || option->count() == 0) continue;
    const std::string flag = "--" + option->get_lnames().front();
    if (option->get_type_size() == 0 || option->results().empty()) {
      line += " " + flag;
      continue;
    }
    for (const std::string& value : option->results())
      line += " " + flag + (value.empty() ? "" : " " + shell_word(value));
  }
  return line;
}

std::optional<PreviewOutput> preview_of(const MasteredFile& mastered) {
  if (!mastered.preview) return std::nullopt;
  return PreviewOutput{mastered.preview->chosen.when, mastered.preview->chosen.why,
                       mastered.preview->matched_mix.string(), mastered.preview->matched_master.string()};
}

class Master {
 public:
  Master(const Arguments& arguments, const CLI::App& command, std::string program)
      : arguments_(arguments),
        command_(command),
        program_(std::move(program)),
        bar_(!arguments.json),
        history_(history_for(arguments, [this] { bar_.clear(); })),
        request_(master_request(arguments, &history_)),
        files_(files_to_master(arguments)),
        batch_(arguments.json) {}

  int run() {
    if (!arguments_.json && !arguments_.no_history) {
      LessonRecords records = LessonRecords::of_user({});
      if (const std::string sentence = finished_sentence(records); !sentence.empty())
        print_note("Your sentence: " + terminal_text(sentence));
    }
    if (is_album(arguments_, files_)) {
      master_together();
      return batch_.status();
    }
    if (const std::string warning = one_by_one_warning(paths_of(files_)); !warning.empty())
      print_error("", warning);
    for (const NamedFile& file : files_) batch_.attempt(file, [&] { master(file); });
    return batch_.status();
  }

 private:
  bool go_on(const std::filesystem::path& file, std::string_view doing, double done) {
    bar_.show(file.filename().string(), doing, done);
    return !interrupted();
  }

  void master(const NamedFile& file) {
    const MasteredFile mastered = master_file(
        file.path, request_, [&](const CheckedFile& checked) { show_check(file, checked); },
        [&](std::string_view doing, double done) { return go_on(file.path, doing, done); });
    show(file, mastered);
  }

  void master_together() {
    const std::vector<NamedFile> songs = batch_.without_errors(files_);
    const std::vector<MasteredSong> album = master_album(
        paths_of(songs), request_,
        [&](std::size_t song, const CheckedFile& checked) { show_check(songs[song], checked); },
        [&](const std::filesystem::path& song, std::string_view doing, double done) {
          return go_on(song, doing, done);
        });
    std::optional<AlbumLevel> level;
    for (std::size_t i = 0; i < songs.size(); ++i)
      batch_.attempt(songs[i], [&] {
        if (album[i].error) std::rethrow_exception(album[i].error);
        show(songs[i], *album[i].mastered);
        if (album[i].mastered->report) level = album[i].mastered->report->result.plan.album;
      });
    batch_.close_album(level, files_.size());
  }

  void show(const NamedFile& file, const MasteredFile& mastered) {
    bar_.clear();
    for (const std::string& note : mastered.notes) batch_.note(file, note);
    if (!mastered.report)
      show_stop(file, mastered);
    else if (arguments_.json)
      print(dump(master_json(mastered.report->result, mastered.output, preview_of(mastered))) + "\n");
    else
      print("\n" + master_text(*mastered.report, text_style()));
    if (!arguments_.json && file.path != files_.back().path) print("\n");
  }

  void show_check(const NamedFile& file, const CheckedFile& checked) {
    bar_.clear();
    if (!arguments_.json) return print(check_text(check_report(checked), text_style()));
    for (const std::string& note : notes_on(checked.source)) batch_.note(file, note);
  }

  void show_stop(const NamedFile& file, const MasteredFile& stopped) {
    const std::string change = smallest_mix_change(*stopped.mix.diagnosis);
    const std::string command = anyway_command(command_, program_, file.path);
    batch_.end_with(kMixMustBeFixed);
    if (arguments_.json)
      return print(dump(stopped_json(stopped.mix.measurements, *stopped.mix.diagnosis, {change, command})) +
                   "\n");
    TextPage page(text_style());
    page.blank();
    page.paragraph(0, "", "The mix should be fixed before it is mastered. " + change, Tone::kStrong);
    page.paragraph(0, "", "To master it as it is:");
    print(page.take() + "  " + command + "\n");
  }

  const Arguments& arguments_;
  const CLI::App& command_;
  std::string program_;
  ProgressBar bar_;
  History history_;
  MasterRequest request_;
  std::vector<NamedFile> files_;
  Batch batch_;
};

}  // namespace

int run_master(const Arguments& arguments, const CLI::App& command, const std::string& program) {
  return Master(arguments, command, program).run();
}

}  // namespace lacquer::cli
