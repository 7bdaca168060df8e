#include "app/in_order.h"
#include "app/target.h"
#include "faces/cli/batch.h"
#include "faces/cli/commands.h"
#include "faces/cli/terminal.h"
#include "report/format.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

// Measures every file, tells what cannot be used, and makes a target of the rest.
class Learn {
 public:
  explicit Learn(const Arguments& arguments)
      : arguments_(arguments), files_(audio_files(arguments.files, Masters::kKeep)), bar_(!arguments.json) {}

  int run() {
    in_order(
        files_.size(), [this](std::size_t i) { return read(files_[i]); },
        [this](std::size_t i, std::future<ReadRecord> record) {
          batch_.attempt(files_[i], [&] { keep(files_[i], record.get()); });
        });
    bar_.clear();
    const TargetFile target = make_target(records_, arguments_.output);
    const std::string written = write_target_file(target, arguments_.output, arguments_.overwrite).string();
    if (arguments_.json)
      print(dump(learned_json(target, written)) + "\n");
    else
      tell(target, written);
    return batch_.status();
  }

 private:
  ReadRecord read(const NamedFile& file) {
    if (file.error) return {};  // told when its turn comes
    return read_record_file(file.path, [&](std::string_view doing, double done) {
      bar_.show(file.path.filename().string(), doing, done);
      return !interrupted();
    });
  }

  void keep(const NamedFile& file, const ReadRecord& record) {
    bar_.clear();
    if (record.unusable) batch_.note(file, "left out: " + record.unusable->why);
    if (record.shape && !record.shape->caution.empty()) batch_.note(file, record.shape->caution);
    records_.push_back({file.path, record});
  }

  static void tell(const TargetFile& target, const std::string& written) {
    const LearnedTarget& learned = target.learned;
    TextPage page(text_style());
    page.paragraph(0, "", learned.curve.label + ", nearest to the built-in target " + learned.base + ".",
                   Tone::kStrong);
    page.paragraph(
        0, "",
        learned.own_tolerance
            ? "How far a track may stray from it is the spread between these records."
            : "These are too few to tell how far a track may stray, so the tolerance is that of the "
              "built-in target; three or more records bring their own.");
    page.blank();
    page.paragraph(0, "target  ", written, Tone::kStrong);
    print(page.take());
  }

  const Arguments& arguments_;
  std::vector<NamedFile> files_;
  Batch batch_{false};  // one document, whatever becomes of single files
  ProgressBar bar_;
  std::vector<NamedRecord> records_;
};

}  // namespace

int run_target(const Arguments& arguments) { return Learn(arguments).run(); }

}  // namespace lacquer::cli
