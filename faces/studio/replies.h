#pragma once

#include <httplib.h>

#include <string>

#include "api/json.h"
#include "app/file_error.h"

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
// A file from the disk, in ranges where the browser asks for them.
void reply_file(httplib::Response& to, const std::string& path, const char* type);

}  // namespace lacquer::studio
