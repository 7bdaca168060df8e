#include "app/version_changes.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

// A version whose mono loss is judged against 1.5 dB.
CheckRecord with_mono_loss(double loss_db) {
  CheckRecord check;
  Finding mono;
  mono.item = 3;
  mono.id = "mono-compatibility";
  mono.verdict = loss_db > 3.0 ? Verdict::kFix : loss_db > 1.5 ? Verdict::kLook : Verdict::kPass;
  mono.evidence = {{"mono_loss", loss_db, "dB", 1.5, 1.5 - loss_db}};
  check.findings = {mono};
  check.readings.mono_loss_db = loss_db;
  return check;
}

Fault fault(const std::string& id, Severity severity = Severity::kLook) {
  return {id, severity, 0.8, {}, {}};
}

Word word(const std::string& term, WordState state = WordState::kExcess) {
  return {term, state, 300.0, 800.0, 3.0, {}, {}};
}

std::string told(const CheckRecord& before, const CheckRecord& after) {
  return changes_text(version_changes(before, after), 10);
}

TEST(VersionChanges, nothing_changed_is_said_so) {
  EXPECT_EQ(told(with_mono_loss(1.0), with_mono_loss(1.0)), "nothing that was judged has changed");
}

TEST(VersionChanges, an_item_is_told_by_its_measurement_and_that_not_again) {
  EXPECT_EQ(told(with_mono_loss(1.2), with_mono_loss(2.4)),
            "mono compatibility worse: mono loss 1.2 \u2192 2.4 dB");
  EXPECT_EQ(told(with_mono_loss(2.4), with_mono_loss(1.2)),
            "mono compatibility fixed: mono loss 2.4 \u2192 1.2 dB");
  EXPECT_EQ(told(with_mono_loss(5.0), with_mono_loss(2.0)),
            "mono compatibility better: mono loss 5.0 \u2192 2.0 dB");
}

TEST(VersionChanges, a_number_that_changes_no_verdict_is_told_where_it_moved_enough) {
  EXPECT_EQ(told(with_mono_loss(0.2), with_mono_loss(1.0)), "mono loss 0.2 \u2192 1.0 dB");
  EXPECT_EQ(version_changes(with_mono_loss(0.2), with_mono_loss(0.6)).size(), 0U);
}

TEST(VersionChanges, faults_come_and_go) {
  CheckRecord before = with_mono_loss(1.0);
  CheckRecord after = before;
  before.faults = {fault("boxy"), fault("hum", Severity::kFix)};
  after.faults = {fault("hum"), fault("dc-offset")};
  EXPECT_EQ(told(before, after), "boxy gone; hum better; DC offset new");
}

TEST(VersionChanges, a_word_is_not_told_beside_the_fault_of_its_name) {
  CheckRecord before = with_mono_loss(1.0);
  CheckRecord after = before;
  before.words = {word("boxy"), word("airy", WordState::kDeficiency)};
  before.faults = {fault("boxy")};
  after.words = {word("airy", WordState::kExcess), word("warm", WordState::kNormal)};
  EXPECT_EQ(told(before, after), "boxy gone; airy (too little) gone; airy (too much) new");
}

TEST(VersionChanges, fresh_ears_speak_of_the_listener) {
  CheckRecord before;
  before.findings = {{}};
  before.findings[0].id = "fresh-ears";
  before.findings[0].verdict = Verdict::kPass;
  CheckRecord after = before;
  after.findings[0].verdict = Verdict::kLook;
  EXPECT_TRUE(version_changes(before, after).empty());
}

TEST(VersionChanges, of_versions_whose_findings_are_gone_only_numbers_are_compared) {
  CheckRecord before = with_mono_loss(1.0);
  before.findings.clear();
  CheckRecord after = with_mono_loss(4.0);
  after.faults = {fault("boxy")};
  EXPECT_EQ(told(before, after), "mono loss 1.0 \u2192 4.0 dB");
}

TEST(VersionChanges, those_past_the_most_are_counted) {
  CheckRecord before = with_mono_loss(1.0);
  CheckRecord after = before;
  after.faults = {fault("boxy"), fault("hum"), fault("click")};
  EXPECT_EQ(changes_text(version_changes(before, after), 2), "boxy new; hum new; and 1 more");
}

}  // namespace
}  // namespace lacquer
