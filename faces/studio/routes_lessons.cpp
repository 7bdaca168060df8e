#include <httplib.h>

#include <algorithm>

#include "app/history.h"
#include "app/learn.h"
#include "app/moment.h"
#include "faces/studio/replies.h"
#include "faces/studio/server.h"
#include "faces/studio/uploads.h"
#include "report/lesson_chart.h"
#include "report/svg.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

const std::string kLessonPath = R"(/api/lessons/([a-z0-9-]{1,64}))";

const Lesson& lesson_of(const Request& request) {
  const Lesson* lesson = lesson_named(request.matches[1].str());
  if (lesson == nullptr) throw Refused(404, "there is no such lesson");
  return *lesson;
}

LessonRecords records_of_user() {
  return LessonRecords::of_user([](const std::string&, const std::string& why) { throw Refused(500, why); });
}

Json terms_json(const Lesson& lesson) {
  Json terms = Json::array();
  for (const std::string& id : lesson.terms) {
    const auto& glossary = core_track().lists.glossary;
    const auto known =
        std::find_if(glossary.begin(), glossary.end(), [&](const GlossaryTerm& one) { return one.id == id; });
    if (known != glossary.end())
      terms.push_back({{"word", known->word}, {"meaning", known->meaning}, {"page", "glossary-" + id}});
    else
      terms.push_back({{"word", id}, {"meaning", ""}, {"page", "term-" + id}});
  }
  return terms;
}

const ExerciseKind* kind_of(const Lesson& lesson) {
  for (const ExerciseKind& kind : core_track().lists.kinds)
    if (kind.id == lesson.exercise.kind) return &kind;
  return nullptr;
}

// The lesson as `learn --json` tells it, its text as HTML: all of it is ours, and escaped all the same.
Json page_json(const Lesson& lesson, LessonRecords& records) {
  Json one = lesson_json(lesson_entry(lesson, records)).at("items").at(0);
  for (Json& section : one["sections"]) {
    section["html"] = lesson_markdown_html(section.at("markdown").get<std::string>());
    section.erase("markdown");
  }
  one["terms"] = terms_json(lesson);
  if (const ExerciseKind* kind = kind_of(lesson)) {
    one["exercise"]["does"] = kind->does;
    one["exercise"]["needs"] = kind->needs;
  }
  one["exercise"]["first"] = first_questions_json(lesson);
  one["exercise"]["another_day"] = has_parameter(lesson.exercise, "gap_h");
  return one;
}

std::string drawing_svg(const Lesson& lesson, const Theme& theme) {
  const LessonDrawing* drawing = drawing_of(lesson);
  if (drawing == nullptr) throw Refused(404, "this lesson has no drawing");
  return svg_in(to_svg(lesson_chart_width(), lesson_chart_height(*drawing), drawing->id,
                       [&](Canvas& canvas) { draw_lesson(canvas, *drawing); }),
                theme);
}

}  // namespace

void Server::lesson_routes() {
  http_->Get("/api/lessons", [](const Request&, Response& response) {
    LessonRecords records = records_of_user();
    reply(response, lessons_json(lesson_entries(records)));
  });
  http_->Get(kLessonPath, [](const Request& request, Response& response) {
    LessonRecords records = records_of_user();
    reply(response, page_json(lesson_of(request), records));
  });
  http_->Get(kLessonPath + "/page", [](const Request& request, Response& response) {
    LessonRecords records = records_of_user();
    reply_page(response, lesson_html(lesson_page(lesson_entry(lesson_of(request), records), records)));
  });
  http_->Get(kLessonPath + R"(/(light|dark)\.svg)", [](const Request& request, Response& response) {
    const bool dark = request.matches[2].str() == "dark";
    reply_svg(response, drawing_svg(lesson_of(request), dark ? dark_theme() : light_theme()));
  });
  // { prompt: from 1, text }: one more answer; the first one stays.
  http_->Post(kLessonPath + "/answers", [](const Request& request, Response& response) {
    const Lesson& lesson = lesson_of(request);
    const nlohmann::json body = body_object(request);
    const int prompt = body.value("prompt", 0);
    const std::string text = body.value("text", "");
    if (prompt < 1 || static_cast<std::size_t>(prompt) > lesson.write.size())
      throw Refused(400, "this lesson does not ask that; load the page again");
    if (text.empty()) throw Refused(400, "the answer is empty; write a line");
    LessonRecords records = records_of_user();
    records.add_answer({lesson.id, prompt, now_ms(), text});
    records.start(lesson.id, now_ms());
    reply(response, page_json(lesson, records));
  });
  http_->Post(kLessonPath + "/done", [](const Request& request, Response& response) {
    LessonRecords records = records_of_user();
    records.finish(lesson_of(request).id, now_ms());
    reply(response, page_json(lesson_of(request), records));
  });
  exercise_routes();
}

void Server::exercise_routes() {
  http_->Get(kLessonPath + "/exercise", [this](const Request& request, Response& response) {
    reply(response, exercises_.describe(lesson_of(request)));
  });
  http_->Post(kLessonPath + "/run", [this](const Request& request, Response& response) {
    const Lesson& lesson = lesson_of(request);
    const auto job =
        jobs_.start("lesson-" + lesson.id, "exercise", exercises_.run_work(lesson, body_object(request)));
    response.status = 202;
    reply(response, {{"job", job}});
  });
  http_->Post(kLessonPath + "/score", [this](const Request& request, Response& response) {
    LessonRecords records = records_of_user();
    exercises_.score(lesson_of(request), body_object(request), records, now_ms());
    reply(response, exercises_.describe(lesson_of(request)));
  });
  http_->Get(
      kLessonPath + R"(/sounds/([a-z0-9-]{1,64}\.wav))", [this](const Request& request, Response& response) {
        reply_file(response, exercises_.sound(lesson_of(request), request.matches[2].str()), "audio/wav");
      });
  http_->Post(kLessonPath + "/files",
              [this](const Request& request, Response& response, const httplib::ContentReader& read) {
                const Lesson& lesson = lesson_of(request);
                Upload arriving(home_, exercises_.files(lesson), request.get_param_value("name"));
                take_file(request, read, arriving);
                arriving.keep();
                response.status = 201;
                reply(response, exercises_.describe(lesson));
              });
  http_->Delete(kLessonPath + "/files", [this](const Request& request, Response& response) {
    const Lesson& lesson = lesson_of(request);
    std::filesystem::remove(place_below(exercises_.files(lesson), request.get_param_value("name")));
    reply(response, exercises_.describe(lesson));
  });
  http_->Post(kLessonPath + "/names", [this](const Request& request, Response& response) {
    exercises_.keep_names(lesson_of(request), body_object(request).value("names", nlohmann::json()));
    reply(response, exercises_.describe(lesson_of(request)));
  });
}

}  // namespace lacquer::studio
