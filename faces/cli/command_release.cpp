#include <mutex>

#include "app/due.h"
#include "app/file_error.h"
#include "app/moment.h"
#include "app/release.h"
#include "faces/cli/commands.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

Deal told_deal(const ReleaseArguments& r) {
  if (!r.share_pct) throw WrongUsage("--advance needs --share, your part of what comes in, in per cent");
  const auto each = [](const std::optional<double>& value) {
    return value && *value > 0.0 ? value : std::nullopt;  // nothing comes in: never earned back
  };
  return {*r.advance, *r.share_pct / 100.0, r.costs.value_or(0.0), each(r.per_stream), each(r.per_unit)};
}

int run_deal(const Arguments& a) {
  const Deal deal = told_deal(a.release);
  print(a.json ? dump(deal_json(deal)) + "\n" : deal_text(deal, text_style()));
  return kDone;
}

int run_init(const Arguments& a) {
  const std::filesystem::path file = write_release_template(a.release.folder);
  print(a.json ? dump(items_json(Json::array())) + "\n"
               : "To fill in: " + terminal_text(file.string()) + "\n");
  return kDone;
}

class ReleaseRun {
 public:
  explicit ReleaseRun(const Arguments& arguments)
      : a_(arguments), bar_(!a_.json), history_(history_for(a_, [this] { bar_.clear(); })) {}

  int run() {
    const CheckedRelease checked = check();
    bar_.clear();
    print(a_.json ? dump(release_json(checked)) + "\n" : release_text(checked, text_style()));
    write_files(checked);
    keep(checked);
    if (failed_ > 0) return kFailed;
    return a_.strict && count_of(checked, Verdict::kFix) > 0 ? kStrict : kDone;
  }

 private:
  CheckedRelease check() {
    const Day today = a_.release.on.empty() ? local_day(now_ms()) : *day_from(a_.release.on);
    ReleaseProgress progress;
    progress.working = [this](const std::filesystem::path& file, std::string_view doing, double done) {
      bar_.show(file.filename().string(), doing, done);
      return !interrupted();
    };
    progress.failed = [this](const std::filesystem::path& file, const std::string& why) {
      bar_.clear();
      ++failed_;
      print_error(file.string(), why);
    };
    return check_release(a_.release.folder, {a_.no_history ? nullptr : &history_, today}, progress);
  }

  void write_files(const CheckedRelease& checked) {
    const Paper paper = a_.paper == "letter" ? Paper::kLetter : Paper::kA4;
    const auto tell = [&](const std::string& what, const std::string& file) {
      if (!a_.json) print(what + terminal_text(file) + "\n");
    };
    if (a_.pdf) {
      write_release_pdf(checked, paper, *a_.pdf);
      tell("To sign: ", *a_.pdf);
    }
    if (a_.html) {
      write_release_html(checked, paper, *a_.html);
      tell("Page: ", *a_.html);
    }
    if (!a_.release.ics.empty()) {
      write_calendar(a_.release.ics, release_events(checked), now_ms());
      tell("Calendar: ", a_.release.ics);
    }
  }

  // A history that cannot be written does not make the check a failure.
  void keep(const CheckedRelease& checked) {
    if (a_.no_history) return;
    try {
      keep_release(checked, workbook_file(), now_ms());
    } catch (const FileError& error) {
      print_error(error.file().string(), std::string(error.what()) + " (this run goes on without it)");
    } catch (const Error&) {
      return;  // no home folder: the history has said so
    }
  }

  const Arguments& a_;
  ProgressBar bar_;
  History history_;
  int failed_ = 0;
};

}  // namespace

int run_release(const Arguments& a) {
  const ReleaseArguments& r = a.release;
  if (r.folder.empty()) {
    if (r.advance) return run_deal(a);
    throw WrongUsage("which folder is not said; lacquer release DIR checks it, and --advance needs none");
  }
  if (r.advance)
    throw WrongUsage("--advance computes without a folder; with one, write [deal] into its release.toml");
  if (r.init) return run_init(a);
  return ReleaseRun(a).run();
}

}  // namespace lacquer::cli
