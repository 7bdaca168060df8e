#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "core/audio_stream.h"
#include "core/source_info.h"

namespace lacquer {

inline constexpr int kMaxFileChannels = 64;

// How BS.1770-5 weights a channel: `surround` 1.41, `lfe` not at all, all others 1.
enum class ChannelRole { main, surround, lfe };

// An audio file, decoded as it is read and in constant memory: planar float, integers scaled by 2^-(bits-1),
// float files as they are (also above full scale), NaN and infinity replaced by 0 and counted.
class FileSource : public AudioSource {
 public:
  StreamFormat format() const final { return format_; }
  std::optional<std::int64_t> announced_frames() const final { return announced_frames_; }
  int read(AudioBlock block) final;
  void rewind() final;

  // `frames`, `duration_s` and `truncated` are the header's until the end was reached once, then what was
  // found.
  const SourceInfo& info() const noexcept { return info_; }
  // One for each channel, in the order of the channels (WAV order: L R C LFE Ls Rs).
  const std::vector<ChannelRole>& channel_roles() const noexcept { return roles_; }

 protected:
  FileSource() = default;

  // Fills the start of `block`, returns how many frames; 0 at the end.
  virtual int decode(AudioBlock block) = 0;
  virtual void restart() = 0;
  // Whether the part decoded so far was damaged or ended before the header said; asked at the end.
  virtual bool ended_damaged(std::int64_t decoded_frames) const = 0;

  SourceInfo info_;
  StreamFormat format_;
  std::optional<std::int64_t> announced_frames_;
  std::vector<ChannelRole> roles_;

 private:
  void reached_end();

  std::int64_t position_frames_ = 0;
  std::int64_t non_finite_this_pass_ = 0;
  bool ended_ = false;
};

// Which library decodes. `automatic` takes libsndfile for PCM in WAV, AIFF, RF64, W64 and CAF and for FLAC,
// and FFmpeg's libraries for everything else; the others exist so that a test can compare the two.
enum class Reader { automatic, sndfile, libav };

// Opens a regular file on this machine, whatever its name looks like: no address, playlist, device or
// reference to another file is ever followed. Rates from 8,000 to 384,000 Hz, up to 64 channels. Throws Error
// when the file cannot be opened or holds no audio.
std::unique_ptr<FileSource> open_audio(const std::filesystem::path& path, Reader reader = Reader::automatic);

}  // namespace lacquer
