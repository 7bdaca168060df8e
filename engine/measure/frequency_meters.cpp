#include "measure/frequency_meters.h"

namespace lacquer {

FrequencyMeters::FrequencyMeters(const StreamFormat& format)
    : fft_(format),
      average_(format.channels),
      matrix_(format.channels),
      lowest_note_(format.channels),
      crest_(format.sample_rate_hz, fft_.size()),
      bursts_(format.sample_rate_hz) {
  for (BlockListener* listener :
       std::initializer_list<BlockListener*>{&average_, &spread_, &matrix_, &resonance_, &lowest_note_})
    fft_.listen(*listener);
  if (format.channels == 2) fft_.listen(cells_);
  fft_.listen(crest_);
  fft_.listen(bursts_);
}

void FrequencyMeters::finish() {
  fft_.finish();
  bursts_.finish();
}

SpectrumResult FrequencyMeters::spectrum(double gate_lufs) const {
  SpectrumResult result = average_.spectrum(gate_lufs);
  const auto spreads = spread_.spread_db(gate_lufs);
  for (std::size_t i = 0; i < result.third_octaves.size(); ++i)
    if (result.third_octaves[i].level_db) result.third_octaves[i].spread_db = spreads[i];
  resonance_.report(average_.gated(gate_lufs), gate_lufs, result);
  result.lowest_note = lowest_note_.result();
  result.third_octaves_over_time = matrix_.levels_dbfs();
  result.bursts = bursts_.result();
  return result;
}

void FrequencyMeters::report_stereo(double gate_lufs, StereoResult& into) const {
  into.bands = average_.stereo_bands(gate_lufs);
  into.octaves = average_.stereo_octaves(gate_lufs);
  into.side_to_mid_over_time = matrix_.side_to_mid_db();
  into.side_share_over_time = matrix_.side_share();
  cells_.report(average_.gated(gate_lufs), gate_lufs, into);
}

}  // namespace lacquer
