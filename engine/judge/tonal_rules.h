#pragma once

#include "judge/diagnostic_rules.h"

namespace lacquer {

// The thresholds of everything that compares the tone with a target, loaded by `library` from
// content/rules/tonal.toml. "Over the tolerance" is the deviation beyond what the target allows.
struct TonalRules {
  using Limits = DiagnosticRules::Limits;

  // Which target: rhythm and density speak first, the shape only as far as it cannot be a fault's doing.
  struct Choice {
    double onsets_per_second = 0.0;  // as many as separate percussive music from the rest
    double range_lu = 0.0;           // the same of the loudness range
    double octaves = 0.0;            // this far from both, the rhythm says all it can
    double rhythm_weight = 0.0;      // of the rhythm against the distance, in tolerances
    double most_distance = 0.0;      // a band further off counts as this many tolerances
    double low_hz = 0.0;             // the lows below this and the highs from …
    double high_hz = 0.0;            // … this on are compared by their shape, …
    double shift_db = 0.0;  // … with what they stand higher or lower as a whole by up to this left out
    double near = 0.0;      // targets this close to the best are judged against as well
    double unlike = 0.0;    // mean distance beyond which a piece resembles no target
  } choice;

  // What is no music as the targets mean it.
  struct Music {
    double steady_onsets_per_second = 0.0;  // with fewer onsets …
    double steady_range_lu = 0.0;           // … and a smaller range it is one sustained sound
    double pitch_db = 0.0;                  // where no frequency stands so far out of its octave: noise
    double strokes_range_lu = 0.0;          // a smaller range …
    double strokes_plr_db = 0.0;            // … with peaks higher than this: single strokes
    double voice_mono_share = 0.0;          // at least so much of it is one channel, …
    double voice_from_hz = 0.0;             // … nothing below this …
    double voice_low_db = 0.0;  // … stands above this, re the mean of 200 Hz to 2 kHz, and esses: a voice
  } music;

  // A broad deviation in a word's range.
  struct Broad {
    Limits over_tolerance_db;                // above
    double second_target_handicap_db = 0.0;  // what the chosen target shows is named before the rest
    double bands = 0.0;                      // neighbouring third-octaves that must all deviate …
    double low_bands = 0.0;                  // … fewer where all of them lie below …
    double low_hz = 0.0;                     // … this
    double shortage_from_hz = 0.0;           // no shortage is called below this
    double shortage_centre_db = 0.0;    // by so much the middle of the image may have more of what is lacking
    double shortage_handicap_db = 0.0;  // an excess is named before a shortage greater by up to this
  } broad;

  // A band that misbehaves at times only.
  struct AtTimes {
    double stretch_s = 0.0;    // what is averaged
    double least_s = 0.0;      // it must go on for so long
    Limits over_tolerance_db;  // above
    double contrast_db = 0.0;  // so much more than usual in this piece, relative to the rest of the spectrum
    double rise_db = 0.0;      // and so much more in level: not only the rest that went away
    double handicap_db = 0.0;  // what is wrong throughout is named before it
  } at_times;

  struct Bursts {
    Limits per_minute;          // above, over the piece …
    Limits stretch_per_minute;  // … and in a stretch of it
    double stretch_s = 0.0;
  } bursts;

  struct Resonance {
    double excess_db = 0.0;
    double width_octaves = 0.0;  // at most
    double persistence = 0.0;    // at least
    double drift_octaves = 0.0;  // at most: a moving peak is music
    double several = 0.0;        // as many are to be fixed
  } resonance;

  struct LowEnd {
    Limits tilt_db;          // above or below, 40 to 125 Hz against the target
    Limits rumble_db;        // above, 20 to 25 Hz against 50 to 80 Hz
    double spread_db = 0.0;  // above: of the low bands over the median of all
  } low_end;

  struct Harshness {
    Limits harsh_db;  // above, 4 to 8 kHz against the target
    Limits edge_db;   // above, 2 to 5 kHz against the target
  } harshness;

  struct Words {
    double shown = 0.0;       // so many that stand out at most, those of faults aside
    double prominence = 0.0;  // what each decibel over the neighbouring bands adds to a fault's place …
    double most_prominence_db = 0.0;  // … up to this many
    double neighbour_bands = 0.0;     // on either side
  } words;

  struct Certainty {
    double one_target = 0.0;  // factor where another near target would say otherwise
    double unlike = 0.0;      // factor where the piece resembles no target
  } certainty;
};

}  // namespace lacquer
