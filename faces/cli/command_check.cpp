#include "api/json.h"
#include "app/check.h"
#include "app/check_lines.h"
#include "app/in_order.h"
#include "app/moment.h"
#include "app/report_pages.h"
#include "faces/cli/batch.h"
#include "faces/cli/commands.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/format.h"
#include "report/html.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

std::string row(std::string_view name, const std::string& value) {
  std::string text = "  " + std::string(name);
  text.resize(20, ' ');
  return text + value + "\n";
}

// `check --only loudness`: numbers alone.
std::string loudness_text(const CheckedFile& checked, const TextStyle& style) {
  const LoudnessResult& loudness = checked.measurements.loudness;
  const PeakResult& peak = checked.measurements.peak;
  const std::string text = terminal_text(checked.path.string()) + "\n" +
                           row("Integrated", quantity(loudness.integrated_lufs, "LUFS")) +
                           row("Range", quantity(loudness.range_lu, "LU")) +
                           row("Momentary max", quantity(loudness.momentary_max_lufs, "LUFS")) +
                           row("Short-term max", quantity(loudness.short_term_max_lufs, "LUFS")) +
                           row("True peak", quantity(peak.true_dbtp, "dBTP")) +
                           row("Sample peak", quantity(peak.sample_dbfs, "dBFS"));
  return style.unicode ? text : to_ascii(text);
}

bool any_fix(const Diagnosis& diagnosis) {
  for (const Finding& finding : diagnosis.findings)
    if (finding.verdict == Verdict::kFix) return true;
  return false;
}

class Check {
 public:
  explicit Check(const Arguments& arguments)
      : arguments_(arguments),
        bar_(!arguments.json),
        history_(history_for(arguments, [this] { bar_.clear(); })),
        request_(check_request(arguments, &history_)),
        files_(files_to_check(arguments)),
        lines_(files_, text_style()),
        batch_(arguments.json),
        pages_(arguments.html.value_or(""), ".check.html") {}

  int run() {
    in_order(
        files_.size(), [this](std::size_t i) { return measure(files_[i]); },
        [this](std::size_t i, std::future<CheckedFile> checked) {
          batch_.attempt(files_[i], [&] { show(files_[i], checked.get()); });
        });
    if (!arguments_.json && is_batch()) print(lines_.summary(batch_.failed()));
    return batch_.status();
  }

 private:
  bool is_batch() const { return files_.size() > 1; }

  CheckedFile measure(const NamedFile& file) {
    if (file.error) return {};  // told when its turn comes
    return check_file(file.path, request_, [&](std::string_view doing, double done) {
      bar_.show(file.path.filename().string(), doing, done);
      return !interrupted();
    });
  }

  void show(const NamedFile& file, const CheckedFile& checked) {
    bar_.clear();
    if (arguments_.json || request_.only_loudness || is_batch())
      for (const std::string& note : notes_on(checked.source)) batch_.note(file, note);
    print(text_of(checked));
    if (checked.since && !arguments_.json && !is_batch()) print(since_text(*checked.since));
    if (arguments_.html) {
      const std::string page = pages_.write(checked.path, check_html(check_report(checked))).string();
      if (!arguments_.json) print((is_batch() ? "  report: " : "\nReport: ") + terminal_text(page) + "\n");
    }
    if (arguments_.strict && any_fix(*checked.diagnosis)) batch_.end_with(kStrict);
  }

  std::string text_of(const CheckedFile& checked) {
    const Diagnosis* diagnosis = checked.diagnosis ? &*checked.diagnosis : nullptr;
    if (arguments_.json)
      return dump(check_json(checked.path.string(), checked.source, checked.measurements, diagnosis)) + "\n";
    if (is_batch()) return lines_.add(checked);
    if (request_.only_loudness) return loudness_text(checked, text_style());
    return check_text(check_report(checked), text_style());
  }

  std::string since_text(const SinceLast& since) const {
    constexpr std::size_t kMostChanges = 4;
    TextPage page(text_style());
    page.blank();
    page.paragraph(0, "Since " + told_time(since.checked_ms, history_.now_ms()) + ": ",
                   changes_text(since.changes, kMostChanges));
    return page.take();
  }

  const Arguments& arguments_;
  ProgressBar bar_;
  History history_;
  CheckRequest request_;
  std::vector<NamedFile> files_;
  CheckLines lines_;
  Batch batch_;
  ReportPages pages_;
};

}  // namespace

int run_check(const Arguments& arguments) { return Check(arguments).run(); }

}  // namespace lacquer::cli
