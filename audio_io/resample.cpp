#include "audio_io/resample.h"

#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/error.h"

namespace lacquer {
namespace {

// Input and output always move in blocks of this size, so that the result cannot depend on how it is read.
constexpr int kBlockFrames = 4096;

struct DeleteSoxr {
  void operator()(soxr* resampler) const { soxr_delete(resampler); }
};

class Resampler final : public AudioSource {
 public:
  Resampler(AudioSource& source, double sample_rate_hz)
      : source_(source),
        in_(source.format().channels, kBlockFrames),
        out_(source.format().channels, kBlockFrames),
        ratio_(sample_rate_hz / source.format().sample_rate_hz) {
    format_ = source.format();
    format_.sample_rate_hz = sample_rate_hz;
    in_pointers_.resize(static_cast<std::size_t>(format_.channels));
    out_pointers_.resize(static_cast<std::size_t>(format_.channels));
    start();
  }

  StreamFormat format() const override { return format_; }

  std::optional<std::int64_t> announced_frames() const override {
    if (const auto frames = source_.announced_frames()) return converted(*frames);
    return std::nullopt;
  }

  int read(AudioBlock block) override {
    int done = 0;
    while (done < block.frames()) {
      if (used_ == ready_ && !produce()) break;
      const int count = std::min(block.frames() - done, ready_ - used_);
      for (int c = 0; c < block.channels(); ++c) {
        const float* from = out_.channel(c).data() + used_;
        std::copy(from, from + count, block.channel(c).data() + done);
      }
      done += count;
      used_ += count;
    }
    return done;
  }

  void rewind() override {
    source_.rewind();
    start();
  }

 private:
  std::int64_t converted(std::int64_t frames) const {
    return static_cast<std::int64_t>(std::llround(static_cast<double>(frames) * ratio_));
  }

  void start() {
    const soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_S, SOXR_FLOAT32_S);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_VHQ, 0);
    const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
    soxr_error_t error = nullptr;
    soxr_.reset(soxr_create(source_.format().sample_rate_hz, format_.sample_rate_hz,
                            static_cast<unsigned>(format_.channels), &error, &io, &quality, &runtime));
    if (error != nullptr || soxr_ == nullptr)
      throw Error("this sample rate cannot be converted; choose another");
    taken_ = made_ = 0;
    in_ready_ = in_used_ = 0;
    ready_ = used_ = 0;
    ended_ = false;
  }

  // A full block of input, or all that is left of it.
  int take_input() {
    int filled = 0;
    while (filled < kBlockFrames) {
      const int got = source_.read(in_.block().slice(filled, kBlockFrames - filled));
      if (got == 0) break;
      filled += got;
    }
    return filled;
  }

  // Fills `out_` with what comes next; false at the end.
  bool produce() {
    used_ = ready_ = 0;
    while (ready_ == 0) {
      if (in_used_ == in_ready_ && !ended_) {
        in_ready_ = take_input();
        in_used_ = 0;
        taken_ += in_ready_;
        ended_ = in_ready_ < kBlockFrames;
      }
      const bool flushing = in_used_ == in_ready_;
      if (flushing && made_ >= converted(taken_)) return false;
      ready_ = process(flushing);
      if (flushing && ready_ == 0) ready_ = pad();
      if (ended_) ready_ = static_cast<int>(std::min<std::int64_t>(ready_, converted(taken_) - made_));
      made_ += ready_;
      if (ended_ && made_ >= converted(taken_)) in_used_ = in_ready_;
    }
    return true;
  }

  int process(bool flushing) {
    for (int c = 0; c < format_.channels; ++c) {
      in_pointers_[static_cast<std::size_t>(c)] = in_.channel(c).data() + in_used_;
      out_pointers_[static_cast<std::size_t>(c)] = out_.channel(c).data();
    }
    std::size_t taken = 0;
    std::size_t given = 0;
    const soxr_error_t error =
        soxr_process(soxr_.get(), flushing ? nullptr : static_cast<soxr_in_t>(in_pointers_.data()),
                     static_cast<std::size_t>(flushing ? 0 : in_ready_ - in_used_), &taken,
                     static_cast<soxr_out_t>(out_pointers_.data()), kBlockFrames, &given);
    if (error != nullptr) throw Error("the sample rate could not be converted; choose another");
    in_used_ += static_cast<int>(taken);
    return static_cast<int>(given);
  }

  // Should the resampler end a sample early, silence fills the exact length.
  int pad() {
    for (int c = 0; c < format_.channels; ++c)
      std::fill(out_.channel(c).begin(), out_.channel(c).end(), 0.0F);
    return kBlockFrames;
  }

  AudioSource& source_;
  StreamFormat format_;
  AudioBuffer in_;
  AudioBuffer out_;
  double ratio_;
  std::unique_ptr<soxr, DeleteSoxr> soxr_;
  std::int64_t taken_ = 0;
  std::int64_t made_ = 0;
  int in_ready_ = 0;
  int in_used_ = 0;
  std::vector<const void*> in_pointers_;
  std::vector<void*> out_pointers_;
  int ready_ = 0;
  int used_ = 0;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<AudioSource> resample(AudioSource& source, double sample_rate_hz) {
  if (!(sample_rate_hz >= kMinSampleRateHz && sample_rate_hz <= kMaxSampleRateHz))
    throw Error("a sample rate must lie between 8,000 and 384,000 Hz; choose 44,100, 48,000 or 96,000");
  return std::make_unique<Resampler>(source, sample_rate_hz);
}

}  // namespace lacquer
