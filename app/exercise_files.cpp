#include <algorithm>

#include "app/file_error.h"
#include "app/learn.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"
#include "audio_io/write.h"
#include "session/clips.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSealedName = "exercise.sealed";
constexpr std::string_view kHead =
    "Answers of a Lacquer exercise, sealed from the eye: lacquer learn --score opens them.\n";
constexpr std::int64_t kMostSealed = 8 << 20;
constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// RFC 4648, section 4, in lines of 76 characters.
std::string base64(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = group << 8U | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      text += at + i <= bytes.size() ? kDigits[group >> (18U - 6U * i) & 63U] : '=';
    if (at % 57 == 54) text += '\n';
  }
  return text + "\n";
}

std::string from_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) continue;  // newlines and the padding
    group = (group << 6U | static_cast<std::uint32_t>(digit)) & 0xFFFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(group >> bits & 0xFFU);
  }
  return bytes;
}

constexpr int kLastForm = static_cast<int>(AnswerForm::kSeconds);

Json sealed_json(const ReadyExercise& ready) {
  Json first = Json::array(), questions = Json::array();
  for (const auto& [id, said] : ready.first.said()) first.push_back({id, said});
  for (const Question& one : ready.questions)
    questions.push_back({{"id", one.id},
                         {"text", one.text},
                         {"form", static_cast<int>(one.form)},
                         {"choices", one.choices},
                         {"optional", one.optional},
                         {"many", one.many}});
  return {{"lacquer_exercise", 1},  {"lesson", ready.lesson->id}, {"kind", ready.lesson->exercise.kind},
          {"seed", ready.seed},     {"made_ms", ready.made_ms},   {"first", first},
          {"questions", questions}, {"hidden", ready.hidden}};
}

ReadyExercise from_sealed(const Json& sealed) {
  ReadyExercise ready;
  if (sealed.at("lacquer_exercise").get<int>() != 1)
    throw Error("this exercise is of another version of Lacquer; run it again");
  ready.lesson = lesson_named(sealed.at("lesson").get<std::string>());
  if (ready.lesson == nullptr || ready.lesson->exercise.kind != sealed.at("kind").get<std::string>())
    throw Error("this exercise is of another version of Lacquer; run it again");
  ready.seed = sealed.at("seed").get<std::uint64_t>();
  ready.made_ms = sealed.at("made_ms").get<std::int64_t>();
  for (const Json& one : sealed.at("first"))
    ready.first.add(one.at(0).get<std::string>(), one.at(1).get<std::string>());
  for (const Json& one : sealed.at("questions")) {
    Question question;
    question.id = one.at("id").get<std::string>();
    question.text = one.at("text").get<std::string>();
    question.form = static_cast<AnswerForm>(std::clamp(one.at("form").get<int>(), 0, kLastForm));
    question.choices = one.at("choices").get<std::vector<std::string>>();
    question.optional = one.at("optional").get<bool>();
    question.many = one.at("many").get<bool>();
    ready.questions.push_back(std::move(question));
  }
  ready.hidden = sealed.at("hidden");
  return ready;
}

// Writes what an exercise renders, and refuses to write over what the learner handed in.
class ExerciseWriter {
 public:
  ExerciseWriter(const ExerciseRequest& request, std::vector<ExerciseFile>& written)
      : request_(request), written_(written) {}

  void put(const std::string& name, const std::string& what, const Sound& sound) {
    if (request_.folder.empty())
      throw Error("this exercise renders files to listen to; name a folder for them with -o");
    std::error_code failed;
    fs::create_directories(request_.folder, failed);
    if (!fs::is_directory(request_.folder))
      throw FileError(request_.folder, Error("the folder cannot be made; choose another with -o"));
    const fs::path to = request_.folder / name;
    about(to, [&] {
      for (const fs::path& file : request_.files)
        if (same_file(to, file)) throw Error("this is one of your own files; choose another folder with -o");
      WriteSettings settings;
      settings.sample_rate_hz = sound.rate_hz;
      settings.channels = sound.audio.channels();
      settings.frames = sound.audio.frames();
      settings.overwrite = request_.overwrite;
      FileSink sink(to, settings);
      const AudioBuffer ready = finished(sound.audio, 0.0, sound.rate_hz);
      sink.write(ready.block());
      sink.commit();
    });
    written_.push_back({to.string(), what});
  }

 private:
  const ExerciseRequest& request_;
  std::vector<ExerciseFile>& written_;
};

}  // namespace

std::vector<Question> first_questions(const Lesson& lesson) { return program_of(lesson).first(lesson); }

ReadyExercise ready_exercise(const Lesson& lesson, const ExerciseRequest& request, const Answers& first,
                             const Json& earlier, const ProgressCallback& progress) {
  check_answers(first_questions(lesson), first);
  const fs::path sealed = request.folder / kSealedName;
  if (!request.folder.empty() && !request.overwrite && fs::exists(sealed))
    throw FileError(
        request.folder,
        Error("it holds an exercise already; score that one, choose another folder, or add --overwrite"));
  ReadyExercise ready;
  ready.lesson = &lesson;
  ready.seed = request.seed;
  ready.made_ms = request.now_ms;
  ready.first = first;
  NoiseGenerator noise(request.seed);
  ExerciseWriter writer(request, ready.files);
  const ExerciseRun run{lesson,
                        request.files,
                        first,
                        earlier,
                        noise,
                        [&](const std::string& name, const std::string& what, const Sound& sound) {
                          report_progress(progress, "rendering", -1.0);
                          writer.put(name, what, sound);
                        },
                        progress};
  Preparation preparation = program_of(lesson).prepare(run);
  ready.readings = std::move(preparation.readings);
  ready.questions = std::move(preparation.questions);
  ready.hidden = std::move(preparation.hidden);
  if (!request.folder.empty()) {
    std::error_code failed;
    fs::create_directories(request.folder, failed);
    about(sealed, [&] {
      write_file_atomically(sealed, std::string(kHead) + base64(dump(sealed_json(ready))), request.overwrite);
    });
  }
  return ready;
}

ReadyExercise sealed_exercise(const fs::path& folder) {
  const fs::path file = fs::is_directory(folder) ? folder / kSealedName : folder;
  return about(file, [&] {
    std::error_code failed;
    if (!fs::exists(file, failed))
      throw Error("there is no exercise here; name the folder that --run was given with -o");
    const LocalFile sealed(file);
    if (sealed.size_bytes() > kMostSealed) throw Error("this is no sealed exercise; run it again");
    const std::string text = sealed.bytes_at(0, static_cast<std::size_t>(sealed.size_bytes()));
    if (text.compare(0, kHead.size(), kHead) != 0) throw Error("this is no sealed exercise; run it again");
    try {
      return from_sealed(Json::parse(from_base64(std::string_view(text).substr(kHead.size()))));
    } catch (const Json::exception&) {
      throw Error("this sealed exercise was changed and cannot be scored; run it again");
    }
  });
}

Outcome score_exercise(const ReadyExercise& ready, const Answers& answers, const Json& earlier,
                       std::int64_t now_ms) {
  check_answers(ready.questions, answers);
  Answers all = ready.first;
  for (const auto& [id, said] : answers.said()) all.add(id, said);
  try {
    return program_of(*ready.lesson)
        .score({*ready.lesson, ready.hidden, all, earlier, ready.made_ms, now_ms});
  } catch (const Json::exception&) {
    throw Error("this sealed exercise was changed and cannot be scored; run it again");
  } catch (const std::out_of_range&) {
    throw Error("this sealed exercise was changed and cannot be scored; run it again");
  } catch (const std::invalid_argument&) {
    throw Error("this sealed exercise was changed and cannot be scored; run it again");
  }
}

}  // namespace lacquer
