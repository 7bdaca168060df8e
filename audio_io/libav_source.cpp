#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "audio_io/channel_layout.h"
#include "audio_io/libav_file.h"
#include "audio_io/libav_frame.h"
#include "audio_io/readers.h"
#include "core/error.h"

namespace lacquer {
namespace {

// Packets in a row that give no sound before a file counts as ended. A healthy stream needs a handful.
constexpr int kMaxFruitless = 4096;
constexpr int kMaxReadErrors = 16;

// One container and its decoder, from the first packet on.
class Decoder {
 public:
  explicit Decoder(std::shared_ptr<const LocalFile> file) : file_(std::move(file)) {
    const AVCodec* codec = avcodec_find_decoder(file_.stream()->codecpar->codec_id);
    if (codec == nullptr) throw Error("this audio codec cannot be decoded here; export it as WAV or FLAC");
    codec_ = avcodec_alloc_context3(codec);
    if (codec_ == nullptr) throw std::bad_alloc();
    avcodec_parameters_to_context(codec_, file_.stream()->codecpar);
    codec_->pkt_timebase = file_.stream()->time_base;
    codec_->thread_count = 1;
    codec_->err_recognition = AV_EF_CRCCHECK;
    const int opened = avcodec_open2(codec_, codec, nullptr);
    if (opened < 0) {
      avcodec_free_context(&codec_);
      throw Error("its decoder does not accept it, so it may be damaged; export it again");
    }
  }
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() { avcodec_free_context(&codec_); }

  // The next frame with sound in it; nothing at the end.
  const AVFrame* next() {
    for (int fruitless = 0; fruitless < kMaxFruitless; ++fruitless) {
      const int received = avcodec_receive_frame(codec_, frame_.get);
      if (received == 0) {
        if (frame_.get->decode_error_flags != 0 || (frame_.get->flags & AV_FRAME_FLAG_CORRUPT) != 0)
          ++damaged_;
        if (frame_.get->nb_samples > 0) return frame_.get;
        continue;
      }
      if (received == AVERROR_EOF) return nullptr;
      if (received != AVERROR(EAGAIN)) ++damaged_;
      if (!feed()) return nullptr;
    }
    ++damaged_;
    return nullptr;
  }

  const LibavFile& file() const { return file_; }
  const AVCodecContext* codec() const { return codec_; }
  void count_damage() { ++damaged_; }
  bool damaged() const { return damaged_ > 0; }

 private:
  // One packet into the decoder; false when there is nothing more to give.
  bool feed() {
    if (draining_) return false;
    for (int errors = 0; errors < kMaxReadErrors;) {
      const int got = av_read_frame(file_.context(), packet_.get);
      if (got == AVERROR_EOF) break;
      if (got < 0) {
        ++errors;
        ++damaged_;
        continue;
      }
      const bool wanted = packet_.get->stream_index == file_.stream()->index;
      if (wanted && avcodec_send_packet(codec_, packet_.get) < 0) ++damaged_;
      av_packet_unref(packet_.get);
      return true;
    }
    draining_ = true;
    return avcodec_send_packet(codec_, nullptr) >= 0;
  }

  LibavFile file_;
  AVCodecContext* codec_ = nullptr;
  LibavPacket packet_;
  LibavFrame frame_;
  bool draining_ = false;
  std::int64_t damaged_ = 0;
};

std::string container_name(const AVInputFormat& format, const HeaderFacts& header) {
  if (!header.container.empty()) return header.container;
  const std::string_view name = format.name;
  if (name.substr(0, 4) == "mov,") return "mp4";
  if (name == "matroska,webm") return "matroska";
  if (name == "wv") return "wavpack";
  return std::string(name);
}

class LibavSource final : public FileSource {
 public:
  LibavSource(std::shared_ptr<const LocalFile> file, HeaderFacts header)
      : file_(std::move(file)), header_(std::move(header)), decoder_(std::make_unique<Decoder>(file_)) {
    frame_ = decoder_->next();
    if (frame_ == nullptr) throw Error(kNoAudio);
    require_supported(frame_->sample_rate, frame_->ch_layout.nb_channels);
    sample_format_ = frame_->format;
    longest_frame_ = frame_->nb_samples;
    format_ = {static_cast<double>(frame_->sample_rate), frame_->ch_layout.nb_channels, 8192};
    describe();
  }

 private:
  void describe() {
    const AVCodecParameters& parameters = *decoder_->file().stream()->codecpar;
    const AVCodecDescriptor* descriptor = avcodec_descriptor_get(parameters.codec_id);
    const AVSampleFormat packed = av_get_packed_sample_fmt(static_cast<AVSampleFormat>(sample_format_));
    info_.container = container_name(*decoder_->file().context()->iformat, header_);
    info_.codec = avcodec_get_name(parameters.codec_id);
    info_.sample_rate_hz = format_.sample_rate_hz;
    info_.lossy = descriptor != nullptr && (descriptor->props & AV_CODEC_PROP_LOSSLESS) == 0;
    if (parameters.codec_id == AV_CODEC_ID_DTS) info_.lossy = parameters.profile != FF_PROFILE_DTS_HD_MA;
    info_.is_float = !info_.lossy && (packed == AV_SAMPLE_FMT_FLT || packed == AV_SAMPLE_FMT_DBL);
    if (!info_.lossy) info_.bits = sample_bits(parameters);
    info_.extensible_header = header_.extensible;
    info_.channels = format_.channels;
    const std::uint64_t mask =
        frame_->ch_layout.order == AV_CHANNEL_ORDER_NATIVE ? frame_->ch_layout.u.mask : 0;
    info_.channel_layout = layout_name(mask, info_.channels);
    roles_ = layout_roles(mask, info_.channels);
    announce();
  }

  int sample_bits(const AVCodecParameters& parameters) const {
    if (const int bits = av_get_exact_bits_per_sample(parameters.codec_id)) {
      const bool padded = header_.valid_bits && *header_.valid_bits > 0 && *header_.valid_bits < bits;
      return padded ? *header_.valid_bits : bits;
    }
    if (decoder_->codec()->bits_per_raw_sample > 0) return decoder_->codec()->bits_per_raw_sample;
    if (parameters.bits_per_raw_sample > 0) return parameters.bits_per_raw_sample;
    return 8 * av_get_bytes_per_sample(static_cast<AVSampleFormat>(sample_format_));
  }

  void announce() {
    const AVStream& stream = *decoder_->file().stream();
    const AVFormatContext& context = *decoder_->file().context();
    if (is_plain_pcm()) return announce_frames(static_cast<double>(data_bytes_here()) / bytes_per_frame());
    // An estimate from the bit rate promises nothing.
    if (context.duration_estimation_method == AVFMT_DURATION_FROM_BITRATE) return;
    double seconds = 0.0;
    if (stream.duration > 0 && stream.time_base.num > 0)
      seconds = static_cast<double>(stream.duration) * av_q2d(stream.time_base);
    else if (context.duration > 0)
      seconds = static_cast<double>(context.duration) / AV_TIME_BASE;
    announce_frames(std::round(seconds * info_.sample_rate_hz));
  }

  // PCM in one data chunk, whose length the header tells.
  bool is_plain_pcm() const { return header_.data_offset > 0 && bytes_per_frame() > 0.0; }
  double bytes_per_frame() const {
    return av_get_exact_bits_per_sample(decoder_->file().stream()->codecpar->codec_id) / 8.0 *
           format_.channels;
  }
  std::int64_t data_bytes_here() const {
    const std::int64_t room = file_->size_bytes() - header_.data_offset;
    return std::max<std::int64_t>(0, std::min(room, header_.data_bytes.value_or(room)));
  }

  void announce_frames(double frames) {
    if (!(frames >= 1.0) || frames > 1e13) return;
    announced_frames_ = static_cast<std::int64_t>(frames);
    info_.frames = *announced_frames_;
    info_.duration_s = static_cast<double>(info_.frames) / info_.sample_rate_hz;
  }

  bool usable(const AVFrame& frame) const {
    return frame.sample_rate == static_cast<int>(format_.sample_rate_hz) &&
           frame.ch_layout.nb_channels == format_.channels && frame.format == sample_format_;
  }

  // The next frame of the same kind as the first; what changes its rate or channels on the way is left out.
  void advance() {
    used_ = 0;
    for (int skipped = 0; skipped < kMaxFruitless; ++skipped) {
      frame_ = decoder_->next();
      if (frame_ == nullptr) return;
      longest_frame_ = std::max(longest_frame_, frame_->nb_samples);
      if (usable(*frame_)) return;
      decoder_->count_damage();
    }
    frame_ = nullptr;
  }

  int decode(AudioBlock block) override {
    int done = 0;
    while (done < block.frames() && frame_ != nullptr) {
      const int count = std::min(block.frames() - done, frame_->nb_samples - used_);
      for (int c = 0; c < block.channels(); ++c)
        copy_channel(
            *frame_, c, used_,
            block.channel(c).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(count)));
      done += count;
      used_ += count;
      if (used_ == frame_->nb_samples) advance();
    }
    return done;
  }

  // From scratch, because a seek need not bring back the same encoder delay and decoder state.
  void restart() override {
    frame_ = nullptr;
    decoder_ = std::make_unique<Decoder>(file_);
    advance();
    if (frame_ == nullptr)
      throw Error("the file changed while it was read; try again when nothing writes to it");
  }

  bool ended_damaged(std::int64_t decoded_frames) const override {
    const bool announced_more =
        header_.data_offset > 0 && header_.data_bytes && *header_.data_bytes > data_bytes_here();
    // FFmpeg calls the bytes that pad a data chunk a damaged frame.
    if (announced_more || is_plain_pcm()) return announced_more;
    if (decoder_->damaged() || (info_.container == "ogg" && ogg_is_cut_off(*file_))) return true;
    if (header_.data_offset > 0) return false;
    if (!announced_frames_) return false;
    // The announced length is as exact as the container's clock; a lossy one also counts the encoder's
    // padding now and then, at most two of its frames.
    const double tick = av_q2d(decoder_->file().stream()->time_base) * info_.sample_rate_hz;
    const double slack = std::ceil(tick) + (info_.lossy ? 2.0 * longest_frame_ : 0.0);
    return static_cast<double>(decoded_frames) + slack < static_cast<double>(*announced_frames_);
  }

  std::shared_ptr<const LocalFile> file_;
  HeaderFacts header_;
  std::unique_ptr<Decoder> decoder_;
  const AVFrame* frame_ = nullptr;  // the decoder's current frame, of which `used_` samples are handed out
  int used_ = 0;
  int sample_format_ = AV_SAMPLE_FMT_NONE;
  int longest_frame_ = 0;
};

}  // namespace

std::unique_ptr<FileSource> open_libav(std::shared_ptr<const LocalFile> file, const HeaderFacts& header) {
  return std::make_unique<LibavSource>(std::move(file), header);
}

}  // namespace lacquer
