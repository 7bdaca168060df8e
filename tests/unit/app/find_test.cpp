#include "app/find.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "api/search.h"
#include "library/lesson_content.h"
#include "library/toml_check.h"
#include "support/temporary_folder.h"
#include "workbook/workbook.h"

namespace lacquer {
namespace {

struct Question {
  std::string ask;
  std::vector<std::string> pages;
};

std::vector<Question> questions(const std::string& name) {
  std::ifstream in(std::string(LACQUER_SOURCE_DIR) + "/tests/unit/app/data/" + name);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const toml::table parsed = parse_toml(text, name);
  std::vector<Question> all;
  for (const TableReader& one : TableReader(parsed, name, "").tables("question"))
    all.push_back({one.text("ask"), one.texts("pages")});
  return all;
}

const FindIndex& index() {
  static const FindIndex built(load_search_pages(load_search_rules()), load_search_rules());
  return built;
}

std::vector<std::string> ids(const std::vector<SearchHit>& hits) {
  std::vector<std::string> all;
  for (const SearchHit& hit : hits) all.push_back(hit.page->id);
  return all;
}

bool holds(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

std::string first(const std::string& question, const SearchFilter& filter = {}) {
  const std::vector<SearchHit> hits = index().find(question, filter, 1);
  return hits.empty() ? "" : hits.front().page->id;
}

class QuestionList : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Find, QuestionList, ::testing::Values("questions.toml", "more_questions.toml"));

TEST_P(QuestionList, is_answered_in_the_first_three_results_for_55_of_60) {
  const std::vector<Question> all = questions(GetParam());
  ASSERT_EQ(all.size(), 60U);
  int answered = 0;
  std::string missed;
  for (const Question& question : all) {
    const std::vector<std::string> found = ids(index().find(question.ask, {}, 3));
    const bool is_answered = std::any_of(question.pages.begin(), question.pages.end(),
                                         [&](const std::string& page) { return holds(found, page); });
    answered += is_answered ? 1 : 0;
    if (!is_answered) missed += "\n  " + question.ask;
  }
  EXPECT_GE(answered, 55) << "missed:" << missed;
}

TEST_P(QuestionList, names_pages_that_exist) {
  std::set<std::string> known;
  for (const SearchPage& page : load_search_pages(load_search_rules())) known.insert(page.id);
  std::set<std::string> asked;
  for (const Question& question : questions(GetParam())) {
    EXPECT_TRUE(asked.insert(question.ask).second) << question.ask;
    EXPECT_FALSE(question.pages.empty());
    for (const std::string& page : question.pages) EXPECT_TRUE(known.count(page)) << page;
  }
}

TEST(Find, every_page_has_what_a_result_shows) {
  std::set<std::string> seen;
  std::set<std::string> kinds;
  const std::vector<std::string> all_kinds = search_kinds();
  const std::vector<std::string> all_topics = search_topics();
  for (const SearchPage& page : load_search_pages(load_search_rules())) {
    EXPECT_TRUE(seen.insert(page.id).second) << page.id << " stands twice";
    EXPECT_FALSE(page.title.empty()) << page.id;
    EXPECT_FALSE(page.summary.empty()) << page.id;
    EXPECT_EQ(page.open.substr(0, 8), "lacquer ") << page.id;
    EXPECT_FALSE(page.topics.empty()) << page.id;
    for (const std::string& topic : page.topics) EXPECT_TRUE(holds(all_topics, topic)) << page.id << topic;
    for (const std::string& stage : page.stages) EXPECT_TRUE(holds(search_stages(), stage)) << stage;
    EXPECT_TRUE(holds(all_kinds, page.kind));
    kinds.insert(page.kind);
  }
  EXPECT_EQ(kinds.size(), 9U);  // what is built in; the others are the user's
}

TEST(Find, every_topic_and_course_that_a_filter_takes_is_one) {
  const CoreTrack track = load_core_track();
  std::vector<std::string> topics;
  for (const LessonTopic& topic : track.lists.topics) topics.push_back(topic.id);
  EXPECT_EQ(search_topics(), topics);
  for (const Lesson& lesson : track.lessons) EXPECT_TRUE(holds(search_courses(), lesson.course));
}

TEST(Find, filters_alone_list_all_that_they_let_through_or_say_which_one_to_leave_out) {
  SearchFilter filter;
  filter.kind = "item";
  EXPECT_EQ(browse(filter, {}).found.size(), 12U);
  filter.course = "building-the-beat";  // no item belongs to a course
  const SearchAnswer nothing = browse(filter, {});
  EXPECT_TRUE(nothing.found.empty());
  ASSERT_EQ(nothing.without.size(), 2U);
  EXPECT_EQ(nothing.without[1].found, 12U);
}

TEST(Find, every_page_can_be_read_and_leads_on) {
  for (const SearchPage& page : everything_to_find({})) {
    const Json read = found_page_json(page.id, {});
    ASSERT_TRUE(read.is_object()) << page.id;
    EXPECT_FALSE(read.at("rows").empty() && read.at("links").empty()) << page.id;
    for (const Json& link : read.at("links")) {
      const std::string to = link.at("to").get<std::string>();
      const bool is_page = to.starts_with("pages/");
      EXPECT_TRUE(!is_page || found_page_json(to.substr(6), {}).is_object()) << page.id << " leads to " << to;
    }
  }
  EXPECT_TRUE(found_page_json("term-nonsense", {}).is_null());
}

TEST(Find, a_word_finds_what_is_named_by_it_first) {
  EXPECT_EQ(first("boxy"), "term-boxy");
  EXPECT_EQ(first("saturation"), "stage-saturation");
  EXPECT_EQ(first("tidal"), "platform-tidal");
}

TEST(Find, the_beginning_of_a_word_is_enough) {
  EXPECT_EQ(first("sibil"), "term-sibilant");
  EXPECT_TRUE(holds(ids(index().find("satur", {}, 3)), "stage-saturation"));
}

TEST(Find, slips_of_the_keyboard_are_forgiven) {
  EXPECT_EQ(first("saturatoin"), "stage-saturation");  // swapped
  EXPECT_EQ(first("sibilannt"), "term-sibilant");      // one too many
  EXPECT_EQ(first("vocabulry"), first("vocabulary"));  // one missing
  EXPECT_TRUE(index().find("xqzwvk", {}, 3).empty());
}

TEST(Find, case_accents_and_marks_do_not_count) {
  EXPECT_EQ(ids(index().find("BOXY!?", {}, 5)), ids(index().find("boxy", {}, 5)));
  EXPECT_EQ(first("b\xC3\xB3xy"), "term-boxy");
}

TEST(Find, nothing_typed_is_ever_a_query_of_the_index) {
  for (const char* odd : {"\"", "NEAR(", "title:boxy OR", "a* ^b -c", "'; DROP TABLE pages", "()", "{}", "*",
                          "\xff\xfe", "\xE2\x80\xAE"})
    index().find(odd, {}, 3);
  EXPECT_TRUE(holds(ids(index().find("title: boxy AND NOT", {}, 3)), "term-boxy"));
  EXPECT_TRUE(index().find("", {}, 3).empty());
  index().find(std::string(1'000'000, 'a'), {}, 3);
  std::string many;
  for (int i = 0; i < 10'000; ++i) many += "w" + std::to_string(i) + " ";
  index().find(many, {}, 3);
}

TEST(Find, filters_hold_alone_and_together) {
  for (const SearchHit& hit : index().find("bass", {"lesson", "", "", ""}, 50))
    EXPECT_EQ(hit.page->kind, "lesson");
  const SearchFilter both{"lesson", "low-end", "building-the-beat", ""};
  const std::vector<SearchHit> hits = index().find("bass", both, 50);
  EXPECT_FALSE(hits.empty());
  for (const SearchHit& hit : hits) {
    EXPECT_EQ(hit.page->course, "building-the-beat");
    EXPECT_TRUE(holds(hit.page->topics, "low-end"));
  }
  EXPECT_EQ(first("compressor", {"", "", "", "multiband-compression"}).empty(), false);
}

TEST(Find, an_empty_result_says_which_filter_to_remove) {
  const SearchAnswer answer = search_everything("boxy", {"term", "rhythm", "", ""}, {});
  ASSERT_TRUE(answer.found.empty());
  ASSERT_EQ(answer.without.size(), 1U);  // without --kind there is still no boxy rhythm
  EXPECT_EQ(answer.without[0].option, "--topic");
  EXPECT_GE(answer.without[0].found, 1U);
  const SearchAnswer several =
      search_everything("boxy", {"platform", "rhythm", "building-the-beat", "limiting"}, {});
  EXPECT_TRUE(several.without.empty());  // no single one of the four is to blame
  EXPECT_GE(several.without_all, 1U);
  EXPECT_NE(find_text("boxy", several, {false, true, 80}).find("Without any of the filters"),
            std::string::npos);
  EXPECT_LT(find_text(std::string(100'000, 'a'), {}, {false, true, 80}).size(), 500U);
  const std::string text = find_text("boxy", answer, {false, true, 80});
  EXPECT_NE(text.find("Without --topic rhythm"), std::string::npos) << text;
}

TEST(Find, what_the_user_wrote_decided_and_checked_is_found) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "workbook.sqlite";
  {
    Workbook workbook = Workbook::create(file);
    workbook.add_note({0, 1, "Blue", "the zither in the bridge stays \x1b[2J loud"});
    workbook.add_answer({"three-anchors", 1, 1, "Zeppelin for the low end"});
    workbook.add_decision({0, "gear", "Kazoo preamp", 1, 2, "open", 1, "{}"});
    CheckRecord check;
    check.sha256 = "aa";
    check.path = "/music/Quixotic.wav";
    Finding finding;
    finding.item = 3;
    finding.id = "mono-compatibility";
    check.findings = {finding};
    workbook.record({check.path, ""}, check);
  }
  const auto found = [&](const std::string& words) {
    const SearchAnswer answer = search_everything(words, {}, file);
    return answer.found.empty() ? "" : answer.found.front().page.kind;
  };
  EXPECT_EQ(found("zither"), "note");
  EXPECT_EQ(found("zepelin"), "answer");
  EXPECT_EQ(found("kazoo"), "decision");
  EXPECT_EQ(found("quixotic"), "check");
  const SearchAnswer answer = search_everything("zither", {}, file);
  EXPECT_EQ(find_text("zither", answer, {false, true, 80}).find('\x1b'), std::string::npos);
  EXPECT_NE(answer.found.front().excerpt.find("zither"), std::string::npos);
  EXPECT_TRUE(search_everything("zither", {"lesson", "", "", ""}, file).found.empty());
}

TEST(Find, a_spelling_is_as_far_as_the_letters_between) {
  EXPECT_EQ(spelling_distance("limiter", "limiter", 2), 0);
  EXPECT_EQ(spelling_distance("limiter", "limtier", 2), 1);
  EXPECT_EQ(spelling_distance("limiter", "lmiter", 2), 1);
  EXPECT_EQ(spelling_distance("limiter", "limitter", 2), 1);
  EXPECT_EQ(spelling_distance("limiter", "loudest", 2), 3);
  EXPECT_EQ(spelling_distance("", "abc", 2), 3);
}

}  // namespace
}  // namespace lacquer
