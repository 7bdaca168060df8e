#pragma once

#include <httplib.h>

#include <exception>
#include <filesystem>
#include <string>

#include "api/json.h"
#include "app/file_error.h"
#include "report/paper.h"

namespace lacquer::studio {

// A request that cannot be met, with the status that says why.
class Refused : public Error {
 public:
  Refused(int status, const std::string& message) : Error(message), status_(status) {}
  int status() const { return status_; }

 private:
  int status_;
};

inline void reply(httplib::Response& to, const Json& document) {
  to.set_content(dump(document), "application/json");
}

inline void reply_text(httplib::Response& to, std::string text, const char* type) {
  to.set_content(std::move(text), type);
}

// What a request about a song begins with; its first match is the song's id.
inline const std::string kSongPath = R"(/api/songs/([0-9a-f]{16}))";

// The number that a query names; `otherwise` where it names none. Throws Refused for what is no number.
double query_number(const httplib::Request& from, const char* name, double otherwise);
// The body as a JSON object; an empty body is an empty object.
nlohmann::json body_object(const httplib::Request& from);
// A body that is a file and goes to the disk as it comes. Throws Refused where it does not arrive whole.
template <class Arriving>
void take_file(const httplib::Request& from, const httplib::ContentReader& read, Arriving& arriving) {
  if (from.is_multipart_form_data()) throw Refused(415, "a file is sent as it is, not as a form");
  std::exception_ptr failed;
  const bool whole = read([&](const char* bytes, std::size_t count) {
    try {
      arriving.write(bytes, count);
      return true;
    } catch (...) {
      failed = std::current_exception();
      return false;
    }
  });
  if (failed) std::rethrow_exception(failed);
  if (!whole) throw Refused(400, "the file did not arrive whole; send it again");
}
// The paper that a query names: "letter", else A4.
Paper paper_of(const httplib::Request& from);
// A page that lacquer writes: it carries its own style and no script, and may be looked at and nothing else.
void reply_page(httplib::Response& to, std::string html);
// A drawing of lacquer's own.
void reply_svg(httplib::Response& to, std::string svg);
// Bytes to keep as a file of this name; the name is ours.
void reply_download(httplib::Response& to, std::string bytes, const char* type, const std::string& name);
// A small file of ours, whole; empty where it is not there.
std::string text_of_file(const std::filesystem::path& file);
// A file from the disk, in ranges where the browser asks for them.
void reply_file(httplib::Response& to, const std::string& path, const char* type);

}  // namespace lacquer::studio
