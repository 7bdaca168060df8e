#include "app/release.h"

#include <algorithm>
#include <future>
#include <set>

#include "api/text.h"
#include "api/toml_text.h"
#include "app/check.h"
#include "app/due.h"
#include "app/file_error.h"
#include "app/in_order.h"
#include "app/moment.h"
#include "app/release_folder.h"
#include "app/release_parts.h"
#include "app/small_text.h"
#include "audio_io/atomic_file.h"
#include "audio_io/hash.h"
#include "audio_io/local_file.h"
#include "audio_io/tags.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFirstExportItem = 8;  // items 9 to 12, in a list of twelve

ReleaseInfo read_release(const fs::path& file) {
  const std::string text = about(file, [&] { return read_small_toml(file, kReleaseFile); });
  return parse_release(text, file.string(), release_rules());
}

ReleaseLine delivery(std::string_view id, const std::string& about, Verdict verdict, const std::string& what,
                     const std::string& action) {
  return {"delivery", id, about, verdict, what, action};
}

// A track whose audio can be measured, or why it cannot.
struct ToMeasure {
  std::string track;
  std::string file;
};

class ReleaseCheck {
 public:
  ReleaseCheck(const fs::path& folder, const ReleaseRequest& request, const ReleaseProgress& progress)
      : request_(request), progress_(progress), found_(read_release_folder(folder)) {
    checked_.folder = folder;
    checked_.today = request.today;
    checked_.is_described = found_.is_described;
    if (found_.is_described) checked_.release = read_release(folder / kReleaseFile);
  }

  CheckedRelease take() {
    ReleaseLines delivered;
    measure(to_measure(delivered), delivered);
    look_at_artwork(delivered);
    const ReleaseInfo& release = checked_.release;
    if (found_.is_described) {
      add(check_distributor(release));
      add(check_codes(release, checked_.audio));
      add(check_metadata(release, release_rules()));
      add(check_splits(release, request_.today));
      add(check_registrations(release));
    } else {
      add({{"metadata", "described", "", Verdict::kFix, "There is no release.toml in the folder.",
            "lacquer release DIR --init writes one to fill in."}});
    }
    add(check_audio(checked_.audio, release_rules()));
    add(delivered);
    if (found_.is_described) add(check_timeline(release, release_rules(), request_.today));
    checked_.schedule = schedule(release, release_rules());
    return std::move(checked_);
  }

 private:
  void add(const ReleaseLines& lines) {
    checked_.lines.insert(checked_.lines.end(), lines.begin(), lines.end());
  }

  std::vector<ToMeasure> to_measure(ReleaseLines& lines) {
    std::vector<ToMeasure> wanted;
    std::set<std::string> listed;
    for (const ReleaseTrack& track : checked_.release.tracks) {
      const std::string file = ReleaseFolder::found(found_.audio, track.file);
      if (file.empty()) {
        lines.push_back(delivery("file", track_name(track), Verdict::kFix,
                                 "The folder holds no audio file " + track.file + ".",
                                 "Put it there, or correct the name in release.toml."));
        progress_.failed(checked_.folder / fs::path(track.file).filename(),
                         "release.toml names this file, and the folder does not hold it; put it there");
        continue;
      }
      if (!listed.insert(file).second)
        lines.push_back(delivery("file-twice", track_name(track), Verdict::kFix,
                                 "Two tracks name the file " + file + ".", "Each track has its own."));
      else
        wanted.push_back({track_name(track), file});
    }
    for (const std::string& file : found_.audio) {
      if (listed.contains(file)) continue;
      if (!found_.is_described)
        wanted.push_back({well_formed_utf8(file), file});
      else
        lines.push_back(delivery("not-listed", file, Verdict::kLook,
                                 "The file is in the folder and no track names it.",
                                 "List it, or move it away before delivery."));
    }
    for (const std::string& link : found_.links)
      lines.push_back(delivery("link", link, Verdict::kLook, "This is a link, and links are not followed.",
                               "Put the file itself into the folder."));
    if (wanted.empty())
      lines.push_back(delivery("audio", "", Verdict::kFix, "There is no audio to check.",
                               "Put the masters into the folder."));
    return wanted;
  }

  TrackAudio audio_of(const ToMeasure& track) const {
    const fs::path path = checked_.folder / track.file;
    CheckRequest request;
    request.role.as = Role::Kind::kMaster;
    request.past.history = request_.history;
    const CheckedFile file = check_file(path, request, [&](std::string_view doing, double done) {
      return progress_.working(path, doing, done);
    });
    TrackAudio audio{
        track.track, track.file, file.sha256, file.source, file.measurements.loudness.integrated_lufs,
        {},          {}};
    if (audio.sha256.empty()) audio.sha256 = sha256_of_file(path);
    const std::vector<Finding>& findings = file.diagnosis->findings;
    audio.findings.assign(findings.begin() + kFirstExportItem, findings.end());
    const Tags tags = read_tags(path);
    if (const auto isrc = tags.fields.find("ISRC"); isrc != tags.fields.end()) audio.tag_isrcs = isrc->second;
    return audio;
  }

  void measure(const std::vector<ToMeasure>& tracks, ReleaseLines& lines) {
    in_order(
        tracks.size(), [&](std::size_t i) { return audio_of(tracks[i]); },
        [&](std::size_t i, std::future<TrackAudio> audio) {
          try {
            checked_.audio.push_back(audio.get());
          } catch (const Cancelled&) {
            throw;
          } catch (const Error& error) {
            lines.push_back(delivery("unreadable", tracks[i].track, Verdict::kFix,
                                     "It could not be checked: " + std::string(error.what()) + ".",
                                     "Export it again."));
            progress_.failed(checked_.folder / tracks[i].file, error.what());
          }
        });
  }

  void look_at_artwork(ReleaseLines& lines) {
    std::string name = ReleaseFolder::found(found_.pictures, checked_.release.artwork);
    if (checked_.release.artwork.empty() && found_.pictures.size() == 1) name = found_.pictures.front();
    if (!name.empty()) {
      try {
        const ReleaseLines found = check_artwork(artwork(name), release_rules());
        lines.insert(lines.end(), found.begin(), found.end());
      } catch (const Error& error) {
        progress_.failed(checked_.folder / name, error.what());
      }
    } else if (!checked_.release.artwork.empty()) {
      lines.push_back(delivery("artwork-missing", checked_.release.artwork, Verdict::kFix,
                               "The folder holds no JPEG or PNG of this name.",
                               "Put it there, or correct artwork in release.toml."));
    } else {
      lines.push_back(delivery(
          "artwork-missing", "", Verdict::kFix,
          found_.pictures.empty() ? "There is no artwork." : "Which picture is the artwork is not said.",
          "Put one JPEG or PNG into the folder and name it under artwork."));
    }
  }

  Artwork artwork(const std::string& name) const {
    const LocalFile file(checked_.folder / name);
    Artwork found{name, file.size_bytes(), read_picture(file.bytes_at(0, kPictureHead)), true};
    const auto tail = static_cast<std::int64_t>(kPictureTail);
    if (found.picture)
      found.is_whole =
          picture_is_whole(found.picture->format,
                           file.bytes_at(std::max<std::int64_t>(0, file.size_bytes() - tail), kPictureTail));
    return found;
  }

  ReleaseRequest request_;
  const ReleaseProgress& progress_;
  ReleaseFolder found_;
  CheckedRelease checked_;
};

}  // namespace

const ReleaseRules& release_rules() {
  static const ReleaseRules rules = load_release_rules();
  return rules;
}

fs::path write_release_template(const fs::path& folder) {
  const ReleaseFolder found = read_release_folder(folder);
  std::string text = release_template();
  for (const std::string& file : found.audio)
    text += "\n[[track]]\nfile = " + toml_string(file) +
            "\ntitle = \"\"\nversion = \"\"\nfeatured = []\nisrc = \"\"\ncomposers = []\nproducer = \"\"\n"
            "lyrics = \"\"\nsamples = \"\"\n";
  const fs::path file = folder / kReleaseFile;
  about(file, [&] { write_file_atomically(file, text, false); });
  return file;
}

CheckedRelease check_release(const fs::path& folder, const ReleaseRequest& request,
                             const ReleaseProgress& progress) {
  return ReleaseCheck(folder, request, progress).take();
}

std::size_t count_of(const CheckedRelease& checked, Verdict verdict) {
  return static_cast<std::size_t>(
      std::count_if(checked.lines.begin(), checked.lines.end(),
                    [&](const ReleaseLine& line) { return line.verdict == verdict; }));
}

std::vector<CalendarEvent> release_events(const CheckedRelease& checked) {
  std::vector<CalendarEvent> events;
  const std::string title = release_title(checked);
  for (const ScheduledDay& step : checked.schedule)
    if (!step.is_done && step.day >= checked.today)
      events.push_back({"release-" + step.id + "-" + day_text(*checked.release.date) + "-" +
                            percent_encoded(title) + "@lacquer",
                        step.day, title + ": " + step_words(step.id), ""});
  return events;
}

void keep_release(const CheckedRelease& checked, const fs::path& workbook_file, std::int64_t now_ms) {
  if (!checked.release.date) return;
  const auto next = std::find_if(checked.schedule.begin(), checked.schedule.end(),
                                 [](const ScheduledDay& step) { return !step.is_done; });
  const bool is_over = next == checked.schedule.end();
  const Json document = {{"schema", 1},
                         {"title", release_title(checked)},
                         {"date", day_text(*checked.release.date)},
                         {"next", is_over ? "" : step_words(next->id)},
                         {"fix", count_of(checked, Verdict::kFix)},
                         {"look", count_of(checked, Verdict::kLook)}};
  Decision decision{0,      kReleaseKind,  well_formed_utf8(known_path(checked.folder)),
                    now_ms, std::nullopt,  is_over ? "done" : "open",
                    now_ms, dump(document)};
  if (!is_over) decision.due_ms = day_ms(next->day);
  about(workbook_file, [&] {
    Workbook workbook = Workbook::create(workbook_file);
    for (const Decision& known : workbook.decisions(kReleaseKind))
      if (known.subject == decision.subject) decision.id = known.id;
    if (decision.id != 0)
      workbook.update_decision(decision);
    else
      workbook.add_decision(decision);
  });
}

}  // namespace lacquer
