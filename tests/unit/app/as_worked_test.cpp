#include "app/as_worked.h"

#include <gtest/gtest.h>

#include "unit/api/a_plan.h"

namespace lacquer {
namespace {

TEST(AsWorked, ThePlansHashIsOfItsDecisionsAndNotOfWhereItLies) {
  const Plan plan = test::a_plan();
  Plan elsewhere = plan;
  elsewhere.source_path = "other/place.wav";
  elsewhere.rendered = RenderRecord{"Lacquer 9", "x.wav", "00", "wav", 24, "plain", 44100.0};
  EXPECT_EQ(plan_sha256(elsewhere), plan_sha256(plan));
  EXPECT_EQ(plan_sha256(plan).size(), 64U);
  Plan other = plan;
  other.ceiling_dbtp -= 0.1;
  EXPECT_NE(plan_sha256(other), plan_sha256(plan));
  other = plan;
  other.source_sha256.back() = '0';
  EXPECT_NE(plan_sha256(other), plan_sha256(plan));
}

TEST(AsWorked, TagsKeepWhatTheMixHadAndSayHowTheMasterWasMade) {
  Tags tags;
  tags.fields["TITLE"] = {"Größe"};
  tags.fields["COMMENT"] = {"take 3"};
  tags.broadcast.emplace();
  tags.broadcast->coding_history = "A=PCM,F=96000,W=24,M=stereo,T=tape";
  const Plan plan = test::a_plan();
  tag_as_worked(tags, plan, {48000.0, 1, 4096}, 16);
  EXPECT_EQ(tags.fields["TITLE"].front(), "Größe");
  EXPECT_EQ(tags.fields["COMMENT"].front(), "take 3");
  const std::string& worked = tags.fields["AS_WORKED"].front();
  EXPECT_NE(worked.find("plan sha256 " + plan_sha256(plan)), std::string::npos) << worked;
  EXPECT_NE(worked.find("mix sha256 " + plan.source_sha256), std::string::npos) << worked;
  EXPECT_EQ(tags.broadcast->coding_history,
            "A=PCM,F=96000,W=24,M=stereo,T=tape\r\nA=PCM,F=48000,W=16,M=mono,T=" + worked + "\r\n");
}

}  // namespace
}  // namespace lacquer
