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
Knowledge judge_knowledge();

// A healthy stereo mix of three minutes in a 24-bit WAV file: nothing to do in any item that is measured.
Measurements healthy_mix();
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
