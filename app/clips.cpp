#include "app/clips.h"

#include <algorithm>

#include "app/clip_file.h"
#include "app/folder.h"
#include "audio_io/open.h"
#include "judge/prose.h"
#include "session/clips.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr int kMonoItem = 3;
constexpr double kAudibleLu = 0.5;  // what differs by less is equally loud …
constexpr double kAudibleS = 0.5;   // … and so long

// The items that ask for ears, each with its passage; items that share one are cut once.
struct Wanted {
  std::vector<const Finding*> findings;
  std::vector<std::size_t> passage_of;
  std::vector<TimeRange> passages;
};

Wanted wanted_clips(const CheckedFile& checked) {
  Wanted wanted;
  for (const Finding& finding : checked.diagnosis->findings) {
    if (!finding.listen || finding.verdict == Verdict::kNotApplicable) continue;
    const TimeRange passage =
        clip_passage({finding.listen->from_s, finding.listen->to_s}, checked.measurements.duration_s);
    const auto known = std::find(wanted.passages.begin(), wanted.passages.end(), passage);
    wanted.findings.push_back(&finding);
    wanted.passage_of.push_back(static_cast<std::size_t>(known - wanted.passages.begin()));
    if (known == wanted.passages.end()) wanted.passages.push_back(passage);
  }
  return wanted;
}

class ClipWriter {
 public:
  ClipWriter(const fs::path& source, const ClipsRequest& request, double sample_rate_hz)
      : source_(source),
        request_(request),
        sample_rate_hz_(sample_rate_hz),
        folder_(request.folder, "-o", request.overwrite) {}

  ClipFile write(const Finding& finding, const Clip& clip, bool mono) {
    ClipFile file{finding.item,  finding.id,          mono, std::string(to_string(finding.stage)),
                  finding.title, finding.listen->how, "",   clip.when,
                  clip.gain_db};
    if (finding.listen->to_s - finding.listen->from_s > kMostClipS + kAudibleS)
      file.summary += " (This clip is " + prose::decimal(kMostClipS, 0) + " s from the middle of it.)";
    if (clip.short_of_lu > kAudibleLu && !mono)
      file.summary += " (Its peaks leave no room: this clip is quieter than the others.)";
    if (mono)
      file.summary =
          "The same in mono, at the same gain: what got quieter or went missing beside the stereo "
          "version?";
    file.path = place(finding, mono).string();
    write_clip({source_, file.path, "-o", request_.overwrite}, mono ? in_mono(clip.audio) : clip.audio,
               clip.gain_db, sample_rate_hz_);
    return file;
  }

 private:
  fs::path place(const Finding& finding, bool mono) {
    const std::string number = (finding.item < 10 ? "0" : "") + std::to_string(finding.item);
    return folder_.place(number + "-" + finding.id + (mono ? ".mono.wav" : ".wav"));
  }

  const fs::path& source_;
  const ClipsRequest& request_;
  double sample_rate_hz_;
  OutputFolder folder_;
};

}  // namespace

std::vector<ClipFile> write_clips(const fs::path& path, const ClipsRequest& request,
                                  const ProgressCallback& progress) {
  CheckRequest check;
  check.role = request.role;
  const CheckedFile checked = check_file(path, check, progress);
  const Wanted wanted = wanted_clips(checked);
  const std::unique_ptr<FileSource> file = open_audio(path);
  const std::vector<Clip> clips = cut_clips(*file, wanted.passages, progress);
  if (std::all_of(clips.begin(), clips.end(), [](const Clip& clip) { return clip.audio.frames() == 0; }))
    throw Error("there is nothing in it to listen to; check the export");
  ClipWriter writer(path, request, file->format().sample_rate_hz);
  std::vector<ClipFile> written;
  for (std::size_t i = 0; i < wanted.findings.size(); ++i) {
    const Clip& clip = clips[wanted.passage_of[i]];
    if (clip.audio.frames() == 0) continue;
    report_progress(progress, "writing",
                    static_cast<double>(i) / static_cast<double>(wanted.findings.size()));
    written.push_back(writer.write(*wanted.findings[i], clip, false));
    if (wanted.findings[i]->item == kMonoItem && clip.audio.channels() == 2)
      written.push_back(writer.write(*wanted.findings[i], clip, true));
  }
  return written;
}

}  // namespace lacquer
