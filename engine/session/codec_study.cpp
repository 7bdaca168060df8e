#include "session/codec_study.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "measure/peak_meter.h"
#include "playback/ceiling_search.h"
#include "session/limited_source.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;
constexpr double kTenthS = 0.1;

// Hands every block of a pair to `take`.
template <class Take>
void stream_pairs(AudioPairSource& pairs, const ProgressCallback& progress, const Take& take) {
  const int channels = pairs.format().channels;
  AudioBuffer original(channels, kBlockFrames);
  AudioBuffer decoded(channels, kBlockFrames);
  const auto announced = pairs.announced_frames();
  std::int64_t done = 0;
  while (const int got = pairs.read(original.block(), decoded.block())) {
    take(original.block(got), decoded.block(got));
    done += got;
    report_progress(progress, "encoding",
                    announced && *announced > 0
                        ? std::min(1.0, static_cast<double>(done) / static_cast<double>(*announced))
                        : -1.0);
  }
}

void fade_in(Excerpt& excerpt) {
  const auto length = static_cast<int>(std::lround(kExcerptFadeS * excerpt.sample_rate_hz));
  for (int c = 0; c < excerpt.audio.channels(); ++c)
    for (int i = 0; i < std::min(length, excerpt.audio.frames()); ++i)
      excerpt.audio.channel(c)[static_cast<std::size_t>(i)] *=
          static_cast<float>(i) / static_cast<float>(length);
}

// How much higher the piece decodes than the excerpt does within it.
double rest_above_excerpt_db(const CodecMeasurement& whole, const TimeRange& excerpt) {
  float highest = 0.0F;
  const auto first = static_cast<std::size_t>(std::max(0.0, excerpt.from_s / kTenthS));
  const auto end = static_cast<std::size_t>(std::ceil(excerpt.to_s / kTenthS));
  for (std::size_t t = first; t < std::min(end, whole.tenth_peaks.size()); ++t)
    highest = std::max(highest, whole.tenth_peaks[t]);
  const auto inside = gain_to_db(highest);
  return inside && whole.true_dbtp ? std::max(0.0, *whole.true_dbtp - *inside) : 0.0;
}

}  // namespace

TimeRange loudest_stretch(const std::vector<float>& short_term_lufs, double duration_s) {
  const auto window = static_cast<std::size_t>(kExcerptS / kTenthS);
  if (duration_s <= kExcerptS || short_term_lufs.size() <= window) return {0.0, duration_s};
  double sum = 0.0;
  double most = 0.0;
  std::size_t best = window;
  for (std::size_t i = 0; i < short_term_lufs.size(); ++i) {
    sum += std::isfinite(short_term_lufs[i]) ? db_to_power(short_term_lufs[i]) : 0.0;
    if (i >= window && std::isfinite(short_term_lufs[i - window]))
      sum -= db_to_power(short_term_lufs[i - window]);
    if (i + 1 >= window && sum > most) {
      most = sum;
      best = i + 1;
    }
  }
  const double to_s = static_cast<double>(best) * kTenthS;
  return {to_s - kExcerptS, to_s};
}

Excerpt cut_excerpt(AudioSource& source, const TimeRange& when) {
  const StreamFormat format = source.format();
  const auto first = static_cast<std::int64_t>(std::llround(when.from_s * format.sample_rate_hz));
  const auto end = static_cast<std::int64_t>(std::llround(when.to_s * format.sample_rate_hz));
  Excerpt excerpt{when, AudioBuffer(format.channels, static_cast<int>(end - first)), format.sample_rate_hz};
  AudioBuffer buffer(format.channels, kBlockFrames);
  source.rewind();
  for (std::int64_t at = 0; at < end;) {
    const int got = source.read(buffer.block());
    if (got == 0) break;
    const std::int64_t from = std::max(at, first);
    const std::int64_t to = std::min(at + got, end);
    for (int c = 0; from < to && c < format.channels; ++c)
      std::copy_n(buffer.channel(c).begin() + (from - at), to - from,
                  excerpt.audio.channel(c).begin() + (from - first));
    at += got;
  }
  if (first > 0) fade_in(excerpt);
  return excerpt;
}

CodecMeasurement measure_codec(AudioSource& source, const RoundTrip& codec,
                               const ProgressCallback& progress) {
  const std::unique_ptr<AudioPairSource> pairs = codec(source);
  CodecMeter meter(pairs->format());
  stream_pairs(*pairs, progress,
               [&](ConstAudioBlock original, ConstAudioBlock decoded) { meter.add(original, decoded); });
  meter.finish();
  return meter.result();
}

std::optional<double> decoded_peak(AudioSource& source, const RoundTrip& codec,
                                   const ProgressCallback& progress) {
  const std::unique_ptr<AudioPairSource> pairs = codec(source);
  PeakMeter meter(pairs->format(), false);
  stream_pairs(*pairs, progress, [&](ConstAudioBlock, ConstAudioBlock decoded) { meter.add(decoded); });
  meter.finish();
  return meter.result().true_dbtp;
}

CodecStudy study_codec(AudioSource& whole, const Excerpt& excerpt, std::optional<double> true_dbtp,
                       const RoundTrip& codec, const ProgressCallback& progress) {
  CodecStudy study;
  study.as_it_is = measure_codec(whole, codec, progress);
  const std::optional<double>& decoded = study.as_it_is.true_dbtp;
  if (!decoded || !true_dbtp) return study;
  if (*decoded <= 0.0) {
    study.ceiling_needed_dbtp = std::min(0.0, *true_dbtp);
    return study;
  }
  const double margin_db = rest_above_excerpt_db(study.as_it_is, excerpt.when);
  const auto decoded_at = [&](double ceiling_dbtp) {
    BufferSource audio(excerpt.audio, excerpt.sample_rate_hz);
    LimitedSource limited(audio, ceiling_dbtp);
    const auto peak = decoded_peak(limited, codec, [&](std::string_view, double) {
      return !progress || progress("searching the ceiling", -1.0);
    });
    return peak ? std::optional<double>(*peak + margin_db) : std::nullopt;
  };
  const CeilingSearch search{std::min(0.0, *true_dbtp - *decoded), 0.0, kLowestCeilingDbtp};
  if (const auto found = search_ceiling(search, decoded_at)) study.ceiling_needed_dbtp = found->ceiling_dbtp;
  return study;
}

}  // namespace lacquer
