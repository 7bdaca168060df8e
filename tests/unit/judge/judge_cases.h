#pragma once

#include <string>
#include <vector>

#include "judge/diagnose.h"

namespace lacquer::test {

// Thresholds for the tests of the judgement, written out here so that the tests of the logic do not move with
// the shipped content (which has tests of its own). Only limits that a test leans on need to be as shipped.
DiagnosticRules judge_rules();
// Spotify-like (-14, lifted to -1 dBTP), YouTube-like (-14, down only), Apple-like (-16) by default; a louder
// mode that is nobody's default; one that changes nothing.
std::vector<PlatformRule> judge_platforms();
// A target with the shape of healthy_mix() and 3 dB of tolerance (12 dB at 20 and 25 Hz).
TargetCurve judge_target();
// Look from 1 dB over the tolerance, fix from 4 dB.
TonalRules judge_tonal_rules();
// The words that are faults, and "warm" and "tinny".
std::vector<VocabularyTerm> judge_vocabulary();
// Half of the error, at most 3 dB down and 2.5 dB up in at most three bands.
ChainRules judge_chain_rules();
Knowledge judge_knowledge();

// A healthy stereo mix of three minutes in a 24-bit WAV file: nothing to do in any item that is measured.
Measurements healthy_mix();
// Its third-octaves from `low_hz` to `high_hz` raised, in the average and (every second, from and to these
// times) in the matrix.
void raise_levels(Measurements& audio, double low_hz, double high_hz, double db);
void raise_levels_between(Measurements& audio, double low_hz, double high_hz, double db, double from_s,
                          double to_s);
SourceInfo healthy_source();
// A healthy master: louder, with a ceiling of -1.2 dBTP at -14.5 LUFS.
Measurements healthy_master();

Role as_mix();
Role as_master(Role::Purpose purpose = Role::Purpose::kStreaming);

Diagnosis judge_mix(const Measurements& audio, const SourceInfo& source = healthy_source());
Diagnosis judge_master(const Measurements& audio, const SourceInfo& source = healthy_source(),
                       Role::Purpose purpose = Role::Purpose::kStreaming);

const Fault* find_fault(const Diagnosis& diagnosis, const std::string& id);
const Evidence* find_evidence(const Finding& finding, const std::string& metric);

// Every promise that holds for any diagnosis whatever: twelve items in order, complete sentences, finite
// evidence.
void expect_well_formed(const Diagnosis& diagnosis);

}  // namespace lacquer::test
