#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "audio_io/libav_file.h"
#include "core/error.h"

namespace lacquer {
namespace {

constexpr int kIoBufferBytes = 64 * 1024;

// Containers that hold audio themselves. Left out on purpose: whatever names other files or addresses
// (concat, hls, dash, asx, sdp …), images, subtitles, devices and raw formats that anything would match.
constexpr const char* kDemuxers =
    "aac,ac3,aiff,amr,ape,asf,au,caf,dsf,dts,dtshd,eac3,flac,iff,loas,matroska,matroska\\,webm,webm,mlp,"
    "mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8,ogg,rm,shn,tak,truehd,tta,voc,w64,wav,wv";

// Only these decoders run, also while FFmpeg looks into the other streams of a file (video, cover art,
// subtitles).
constexpr const char* kDecoders =
    "aac,aac_latm,ac3,eac3,alac,amrnb,amrwb,ape,cook,dca,dsd_lsbf,dsd_lsbf_planar,dsd_msbf,dsd_msbf_planar,"
    "flac,"
    "gsm,gsm_ms,mlp,truehd,mp1,mp1float,mp2,mp2float,mp3,mp3float,mpc7,mpc8,opus,ralf,shorten,tak,tta,vorbis,"
    "wavpack,wmalossless,wmapro,wmav1,wmav2,wmavoice,adpcm_ima_qt,adpcm_ima_wav,adpcm_ms,adpcm_g722,adpcm_"
    "g726,"
    "pcm_alaw,pcm_mulaw,pcm_f32be,pcm_f32le,pcm_f64be,pcm_f64le,pcm_s8,pcm_s8_planar,pcm_u8,pcm_s16be,"
    "pcm_s16be_planar,pcm_s16le,pcm_s16le_planar,pcm_s24be,pcm_s24le,pcm_s24le_planar,pcm_s32be,pcm_s32le,"
    "pcm_s32le_planar,pcm_s64be,pcm_s64le,pcm_bluray,pcm_dvd";

int refuse_other_files(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) {
  return AVERROR(EPERM);
}

}  // namespace

LibavFile::LibavFile(std::shared_ptr<const LocalFile> file)
    : file_(std::move(file)), budget_bytes_(16 * file_->size_bytes() + (std::int64_t{16} << 20)) {
  [[maybe_unused]] static const bool quiet = (av_log_set_level(AV_LOG_QUIET), true);
  try {
    open();
  } catch (...) {
    close();
    throw;
  }
}

LibavFile::~LibavFile() { close(); }

void LibavFile::open() {
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kIoBufferBytes));
  io_ = buffer == nullptr
            ? nullptr
            : avio_alloc_context(buffer, kIoBufferBytes, 0, this, read_bytes, nullptr, seek_bytes);
  if (io_ == nullptr) {
    av_free(buffer);
    throw std::bad_alloc();
  }
  context_ = avformat_alloc_context();
  if (context_ == nullptr) throw std::bad_alloc();
  context_->pb = io_;
  context_->io_open = refuse_other_files;
  context_->flags |= AVFMT_FLAG_CUSTOM_IO;
  AVDictionary* options = nullptr;
  av_dict_set(&options, "format_whitelist", kDemuxers, 0);
  av_dict_set(&options, "codec_whitelist", kDecoders, 0);
  av_dict_set(&options, "protocol_whitelist", "none", 0);
  av_dict_set(&options, "max_streams", "64", 0);
  // The name is left empty, so that only the content decides what the file is.
  const int opened = avformat_open_input(&context_, "", nullptr, &options);
  av_dict_free(&options);
  if (opened < 0)
    throw Error(
        "this is not audio in a form that can be read, or its beginning or index is damaged; export it "
        "again as WAV or FLAC");
  avformat_find_stream_info(context_, nullptr);
  const int best = av_find_best_stream(context_, AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
  if (best < 0) throw Error("holds no audio; name a file with sound in it");
  for (unsigned i = 0; i < context_->nb_streams; ++i)
    if (static_cast<int>(i) != best) context_->streams[i]->discard = AVDISCARD_ALL;
  stream_ = context_->streams[best];
}

void LibavFile::close() noexcept {
  avformat_close_input(&context_);
  if (io_ != nullptr) av_freep(&io_->buffer);
  avio_context_free(&io_);
}

int LibavFile::read_bytes(void* self, std::uint8_t* to, int count) {
  auto& file = *static_cast<LibavFile*>(self);
  if (file.budget_bytes_ <= 0) return AVERROR_EOF;
  ssize_t got = 0;
  do {
    got = ::pread(file.file_->descriptor(), to, static_cast<std::size_t>(std::max(count, 0)), file.position_);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return AVERROR(errno);
  if (got == 0) return AVERROR_EOF;
  file.position_ += got;
  file.budget_bytes_ -= got;
  return static_cast<int>(got);
}

std::int64_t LibavFile::seek_bytes(void* self, std::int64_t offset, int whence) {
  auto& file = *static_cast<LibavFile*>(self);
  const std::int64_t size = file.file_->size_bytes();
  whence &= ~AVSEEK_FORCE;
  if (whence == AVSEEK_SIZE) return size;
  if (whence == SEEK_CUR) offset += file.position_;
  if (whence == SEEK_END) offset += size;
  if (offset < 0) return AVERROR(EINVAL);
  return file.position_ = offset;
}

}  // namespace lacquer
