#include "audio_io/codec_round_trip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "audio_io/libav.h"
#include "audio_io/libav_frame.h"
#include "audio_io/resample.h"
#include "audio_io/samples.h"
#include "core/error.h"

namespace lacquer {
namespace {

struct CodecNames {
  const char* codec;
  const char* encoder;
  const char* decoder;
};
// Decoders that give floating point, so that what passes full scale is seen. FFmpeg's own Opus decoder is
// taken, as in the ffmpeg program.
constexpr std::array<CodecNames, 4> kCodecs = {{{"vorbis", "libvorbis", "vorbis"},
                                                {"opus", "libopus", "opus"},
                                                {"aac", "aac", "aac"},
                                                {"mp3", "libmp3lame", "mp3float"}}};
constexpr int kEncodedChannels = 2;
constexpr int kBlockFrames = 4096;

const CodecNames* names_of(const std::string& codec) {
  const auto found = std::find_if(kCodecs.begin(), kCodecs.end(),
                                  [&](const CodecNames& names) { return codec == names.codec; });
  return found == kCodecs.end() ? nullptr : &*found;
}

struct Context {
  explicit Context(const AVCodec* codec) : get(avcodec_alloc_context3(codec)) {
    if (get == nullptr) throw std::bad_alloc();
  }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
  ~Context() { avcodec_free_context(&get); }
  AVCodecContext* operator->() const { return get; }
  AVCodecContext* get;
};

// A queue of planar samples.
class SampleQueue {
 public:
  explicit SampleQueue(int channels) : rows_(static_cast<std::size_t>(channels)) {}
  int frames() const { return static_cast<int>(rows_[0].size() - used_); }
  void push(int channel, std::span<const float> samples) {
    std::vector<float>& row = rows_[static_cast<std::size_t>(channel)];
    row.insert(row.end(), samples.begin(), samples.end());
  }
  // `block` has at least as many channels.
  void pop_into(AudioBlock block, int frames) {
    for (std::size_t c = 0; c < rows_.size(); ++c)
      std::copy_n(rows_[c].begin() + static_cast<std::ptrdiff_t>(used_), frames,
                  block.channel(static_cast<int>(c)).begin());
    drop(frames);
  }
  void drop(int frames) {
    used_ += static_cast<std::size_t>(frames);
    if (used_ < static_cast<std::size_t>(16 * kBlockFrames)) return;
    for (auto& row : rows_) row.erase(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ = 0;
  }

 private:
  std::vector<std::vector<float>> rows_;
  std::size_t used_ = 0;
};

class CodecPair final : public AudioPairSource {
 public:
  CodecPair(AudioSource& source, const CodecSettings& settings, const CodecNames& names)
      : source_(source),
        format_(source.format()),
        encoder_(avcodec_find_encoder_by_name(names.encoder)),
        decoder_(avcodec_find_decoder_by_name(names.decoder)),
        in_(format_.channels, kBlockFrames),
        waiting_(format_.channels),
        original_(format_.channels),
        decoded_(format_.channels) {
    format_.max_block_frames = kBlockFrames;
    open_encoder(settings);
    open_decoder();
    chunk_frames_ = encoder_->frame_size > 0 ? encoder_->frame_size : 1024;
    chunk_.resize(kEncodedChannels, chunk_frames_);
    interleaved_.resize(static_cast<std::size_t>(chunk_frames_ * kEncodedChannels));
  }

  StreamFormat format() const override { return format_; }
  std::optional<std::int64_t> announced_frames() const override { return source_.announced_frames(); }

  int read(AudioBlock original, AudioBlock decoded) override {
    while (decoded_.frames() == 0 && !finished_) advance();
    const int frames = std::min({original.frames(), decoded.frames(), decoded_.frames(), original_.frames()});
    original_.pop_into(original, frames);
    decoded_.pop_into(decoded, frames);
    return frames;
  }

 private:
  void open_encoder(const CodecSettings& settings) {
    const AVCodec& codec = *encoder_->codec;
    encoder_->bit_rate = std::int64_t{1000} * settings.bitrate_kbps;
    encoder_->sample_rate = static_cast<int>(format_.sample_rate_hz);
    encoder_->time_base = {1, encoder_->sample_rate};
    encoder_->sample_fmt = AV_SAMPLE_FMT_FLTP;
    for (const AVSampleFormat* f = codec.sample_fmts; f != nullptr && *f != AV_SAMPLE_FMT_NONE; ++f)
      if (*f == AV_SAMPLE_FMT_FLT) encoder_->sample_fmt = AV_SAMPLE_FMT_FLT;
    av_channel_layout_default(&encoder_->ch_layout, kEncodedChannels);
    encoder_->thread_count = 1;
    encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    if (avcodec_open2(encoder_.get, &codec, nullptr) < 0)
      throw Error("the " + settings.codec + " encoder refuses " + std::to_string(settings.bitrate_kbps) +
                  " kbps; leave this codec out");
  }

  void open_decoder() {
    AVCodecParameters* parameters = avcodec_parameters_alloc();
    if (parameters == nullptr) throw std::bad_alloc();
    const bool described = avcodec_parameters_from_context(parameters, encoder_.get) >= 0 &&
                           avcodec_parameters_to_context(decoder_.get, parameters) >= 0;
    avcodec_parameters_free(&parameters);
    decoder_->pkt_timebase = encoder_->time_base;
    decoder_->thread_count = 1;
    // The time stamps say what is priming and padding; the decoder shall not cut anything itself.
    decoder_->flags2 |= AV_CODEC_FLAG2_SKIP_MANUAL;
    if (!described || avcodec_open2(decoder_.get, decoder_->codec, nullptr) < 0)
      throw Error(
          "the decoder does not take what its encoder made; install the same version of FFmpeg's libraries");
  }

  // One block of input through the encoder and whatever comes out of the decoder.
  void advance() {
    const int got = source_.read(in_.block());
    for (int c = 0; c < format_.channels; ++c) {
      const auto samples = std::as_const(in_).channel(c).first(static_cast<std::size_t>(got));
      waiting_.push(c, samples);
      original_.push(c, samples);
    }
    taken_ += got;
    while (waiting_.frames() >= chunk_frames_) encode(chunk_frames_);
    if (got > 0) return;
    if (waiting_.frames() > 0) encode(waiting_.frames());
    send(nullptr);
    pass_packets();
    avcodec_send_packet(decoder_.get, nullptr);
    take_frames();
    pad();
    finished_ = true;
  }

  void encode(int frames) {
    waiting_.pop_into(chunk_.block(frames), frames);
    if (format_.channels == 1) std::copy_n(chunk_.channel(0).begin(), frames, chunk_.channel(1).begin());
    AVFrame& frame = *sent_.get;
    frame.nb_samples = frames;
    frame.format = encoder_->sample_fmt;
    frame.sample_rate = encoder_->sample_rate;
    frame.pts = encoded_;
    av_channel_layout_copy(&frame.ch_layout, &encoder_->ch_layout);
    if (encoder_->sample_fmt == AV_SAMPLE_FMT_FLT) {
      for (int i = 0; i < frames; ++i)
        for (int c = 0; c < kEncodedChannels; ++c)
          interleaved_[static_cast<std::size_t>(i * kEncodedChannels + c)] =
              chunk_.channel(c)[static_cast<std::size_t>(i)];
      frame.data[0] = reinterpret_cast<std::uint8_t*>(interleaved_.data());
      frame.linesize[0] = frames * kEncodedChannels * static_cast<int>(sizeof(float));
    } else {
      for (int c = 0; c < kEncodedChannels; ++c)
        frame.data[c] = reinterpret_cast<std::uint8_t*>(chunk_.channel(c).data());
      frame.linesize[0] = frames * static_cast<int>(sizeof(float));
    }
    frame.extended_data = frame.data;
    encoded_ += frames;
    send(&frame);
    pass_packets();
  }

  void send(const AVFrame* frame) {
    if (avcodec_send_frame(encoder_.get, frame) < 0)
      throw Error("the encoder stopped; try again, or leave this codec out");
  }

  void pass_packets() {
    while (avcodec_receive_packet(encoder_.get, packet_.get) == 0) {
      const int sent = avcodec_send_packet(decoder_.get, packet_.get);
      av_packet_unref(packet_.get);
      if (sent < 0) throw Error("the decoder stopped; try again, or leave this codec out");
      take_frames();
    }
  }

  void take_frames() {
    while (avcodec_receive_frame(decoder_.get, received_.get) == 0) place(*received_.get);
  }

  // Puts decoded samples where their time stamp says; what lies before the first frame is priming.
  void place(const AVFrame& frame) {
    if (frame.sample_rate != encoder_->sample_rate || frame.ch_layout.nb_channels != kEncodedChannels)
      throw Error("the decoder gave another rate or number of channels; leave this codec out");
    std::int64_t at = frame.pts == AV_NOPTS_VALUE ? next_ : frame.pts;
    next_ = at + frame.nb_samples;
    const auto skip = static_cast<int>(std::clamp<std::int64_t>(made_ - at, 0, frame.nb_samples));
    at += skip;
    silence_until(at);
    const auto count = static_cast<int>(std::min<std::int64_t>(frame.nb_samples - skip, taken_ - made_));
    if (count <= 0) return;
    scratch_.resize(static_cast<std::size_t>(count));
    for (int c = 0; c < format_.channels; ++c) {
      copy_channel(frame, c, skip, scratch_);
      silence_non_finite(scratch_);
      decoded_.push(c, scratch_);
    }
    made_ += count;
  }

  // A gap in what the decoder gives, and an end before the end of the source, are silence.
  void silence_until(std::int64_t frame) {
    const std::int64_t missing = std::min(frame, taken_) - made_;
    if (missing <= 0) return;
    scratch_.assign(static_cast<std::size_t>(missing), 0.0F);
    for (int c = 0; c < format_.channels; ++c) decoded_.push(c, scratch_);
    made_ += missing;
  }
  void pad() { silence_until(taken_); }

  AudioSource& source_;
  StreamFormat format_;
  Context encoder_;
  Context decoder_;
  AudioBuffer in_;
  SampleQueue waiting_;   // for the encoder
  SampleQueue original_;  // for the decoded audio to catch up
  SampleQueue decoded_;
  int chunk_frames_ = 1024;
  AudioBuffer chunk_;
  std::vector<float> interleaved_;
  std::vector<float> scratch_;
  LibavPacket packet_;
  LibavFrame sent_;
  LibavFrame received_;
  std::int64_t taken_ = 0;    // frames read from the source
  std::int64_t encoded_ = 0;  // given to the encoder
  std::int64_t made_ = 0;     // decoded and placed
  std::int64_t next_ = 0;     // where a decoded frame without a time stamp belongs
  bool finished_ = false;
};

// Owns the conversion to the codec's rate, where one is needed.
class ResampledPair final : public AudioPairSource {
 public:
  ResampledPair(AudioSource& source, double rate_hz, const CodecSettings& settings, const CodecNames& names)
      : resampled_(resample(source, rate_hz)), pair_(*resampled_, settings, names) {}
  StreamFormat format() const override { return pair_.format(); }
  std::optional<std::int64_t> announced_frames() const override { return pair_.announced_frames(); }
  int read(AudioBlock original, AudioBlock decoded) override { return pair_.read(original, decoded); }

 private:
  std::unique_ptr<AudioSource> resampled_;
  CodecPair pair_;
};

}  // namespace

bool codec_is_available(const std::string& codec) {
  const CodecNames* names = names_of(codec);
  if (names == nullptr) return false;
  try {
    return avcodec_find_encoder_by_name(names->encoder) != nullptr &&
           avcodec_find_decoder_by_name(names->decoder) != nullptr;
  } catch (const Error&) {
    return false;  // the libraries are not here
  }
}

double codec_rate_hz(const std::string& codec, double source_rate_hz) {
  constexpr double kDisc = 44100.0;
  constexpr double kVideo = 48000.0;
  return codec != "opus" && std::fmod(source_rate_hz, kDisc) == 0.0 ? kDisc : kVideo;
}

std::unique_ptr<AudioPairSource> round_trip(AudioSource& source, const CodecSettings& settings) {
  if (!codec_is_available(settings.codec))
    throw Error("the FFmpeg libraries here cannot encode " + settings.codec + "; leave this codec out");
  if (source.format().channels > kEncodedChannels)
    throw Error("it has " + std::to_string(source.format().channels) +
                " channels; codecs are tried on mono and stereo, so mix it down to two first");
  [[maybe_unused]] static const bool quiet = (av_log_set_level(AV_LOG_QUIET), true);
  const double rate = codec_rate_hz(settings.codec, source.format().sample_rate_hz);
  const CodecNames& names = *names_of(settings.codec);
  if (rate == source.format().sample_rate_hz) return std::make_unique<CodecPair>(source, settings, names);
  return std::make_unique<ResampledPair>(source, rate, settings, names);
}

}  // namespace lacquer
