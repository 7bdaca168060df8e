#include "faces/studio/replies.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

namespace lacquer::studio {

double query_number(const httplib::Request& from, const char* name, double otherwise) {
  if (!from.has_param(name)) return otherwise;
  const std::string text = from.get_param_value(name);
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0' || !std::isfinite(value))
    throw Refused(400, std::string(name) + " is no number; load the page again");
  return value;
}

nlohmann::json body_object(const httplib::Request& from) {
  if (from.body.empty()) return nlohmann::json::object();
  // The parser calls itself for what is nested; a bracket costs it a little of the stack.
  int depth = 0;
  constexpr int kMostDepth = 64;
  const auto shallow = [&](int, nlohmann::json::parse_event_t event, const nlohmann::json&) {
    using Event = nlohmann::json::parse_event_t;
    if (event == Event::object_start || event == Event::array_start) ++depth;
    if (event == Event::object_end || event == Event::array_end) --depth;
    if (depth > kMostDepth) throw Refused(400, "the request is nested too deep");
    return true;
  };
  nlohmann::json body = nlohmann::json::parse(from.body, shallow, false);
  if (!body.is_object()) throw Refused(400, "the request is no JSON object; load the page again");
  return body;
}

namespace {

struct OpenFile {
  int descriptor = -1;
  ~OpenFile() {
    if (descriptor >= 0) ::close(descriptor);
  }
};

}  // namespace

Paper paper_of(const httplib::Request& from) {
  return from.get_param_value("paper") == "letter" ? Paper::kLetter : Paper::kA4;
}

void reply_page(httplib::Response& to, std::string html) {
  to.set_header(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-modals allow-popups");
  reply_text(to, std::move(html), "text/html; charset=utf-8");
}

void reply_svg(httplib::Response& to, std::string svg) {
  to.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  reply_text(to, std::move(svg), "image/svg+xml");
}

void reply_download(httplib::Response& to, std::string bytes, const char* type, const std::string& name) {
  to.set_header("Content-Disposition", "attachment; filename=\"" + name + "\"");
  reply_text(to, std::move(bytes), type);
}

std::string text_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return in ? text.str() : "";
}

void reply_file(httplib::Response& to, const std::string& path, const char* type) {
  auto file = std::make_shared<OpenFile>();
  file->descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat status = {};
  if (file->descriptor < 0 || ::fstat(file->descriptor, &status) != 0 || !S_ISREG(status.st_mode))
    throw Refused(404, "this file is not there (any more)");
  to.set_content_provider(static_cast<std::size_t>(status.st_size), type,
                          [file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                            std::array<char, 65536> bytes;
                            const ssize_t got =
                                ::pread(file->descriptor, bytes.data(), std::min(length, bytes.size()),
                                        static_cast<off_t>(offset));
                            return got > 0 && sink.write(bytes.data(), static_cast<std::size_t>(got));
                          });
}

}  // namespace lacquer::studio
