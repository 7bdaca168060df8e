#include "files.h"

#include <stdlib.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <numbers>
#include <stdexcept>

#include "audio_io/libav.h"
#include "core/error.h"
#include "core/noise.h"

namespace lacquer::test {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "lacquer-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::permissions(path_, std::filesystem::perms::owner_all, ignored);
  std::filesystem::remove_all(path_, ignored);
}

std::size_t TemporaryFolder::entries() const {
  return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

AudioBuffer noise(int channels, int frames, int bits) {
  AudioBuffer audio(channels, frames);
  NoiseGenerator generator(7);
  for (int c = 0; c < channels; ++c)
    for (float& sample : audio.channel(c)) {
      sample = static_cast<float>(generator.white());
      if (bits > 0) {
        const double scale = std::ldexp(1.0, bits - 1);
        sample = static_cast<float>(std::clamp(std::round(sample * scale), -scale, scale - 1) / scale);
      }
    }
  return audio;
}

AudioBuffer tone(int channels, int frames, double sample_rate_hz, double hz) {
  AudioBuffer audio(channels, frames);
  for (int c = 0; c < channels; ++c)
    for (int i = 0; i < frames; ++i)
      audio.channel(c)[static_cast<std::size_t>(i)] =
          static_cast<float>(0.5 * std::sin(2.0 * std::numbers::pi * hz * i / sample_rate_hz));
  return audio;
}

std::filesystem::path write_audio(const std::filesystem::path& path, const AudioBuffer& audio,
                                  WriteSettings settings) {
  settings.channels = audio.channels();
  settings.frames = audio.frames();
  FileSink sink(path, settings);
  sink.write(audio.block());
  sink.commit();
  return path;
}

AudioBuffer read_all(AudioSource& source, int block) {
  std::vector<std::vector<float>> channels(static_cast<std::size_t>(source.format().channels));
  AudioBuffer buffer(source.format().channels, block);
  while (const int got = source.read(buffer.block()))
    for (std::size_t c = 0; c < channels.size(); ++c) {
      const auto from = buffer.channel(static_cast<int>(c)).first(static_cast<std::size_t>(got));
      channels[c].insert(channels[c].end(), from.begin(), from.end());
    }
  AudioBuffer all(source.format().channels, static_cast<int>(channels.front().size()));
  for (std::size_t c = 0; c < channels.size(); ++c)
    std::copy(channels[c].begin(), channels[c].end(), all.channel(static_cast<int>(c)).begin());
  return all;
}

bool same_samples(const AudioBuffer& a, const AudioBuffer& b) {
  if (a.channels() != b.channels() || a.frames() != b.frames()) return false;
  for (int c = 0; c < a.channels(); ++c)
    if (!std::equal(a.channel(c).begin(), a.channel(c).end(), b.channel(c).begin())) return false;
  return true;
}

namespace {

int checked(int code) {
  if (code < 0) throw std::runtime_error("encoding a test file failed");
  return code;
}

float as_float(float sample) { return sample; }
template <class Integer>
Integer as_integer(float sample) {
  const double scale = std::ldexp(1.0, 8 * static_cast<int>(sizeof(Integer)) - 1);
  return static_cast<Integer>(std::clamp(std::round(sample * scale), -scale, scale - 1));
}

template <class Sample, class Convert>
void fill(AVFrame* frame, const AudioBuffer& audio, int from, bool planar, Convert convert) {
  for (int c = 0; c < audio.channels(); ++c)
    for (int i = 0; i < frame->nb_samples; ++i) {
      auto* plane = reinterpret_cast<Sample*>(frame->extended_data[planar ? c : 0]);
      plane[planar ? i : i * audio.channels() + c] =
          convert(audio.channel(c)[static_cast<std::size_t>(from + i)]);
    }
}

void fill_frame(AVFrame* frame, const AudioBuffer& audio, int from) {
  const auto format = static_cast<AVSampleFormat>(frame->format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_S16:
      return fill<std::int16_t>(frame, audio, from, planar, as_integer<std::int16_t>);
    case AV_SAMPLE_FMT_S32:
      return fill<std::int32_t>(frame, audio, from, planar, as_integer<std::int32_t>);
    case AV_SAMPLE_FMT_FLT:
      return fill<float>(frame, audio, from, planar, as_float);
    default:
      throw std::runtime_error("an encoder wants a format that this test cannot give");
  }
}

void send(AVFormatContext* muxer, AVCodecContext* encoder, AVFrame* frame) {
  AVPacket* packet = av_packet_alloc();
  checked(avcodec_send_frame(encoder, frame));
  while (avcodec_receive_packet(encoder, packet) >= 0) {
    av_packet_rescale_ts(packet, encoder->time_base, muxer->streams[0]->time_base);
    packet->stream_index = 0;
    checked(av_interleaved_write_frame(muxer, packet));
  }
  av_packet_free(&packet);
}

}  // namespace

std::filesystem::path encode(const std::filesystem::path& path, const char* muxer_name,
                             const char* encoder_name, const AudioBuffer& audio, int sample_rate_hz) {
  av_log_set_level(AV_LOG_QUIET);
  const AVCodec* codec = avcodec_find_encoder_by_name(encoder_name);
  if (codec == nullptr) throw std::runtime_error(std::string("no encoder ") + encoder_name);
  AVFormatContext* muxer = nullptr;
  checked(avformat_alloc_output_context2(&muxer, nullptr, muxer_name, path.c_str()));
  AVCodecContext* encoder = avcodec_alloc_context3(codec);
  encoder->sample_fmt = codec->sample_fmts[0];
  for (const AVSampleFormat* f = codec->sample_fmts; *f != AV_SAMPLE_FMT_NONE; ++f)
    if (av_get_packed_sample_fmt(*f) == AV_SAMPLE_FMT_S32)
      encoder->sample_fmt = *f;  // the exact one where offered
  encoder->sample_rate = sample_rate_hz;
  encoder->bit_rate = 128000;
  if (encoder->sample_fmt == AV_SAMPLE_FMT_S32P || encoder->sample_fmt == AV_SAMPLE_FMT_S32)
    encoder->bits_per_raw_sample = std::strcmp(encoder_name, "pcm_s32le") == 0 ? 32 : 24;
  av_channel_layout_default(&encoder->ch_layout, audio.channels());
  encoder->time_base = {1, sample_rate_hz};
  if ((muxer->oformat->flags & AVFMT_GLOBALHEADER) != 0) encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  encoder->flags |= AV_CODEC_FLAG_BITEXACT;
  encoder->strict_std_compliance = FF_COMPLIANCE_EXPERIMENTAL;
  checked(avcodec_open2(encoder, codec, nullptr));
  AVStream* stream = avformat_new_stream(muxer, nullptr);
  stream->time_base = encoder->time_base;
  checked(avcodec_parameters_from_context(stream->codecpar, encoder));
  checked(avio_open(&muxer->pb, ("file:" + path.string()).c_str(), AVIO_FLAG_WRITE));
  checked(avformat_write_header(muxer, nullptr));
  const int step = encoder->frame_size > 0 ? encoder->frame_size : 4096;
  for (int from = 0; from < audio.frames(); from += step) {
    AVFrame* frame = av_frame_alloc();
    frame->nb_samples = std::min(step, audio.frames() - from);
    frame->format = encoder->sample_fmt;
    frame->sample_rate = sample_rate_hz;
    frame->pts = from;
    av_channel_layout_copy(&frame->ch_layout, &encoder->ch_layout);
    checked(av_frame_get_buffer(frame, 0));
    fill_frame(frame, audio, from);
    send(muxer, encoder, frame);
    av_frame_free(&frame);
  }
  send(muxer, encoder, nullptr);
  checked(av_write_trailer(muxer));
  avio_closep(&muxer->pb);
  avcodec_free_context(&encoder);
  avformat_free_context(muxer);
  return path;
}

std::string error_of_opening(const std::filesystem::path& path, Reader reader) {
  try {
    open_audio(path, reader);
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace lacquer::test
