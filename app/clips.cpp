#include "app/clips.h"

#include <algorithm>

#include "app/file_error.h"
#include "app/folder.h"
#include "audio_io/local_file.h"
#include "audio_io/open.h"
#include "audio_io/write.h"
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
  ClipWriter(const fs::path& source, const ClipsRequest& request, StreamFormat format)
      : source_(source),
        request_(request),
        format_(format),
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
    save(mono ? in_mono(clip.audio) : clip.audio, clip.gain_db, file.path);
    return file;
  }

 private:
  fs::path place(const Finding& finding, bool mono) {
    const std::string number = (finding.item < 10 ? "0" : "") + std::to_string(finding.item);
    return folder_.place(number + "-" + finding.id + (mono ? ".mono.wav" : ".wav"));
  }
  void save(const AudioBuffer& audio, double gain_db, const fs::path& to) const {
    about(to, [&] {
      if (same_file(to, source_)) throw Error("this is the file itself; choose another folder with -o");
      WriteSettings settings;
      settings.bits = 24;
      settings.sample_rate_hz = format_.sample_rate_hz;
      settings.channels = format_.channels;
      settings.frames = audio.frames();
      settings.overwrite = request_.overwrite;
      FileSink sink(to, settings);
      const AudioBuffer ready = finished(audio, gain_db, format_.sample_rate_hz);
      sink.write(ready.block());
      sink.commit();
    });
  }

  const fs::path& source_;
  const ClipsRequest& request_;
  StreamFormat format_;
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
  ClipWriter writer(path, request, file->format());
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
