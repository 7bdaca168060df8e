#pragma once

namespace lacquer {

// When a stage is nominated, how far it may go, and what a trial must show, loaded by `library` from
// content/rules/chain.toml, where each number has its unit, grade and source. Rule code names no number
// itself.
struct ChainRules {
  struct CorrectiveEq {
    double share = 0.0;          // of the measured error that a broad move may take, at most
    double most_cut_db = 0.0;    // of one band, and of all bands together at any frequency
    double most_boost_db = 0.0;  // the same
    double least_move_db = 0.0;  // a smaller move is not worth a band
    double bands = 0.0;          // at most
    double apart_octaves = 0.0;  // two moves nearer than this are one
    double broad_q_min = 0.0;    // the widest bell
    double broad_q_max = 0.0;    // the narrowest bell for a broad deviation
    double resonance_q_min = 0.0;
    double resonance_q_max = 0.0;
    double resonance_cut_db = 0.0;  // at most
    double high_pass_hz = 0.0;      // for rumble
    double high_pass_db_per_octave = 0.0;
  } corrective_eq;

  struct Multiband {
    double least_psr_p5_db = 0.0;  // a denser track is not compressed again
    double ratio = 0.0;
    double most_reduction_db = 0.0;
    double low_attack_ms = 0.0;
    double low_release_ms = 0.0;
    double mid_attack_ms = 0.0;
    double mid_release_ms = 0.0;
    double high_attack_ms = 0.0;
    double high_release_ms = 0.0;
    double low_to_mid_hz = 0.0;   // a band whose middle lies below has the times of the lows …
    double mid_to_high_hz = 0.0;  // … and above this those of the highs
  } multiband;

  struct Width {
    double mono_below_hz = 0.0;
    double low_side_to_mid_db = 0.0;  // above: the lows are made mono
    double most_low_makeup_db = 0.0;  // what the middle may get for the side that mono lows lose
    double share = 0.0;               // of the excess that a side cut may take, at most
    double most_side_cut_db = 0.0;
    double least_move_db = 0.0;
    double balance_lu = 0.0;  // a difference of the channels beyond this is offered to be evened out
    double most_balance_db = 0.0;
  } width;

  // Towards the user's references, where an amount was asked for. Limits hold up to an amount of a half; from
  // there they widen evenly to those of the whole way.
  struct Match {
    double most_cut_db = 0.0;  // of a third-octave
    double most_boost_db = 0.0;
    double whole_cut_db = 0.0;
    double whole_boost_db = 0.0;
    double most_side_cut_db = 0.0;  // of the side against the mid
    double most_side_boost_db = 0.0;
    double whole_side_cut_db = 0.0;
    double whole_side_boost_db = 0.0;
    double widest_db = 0.0;  // side to mid to which a match may widen; below 120 Hz Width::low_side_to_mid_db
    double own_share = 0.0;  // of a third-octave's own distance; the rest is its two neighbours'
    double nothing_db = 0.0;  // so far under the mean of 200 Hz to 2 kHz there is nothing to raise …
    double faint_db = 0.0;    // … nor, so far under it, what is as steady as noise:
    double steady_db = 0.0;   // its level moves by less than this, from the 10th to the 95th percentile
  } match;

  // What is offered when nothing is left to correct.
  struct Offers {
    double most = 0.0;            // offers at most
    double shelf_least_db = 0.0;  // a mean deviation smaller than this offers nothing
    double shelf_most_db = 0.0;
    double share = 0.0;  // of the deviation
    double low_shelf_hz = 0.0;
    double high_shelf_hz = 0.0;
    double plr_db = 0.0;            // from here on peaks, not the body, set the level
    double limited_db = 0.0;        // … and the loudness planned takes this much gain reduction
    double low_to_bass_db = 0.0;    // 20 to 60 against 60 to 250 Hz: above, the bass rests on fundamentals
    double least_psr_p5_db = 0.0;   // a denser track is not saturated
    double most_presence_db = 0.0;  // 4 to 8 kHz over the target: above, no saturation
    double drive_db = 0.0;
    double mix_pct = 0.0;
    double narrow_db = 0.0;     // side to mid below: width may be offered
    double mono_loss_db = 0.0;  // … while mono loses less than this
    double widen_db = 0.0;
    double widen_floor_db = 0.0;  // a side weaker than this against the middle was never recorded
  } offers;

  struct Trial {
    double least_improved_db = 0.0;     // of the stage's own evidence
    double least_improved_share = 0.0;  // … and of what its settings promise
    double most_worse_db = 0.0;         // of any other item
  } trial;

  struct ClosedLoop {
    double drive_step_lu = 0.0;  // so much quieter where limiting made an item worse …
    double most_tone_db = 0.0;   // … or moved an octave by more than this, at equal loudness
  } closed_loop;
};

}  // namespace lacquer
