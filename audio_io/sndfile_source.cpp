#include <sndfile.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "audio_io/channel_layout.h"
#include "audio_io/readers.h"
#include "audio_io/samples.h"
#include "audio_io/sndfile_input.h"
#include "core/error.h"

namespace lacquer {
namespace {

constexpr int kReadFrames = 8192;

struct Encoding {
  int subtype;
  const char* name;  // after FFmpeg, without the byte order
  int bits;
  bool is_float;
  bool lossy;
};

constexpr Encoding kEncodings[] = {
    {SF_FORMAT_PCM_S8, "pcm_s8", 8, false, false},   {SF_FORMAT_PCM_U8, "pcm_u8", 8, false, false},
    {SF_FORMAT_PCM_16, "pcm_s16", 16, false, false}, {SF_FORMAT_PCM_24, "pcm_s24", 24, false, false},
    {SF_FORMAT_PCM_32, "pcm_s32", 32, false, false}, {SF_FORMAT_FLOAT, "pcm_f32", 32, true, false},
    {SF_FORMAT_DOUBLE, "pcm_f64", 64, true, false},  {SF_FORMAT_ULAW, "pcm_mulaw", 0, false, true},
    {SF_FORMAT_ALAW, "pcm_alaw", 0, false, true},
};

bool is_big_endian(int format) {
  switch (format & SF_FORMAT_ENDMASK) {
    case SF_ENDIAN_LITTLE:
      return false;
    case SF_ENDIAN_BIG:
      return true;
    default:
      break;
  }
  const int container = format & SF_FORMAT_TYPEMASK;
  return container == SF_FORMAT_AIFF || container == SF_FORMAT_CAF;
}

std::string codec_name(const Encoding& encoding, int format, const std::string& container) {
  if (container == "flac") return "flac";
  std::string name = encoding.name;
  if (encoding.bits > 8) name += is_big_endian(format) ? "be" : "le";
  return name;
}

class SndfileSource final : public FileSource {
 public:
  SndfileSource(std::shared_ptr<const LocalFile> file, HeaderFacts header)
      : file_(std::move(file)), header_(std::move(header)), input_(std::make_unique<SndfileInput>(file_)) {}

  // False when libsndfile does not read it.
  bool open() { return input_->handle() != nullptr && describe(input_->info()); }

 private:
  bool describe(const SF_INFO& sf) {
    const auto encoding = std::find_if(std::begin(kEncodings), std::end(kEncodings), [&](const Encoding& e) {
      return e.subtype == (sf.format & SF_FORMAT_SUBMASK);
    });
    if (encoding == std::end(kEncodings)) return false;
    require_supported(sf.samplerate, sf.channels);
    announced_frames_ = sf.frames;
    if (sf.frames == SF_COUNT_MAX) announced_frames_.reset();
    format_ = {static_cast<double>(sf.samplerate), sf.channels, kReadFrames};
    roles_ = layout_roles(header_.channel_mask, sf.channels);
    interleaved_.resize(static_cast<std::size_t>(kReadFrames) * static_cast<std::size_t>(sf.channels));
    info_.container = header_.container;
    info_.codec = codec_name(*encoding, sf.format, header_.container);
    info_.sample_rate_hz = sf.samplerate;
    if (encoding->bits > 0) info_.bits = encoding->bits;
    if (header_.valid_bits && *header_.valid_bits > 0 && *header_.valid_bits < encoding->bits)
      info_.bits = header_.valid_bits;
    info_.is_float = encoding->is_float;
    info_.lossy = encoding->lossy;
    info_.extensible_header = header_.extensible;
    info_.channels = sf.channels;
    info_.channel_layout = layout_name(header_.channel_mask, sf.channels);
    info_.frames = announced_frames_.value_or(0);
    info_.duration_s = static_cast<double>(info_.frames) / info_.sample_rate_hz;
    return true;
  }

  int decode(AudioBlock block) override {
    int done = 0;
    while (done < block.frames() && rest_ == nullptr) {
      const int wanted = std::min(kReadFrames, block.frames() - done);
      const auto got = static_cast<int>(sf_readf_float(input_->handle(), interleaved_.data(), wanted));
      damaged_ = damaged_ || sf_error(input_->handle()) != SF_ERR_NO_ERROR;
      if (got <= 0) break;
      deinterleave(interleaved_.data(), got, block.slice(done, got));
      done += got;
    }
    decoded_frames_ += done;
    if (done > 0) return done;
    if (rest_ == nullptr && info_.container == "flac") read_past_damage();
    return rest_ == nullptr ? 0 : rest_->read(block);
  }

  // libsndfile ends at the first damaged part of a FLAC file; FFmpeg finds the next whole frame after it.
  void read_past_damage() {
    if (!damaged_ && (!announced_frames_ || decoded_frames_ >= *announced_frames_)) return;
    damaged_ = true;
    try {
      auto rest = open_libav(file_, header_);
      if (rest->format().channels != format_.channels ||
          rest->format().sample_rate_hz != format_.sample_rate_hz)
        return;
      AudioBuffer skipped(format_.channels, kReadFrames);
      for (std::int64_t left = decoded_frames_; left > 0;) {
        const int got =
            rest->read(skipped.block(static_cast<int>(std::min<std::int64_t>(left, kReadFrames))));
        if (got == 0) return;
        left -= got;
      }
      rest_ = std::move(rest);
    } catch (const Error&) {
      return;  // nothing more can be had
    }
  }

  void restart() override {
    rest_.reset();
    input_ = std::make_unique<SndfileInput>(file_);
    if (input_->handle() == nullptr || input_->info().channels != info_.channels)
      throw Error("the file changed while it was read; try again when nothing writes to it");
    damaged_ = false;
    decoded_frames_ = 0;
  }

  bool ended_damaged(std::int64_t decoded_frames) const override {
    const bool announced_more = header_.data_bytes && header_.data_offset > 0 &&
                                *header_.data_bytes > file_->size_bytes() - header_.data_offset;
    return damaged_ || announced_more || (announced_frames_ && decoded_frames < *announced_frames_);
  }

  std::shared_ptr<const LocalFile> file_;
  HeaderFacts header_;
  std::unique_ptr<SndfileInput> input_;
  std::unique_ptr<FileSource> rest_;  // what follows damage
  std::int64_t decoded_frames_ = 0;
  std::vector<float> interleaved_;
  bool damaged_ = false;
};

}  // namespace

std::unique_ptr<FileSource> open_sndfile(std::shared_ptr<const LocalFile> file, const HeaderFacts& header) {
  auto source = std::make_unique<SndfileSource>(std::move(file), header);
  if (!source->open()) return nullptr;
  if (source->announced_frames() == 0) {
    // libsndfile takes a length that was left open for an empty file; libav reads on.
    if (header.data_offset > 0 && !header.data_bytes) return nullptr;
    throw Error(kNoAudio);
  }
  if (!source->announced_frames()) {
    AudioBuffer first(source->format().channels, 1);
    if (source->read(first.block()) == 0) throw Error(kNoAudio);
    source->rewind();
  }
  return source;
}

}  // namespace lacquer
