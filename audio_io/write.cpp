#include "audio_io/write.h"

#include <sndfile.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <limits>
#include <vector>

#include "audio_io/atomic_file.h"
#include "audio_io/write_tags.h"
#include "core/error.h"

namespace lacquer {
namespace {

// Room for the header with tags. libsndfile holds at most 100 KiB of header.
constexpr std::int64_t kHeaderRoomBytes = 1 << 20;
constexpr std::int64_t kMaxChunkBytes = std::int64_t{0xFFFFFFFF} - kHeaderRoomBytes;
constexpr int kWriteFrames = 4096;

std::int64_t bytes_per_frame(int channels, int bits) { return std::int64_t{channels} * bits / 8; }

void require_possible(const WriteSettings& settings) {
  const bool integer = !settings.is_float && (settings.bits == 16 || settings.bits == 24);
  const bool real = settings.is_float && settings.bits == 32;
  if (!integer && !real) throw Error("files are written with 16, 24 or 32f bits; choose one of these");
  if (settings.format == FileFormat::flac && settings.is_float)
    throw Error("FLAC holds no floating-point audio; choose 24 bits or a WAV file");
  if (settings.format == FileFormat::flac && settings.channels > 8)
    throw Error("FLAC holds at most 8 channels; choose a WAV file");
  if (!(settings.sample_rate_hz >= kMinSampleRateHz && settings.sample_rate_hz <= kMaxSampleRateHz) ||
      settings.sample_rate_hz != std::floor(settings.sample_rate_hz))
    throw Error(
        "the output's sample rate must be a whole number from 8,000 to 384,000 Hz; choose 44,100 or 48,000");
  if (settings.channels < 1 || settings.channels > 64)
    throw Error("a file holds 1 to 64 channels; choose fewer");
  if (settings.format == FileFormat::aiff && settings.frames &&
      needs_rf64(*settings.frames, settings.channels, settings.bits))
    throw Error("AIFF holds at most 4 GiB; choose WAV or FLAC");
}

int sndfile_format(const WriteSettings& settings, bool rf64) {
  const int subtype = settings.is_float     ? SF_FORMAT_FLOAT
                      : settings.bits == 16 ? SF_FORMAT_PCM_16
                                            : SF_FORMAT_PCM_24;
  switch (settings.format) {
    case FileFormat::flac:
      return SF_FORMAT_FLAC | subtype;
    case FileFormat::aiff:
      return SF_FORMAT_AIFF | subtype;
    case FileFormat::wav:
      break;
  }
  return (rf64 ? SF_FORMAT_RF64 : SF_FORMAT_WAV) | subtype;
}

// The nearest integer of `bits`, at the top of the word, held at full scale.
template <class Word>
Word to_integer(float sample, int bits) noexcept {
  const double scale = std::ldexp(1.0, bits - 1);
  const double value =
      std::isnan(sample) ? 0.0 : std::clamp(static_cast<double>(sample) * scale, -scale, scale - 1.0);
  return static_cast<Word>(std::lrint(value) * (1L << (std::numeric_limits<Word>::digits + 1 - bits)));
}

}  // namespace

bool needs_rf64(std::int64_t frames, int channels, int bits) noexcept {
  return frames > kMaxChunkBytes / bytes_per_frame(channels, bits);
}

class FileSink::Output {
 public:
  Output(const std::filesystem::path& target, WriteSettings settings)
      : settings_(std::move(settings)),
        rf64_(settings_.format == FileFormat::wav && settings_.frames &&
              needs_rf64(*settings_.frames, settings_.channels, settings_.bits)),
        file_((require_possible(settings_), target), settings_.overwrite) {
    const std::size_t samples =
        static_cast<std::size_t>(kWriteFrames) * static_cast<std::size_t>(settings_.channels);
    if (settings_.is_float)
      floats_.resize(samples);
    else if (settings_.bits == 16)
      shorts_.resize(samples);
    else
      ints_.resize(samples);
    open();
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { close(); }

  void write(ConstAudioBlock block) {
    if (block.channels() != settings_.channels || handle_ == nullptr)
      throw Error("the audio does not fit the output file; this is a fault in the program, please report it");
    frames_ += block.frames();
    if (!rf64_ && settings_.format != FileFormat::flac &&
        needs_rf64(frames_, settings_.channels, settings_.bits))
      throw Error("the file would pass the 4 GiB that its format holds; choose FLAC");
    for (int done = 0; done < block.frames(); done += kWriteFrames)
      write_part(block.slice(done, std::min(kWriteFrames, block.frames() - done)));
  }

  void restart() {
    close();
    file_.clear();
    open();
  }

  void finish() {
    if (handle_ == nullptr) return;
    const int failed = close();
    if (error_ != 0) throw_write_error(error_);
    // libsndfile writes a FLAC header only with the first sample.
    if (length_ == 0) throw Error("there is no audio to write; check the source");
    if (failed != 0) throw Error("the output could not be finished; check the disk");
    if (settings_.format == FileFormat::flac) tag_flac(file_.temporary_path(), settings_.tags);
    if (settings_.format == FileFormat::aiff) tag_aiff(file_.temporary_path(), settings_.tags);
  }

  void commit() {
    finish();
    file_.commit();
  }

  const std::filesystem::path& temporary_path() const noexcept { return file_.temporary_path(); }

  const char* container() const noexcept {
    switch (settings_.format) {
      case FileFormat::flac:
        return "flac";
      case FileFormat::aiff:
        return "aiff";
      case FileFormat::wav:
        break;
    }
    return rf64_ ? "rf64" : "wav";
  }

 private:
  void open() {
    position_ = length_ = frames_ = 0;
    error_ = 0;
    SF_VIRTUAL_IO io = {length, seek, read, write_bytes, tell};
    SF_INFO sf = {};
    sf.samplerate = static_cast<int>(settings_.sample_rate_hz);
    sf.channels = settings_.channels;
    sf.format = sndfile_format(settings_, rf64_);
    handle_ = sf_open_virtual(&io, SFM_WRITE, &sf, this);
    if (error_ != 0) {
      close();
      throw_write_error(error_);
    }
    if (handle_ == nullptr)
      throw Error("this format cannot hold this rate or number of channels; choose WAV");
    sf_command(handle_, SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
    if (settings_.format == FileFormat::wav)
      put_tags_in_wav_header(handle_, settings_.tags, settings_.sample_rate_hz);
  }

  int close() {
    const int failed = handle_ == nullptr ? 0 : sf_close(handle_);
    handle_ = nullptr;
    return failed;
  }

  void write_part(ConstAudioBlock part) {
    const sf_count_t frames = part.frames();
    sf_count_t written = 0;
    if (settings_.is_float) {
      interleave(part, floats_.data(), [](float sample) { return sample; });
      written = sf_writef_float(handle_, floats_.data(), frames);
    } else if (settings_.bits == 16) {
      interleave(part, shorts_.data(), [](float sample) { return to_integer<short>(sample, 16); });
      written = sf_writef_short(handle_, shorts_.data(), frames);
    } else {
      interleave(part, ints_.data(), [](float sample) { return to_integer<int>(sample, 24); });
      written = sf_writef_int(handle_, ints_.data(), frames);
    }
    if (error_ != 0) throw_write_error(error_);
    if (written != frames) throw Error("the output could not be written; check the disk");
  }

  template <class Sample, class Convert>
  void interleave(ConstAudioBlock part, Sample* to, Convert convert) const {
    const auto channels = static_cast<std::size_t>(part.channels());
    for (std::size_t c = 0; c < channels; ++c) {
      const auto from = part.channel(static_cast<int>(c));
      for (std::size_t i = 0; i < from.size(); ++i) to[i * channels + c] = convert(from[i]);
    }
  }

  // libsndfile writes through these, so that the reason for a failure is kept.
  static sf_count_t length(void* self) { return static_cast<Output*>(self)->length_; }
  static sf_count_t tell(void* self) { return static_cast<Output*>(self)->position_; }
  static sf_count_t read(void* to, sf_count_t count, void* self) {
    auto& out = *static_cast<Output*>(self);
    const ssize_t got = ::pread(out.file_.descriptor(), to, static_cast<std::size_t>(count), out.position_);
    if (got > 0) out.position_ += got;
    return std::max<sf_count_t>(got, 0);
  }
  static sf_count_t seek(sf_count_t offset, int whence, void* self) {
    auto& out = *static_cast<Output*>(self);
    out.position_ = offset + (whence == SEEK_CUR ? out.position_ : whence == SEEK_END ? out.length_ : 0);
    return out.position_;
  }
  static sf_count_t write_bytes(const void* bytes, sf_count_t count, void* self) {
    auto& out = *static_cast<Output*>(self);
    sf_count_t done = 0;
    while (done < count && out.error_ == 0) {
      const ssize_t written = ::pwrite(out.file_.descriptor(), static_cast<const char*>(bytes) + done,
                                       static_cast<std::size_t>(count - done), out.position_);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) {
        out.error_ = written < 0 ? errno : ENOSPC;
        break;
      }
      done += written;
      out.position_ += written;
      out.length_ = std::max(out.length_, out.position_);
    }
    return done;
  }

  WriteSettings settings_;
  bool rf64_;
  AtomicFile file_;
  SNDFILE* handle_ = nullptr;
  std::vector<float> floats_;
  std::vector<short> shorts_;
  std::vector<int> ints_;
  sf_count_t position_ = 0;
  sf_count_t length_ = 0;
  std::int64_t frames_ = 0;
  int error_ = 0;
};

FileSink::FileSink(const std::filesystem::path& target, WriteSettings settings)
    : output_(std::make_unique<Output>(target, std::move(settings))) {}
FileSink::~FileSink() = default;
void FileSink::write(ConstAudioBlock block) { output_->write(block); }
void FileSink::restart() { output_->restart(); }
void FileSink::finish() { output_->finish(); }
void FileSink::commit() { output_->commit(); }
const std::filesystem::path& FileSink::temporary_path() const noexcept { return output_->temporary_path(); }
const char* FileSink::container() const noexcept { return output_->container(); }

}  // namespace lacquer
