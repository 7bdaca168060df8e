#include "app/word_clips.h"

#include <cmath>

#include "app/clip_file.h"
#include "app/file_error.h"
#include "app/folder.h"
#include "app/words.h"
#include "audio_io/atomic_file.h"
#include "audio_io/open.h"
#include "judge/prose.h"
#include "library/content.h"
#include "report/format.h"
#include "report/text_page.h"
#include "session/range_listening.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOption = "--render";
constexpr double kContextS = 0.6;   // around a passage: the longest filter reaches 0.3 s
constexpr double kAudibleLu = 0.5;  // what differs by less is equally loud
constexpr std::array<std::string_view, kRangeWays.size()> kWays = {"original", "alone", "boosted", "cut"};

const RangeListening& listening() {
  static const RangeListening rules = load_range_listening();
  return rules;
}

std::string summary(RangeWay way, const VocabularyTerm& term, const Clip& clip) {
  const std::string range = range_text(term.low_hz, term.high_hz);
  std::string says;
  switch (way) {
    case RangeWay::kOriginal:
      says = "The passage as it is: go back to it after each of the others.";
      break;
    case RangeWay::kAlone:
      says = "Only " + range + ": which instruments live here?";
      break;
    case RangeWay::kBoosted:
      says = range + " raised by " + prose::db(listening().boost_db) + ". Too much: " + term.excess;
      break;
    case RangeWay::kCut:
      says = range + " lowered by " + prose::db(listening().cut_db) + ". Too little: " + term.deficiency;
  }
  if (clip.short_of_lu > kAudibleLu)
    says += " (" + prose::decimal(clip.short_of_lu, 0) + " LU quieter than the others: " +
            (way == RangeWay::kAlone ? "there is so little of it" : "its peaks leave no room") + ".)";
  return says;
}

struct Passage {
  TimeRange when;
  double from_s = 0.0;  // of what was read
  Clip around;
};

// The passage with what lies around it.
Passage read_passage(FileSource& file, const CheckedFile& checked, const VocabularyTerm& term,
                     const ProgressCallback& progress) {
  const double duration_s = checked.measurements.duration_s;
  const TimeRange when =
      passage_of_range(checked.measurements, term.low_hz, term.high_hz, listening().seconds);
  const TimeRange around{std::max(0.0, when.from_s - kContextS), std::min(duration_s, when.to_s + kContextS)};
  Clip clip = cut_clips(file, {around}, progress).front();
  if (clip.audio.frames() == 0) throw Error("there is nothing in it to listen to; check the export");
  return {when, around.from_s, std::move(clip)};
}

}  // namespace

WordRendering write_word_clips(const CheckedFile& checked, const VocabularyTerm& term,
                               const WordClipsRequest& request, const ProgressCallback& progress) {
  const std::unique_ptr<FileSource> file = open_audio(checked.path);
  const double rate = file->format().sample_rate_hz;
  const Passage passage = read_passage(*file, checked, term, progress);
  const auto frame = [&](double seconds) { return static_cast<int>(std::lround(seconds * rate)); };
  const int first = frame(passage.when.from_s - passage.from_s);
  const int frames =
      std::min(frame(passage.when.to_s - passage.when.from_s), passage.around.audio.frames() - first);
  const auto clips = hear_range({passage.around.audio, rate, first, frames}, passage.when, term.low_hz,
                                term.high_hz, listening());
  OutputFolder folder(request.folder, kOption, request.overwrite);
  WordRendering rendering;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    report_progress(progress, "writing", static_cast<double>(i) / static_cast<double>(clips.size()));
    if (clips[i].audio.frames() == 0) continue;
    const std::string way(kWays[i]);
    const fs::path to = folder.place(term.id + "-" + std::to_string(i + 1) + "-" + way + ".wav");
    write_clip({checked.path, to, kOption, request.overwrite}, clips[i].audio, clips[i].gain_db, rate);
    rendering.files.push_back({way, summary(kRangeWays[i], term, clips[i]), to.string(), passage.when,
                               clips[i].gain_db, clips[i].short_of_lu});
  }
  const fs::path index = folder.place(term.id + ".txt");
  rendering.index = index.string();
  about(index, [&] {
    TextPage page({});
    page.paragraph(
        0, "",
        term.id + ", " + range_text(term.low_hz, term.high_hz) + ", in " + checked.path.filename().string());
    write_file_atomically(index, page.take() + "\n" + word_rendering_text(rendering, {}), request.overwrite);
  });
  return rendering;
}

std::string word_rendering_text(const WordRendering& rendering, const TextStyle& style) {
  TextPage page(style);
  const TimeRange when = rendering.files.empty() ? TimeRange{} : rendering.files.front().when;
  page.paragraph(0, "", "To listen to: " + time_range(when) + " of the file, all equally loud",
                 Tone::kStrong);
  for (const HeardWord& one : rendering.files) {
    page.paragraph(2, "", fs::path(one.path).filename().string(), Tone::kStrong);
    page.paragraph(4, "", one.summary);
  }
  return page.take();
}

}  // namespace lacquer
