#pragma once

#include <array>

namespace lacquer {

// The thresholds of the twelve items, loaded by `library` from content/rules/diagnostic.toml, where each has
// its unit, grade and source.
struct DiagnosticRules {
  // Up to `look` there is nothing to do, up to `fix` a person should listen and decide, and past it something
  // will be heard. Whether past means above or below is said at each.
  struct Limits {
    double look = 0.0;
    double fix = 0.0;
  };

  // Two of three hints make a file a master.
  struct Role {
    double loud_lufs = 0.0;           // at least this loud
    double dense_plr_db = 0.0;        // PLR at most this
    double ceiling_span_db = 0.0;     // the highest peaks lie within this of each other …
    double ceiling_above_dbfs = 0.0;  // … and above this
    double ceiling_peaks = 0.0;       // how many peaks that takes
  } role;

  struct FreshEars {
    double rest_h = 0.0;  // between the mix bounce and mastering
  } fresh_ears;

  struct PeakLevel {
    Limits true_peak_dbtp;  // above
  } peak_level;

  struct Mono {
    Limits loss_db;                     // above, whole file
    Limits octave_loss_db;              // above, in any octave
    double low_octave_hz = 0.0;         // octaves that end below this …
    double low_octave_fix_db = 0.0;     // … are to be fixed from here on
    Limits negative_share;              // above, 0 to 1
    double inverted_correlation = 0.0;  // below: one channel is upside down
    double quiet_band_db = 0.0;  // bands this far under the mean of 200 Hz to 2 kHz are too weak to judge
  } mono;

  struct SourceIntegrity {
    Limits plr_db;           // below
    Limits psr_p5_db;        // below
    Limits clipped_per_min;  // above
    Limits dc_dbfs;          // above
  } source_integrity;

  struct LowEnd {
    Limits side_to_mid_db;  // above, below 120 Hz
  } low_end;

  struct StereoWidth {
    // Side to mid in <120, 120-500, 500-4,000 and 4,000-16,000 Hz: above; below `narrow` is narrow.
    std::array<Limits, 4> band_db;
    std::array<double, 4> band_narrow_db{};
    Limits broadband_db;               // above
    double broadband_narrow_db = 0.0;  // below: narrow
    double broadband_mono_db = 0.0;    // below: as good as mono
    Limits correlation;                // below, median over time
    Limits balance_lu;                 // above, either side
    double same_channels_share = 0.0;  // of the sound, at least: the two channels are one …
    double same_channels_db = 0.0;     // … or side to mid below this
    double local_s = 0.0;              // a band this long past `fix` is worth a look wherever it is
  } stereo_width;

  struct Listening {
    double passage_s = 0.0;  // length of the passage a person is asked to play
  } listening;

  struct PlatformLoudness {
    Limits turn_down_db;             // above
    Limits psr_p5_db;                // below
    double quiet_lufs = 0.0;         // below: quiet next to others
    double lift_shortfall_db = 0.0;  // above: a lift that peaks cut short by more than this
  } platform_loudness;

  struct Ceiling {
    Limits true_peak_dbtp;        // above
    double loud_lufs = 0.0;       // above this loudness the `look` limit is …
    double loud_look_dbtp = 0.0;  // … this
    double tolerance_db = 0.0;
    double encoder_margin_db = 0.0;       // how much an encoder is expected to add to the true peak
    double loud_encoder_margin_db = 0.0;  // the same for a master above loud_lufs
    double decoded_look_dbtp = 0.0;       // above: the expected decoded peak clips
  } ceiling;

  struct Format {
    double least_rate_hz = 0.0;  // distributors take no less
    double usual_rate_hz = 0.0;  // and not all take more
    double least_bits = 0.0;
    double wanted_bits = 0.0;
    double head_silence_s = 0.0;  // above: trim
    double tail_silence_s = 0.0;
  } format;

  struct Batch {
    double odd_loudness_lu = 0.0;  // farther than this from the median of the files checked with it
  } batch;

  // What the list of faults goes by beside the limits above.
  struct Faults {
    Limits flat_tops_per_min;    // above: crests cut flat below full scale
    double limited_share = 0.0;  // above: of the tenths of a second, those whose peak is at the ceiling
    double dc_under_programme_db = 0.0;       // an offset this far under the programme takes no headroom
    double dc_part_under_programme_db = 0.0;  // the same for the mean of 10 s, which strays by itself
    Limits hum_db;                            // above, re the programme
    double lossy_confidence = 0.0;            // at least, of the meter
    double lossy_fix_hz = 0.0;                // a cut below this is heard
    double upsampled_fix_hz = 0.0;            // a sample rate before conversion below this is heard
    double padded_fix_bits = 0.0;             // fewer bits in use than this are heard
    Limits clicks;                            // above
    Limits rumble_db;                         // above, 5 to 25 Hz re the programme
    double inverted_side_db = 0.0;         // above, whole and bass: what belongs in the middle is in the side
    double inverted_share = 0.0;           // above: of the stretches with opposed channels
    Limits hollow_loss_db;                 // above, what a band loses in mono …
    double hollow_s = 0.0;                 // … for this long without a break
    double break_s = 0.0;                  // a wide stretch goes on over a shorter break
    double quiet_lu = 0.0;                 // so far under the piece's loudness no width is judged
    Limits wide_db;                        // above, side to mid of the whole
    double narrow_db = 0.0;                // below
    Limits low_wide_db;                    // above, side to mid below 120 Hz
    Limits imbalance_lu;                   // above
    double edge_under_programme_db = 0.0;  // an edge is abrupt down to this far under the programme
    double edge_clear_dc_db = 0.0;         // … where it stands this far above the offset …
    double edge_clear_db = 0.0;            // … and this far above hum and rumble
  } faults;

  // How sure a finding is, 0 to 1.
  struct Certainty {
    double certain = 0.0;   // read from the header, or does not apply
    double measured = 0.0;  // every part of the item is measured
    double partly = 0.0;    // some parts are not measured by this version
    double estimated = 0.0;
    double open = 0.0;           // a person decides
    double short_audio_s = 0.0;  // shorter audio makes measured findings less sure …
    double short_factor = 0.0;   // … by this factor
  } certainty;
};

}  // namespace lacquer
