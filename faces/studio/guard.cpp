#include "faces/studio/guard.h"

#include <sys/random.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace lacquer::studio {
namespace {

std::string random_token() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("the system gives no random numbers; start the studio again");
  std::string text;
  for (const unsigned char byte : bytes) {
    char two[3];
    std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(byte));
    text += two;
  }
  return text;
}

}  // namespace

Guard::Guard(int port) : port_(port), token_(random_token()) {}

// Cookies do not know ports: two studios on one machine need two names.
std::string Guard::cookie_name() const { return "lacquer-" + std::to_string(port_); }

std::string Guard::opening_url() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/open?token=" + token_;
}

std::string Guard::cookie() const {
  return cookie_name() + "=" + token_ + "; Path=/; HttpOnly; SameSite=Strict";
}

// As long for a wrong token as for the right one.
bool Guard::is_token(const std::string& given) const {
  if (given.size() != token_.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < token_.size(); ++i)
    difference |= static_cast<unsigned char>(given[i]) ^ static_cast<unsigned char>(token_[i]);
  return difference == 0;
}

bool Guard::is_our_host(const std::string& host) const {
  const std::string port = ":" + std::to_string(port_);
  return host == "127.0.0.1" + port || host == "localhost" + port;
}

bool Guard::is_our_origin(const std::string& origin) const {
  constexpr std::string_view kScheme = "http://";
  return origin.empty() || (origin.starts_with(kScheme) && is_our_host(origin.substr(kScheme.size())));
}

bool Guard::has_cookie(const std::string& cookies) const {
  const std::string start = cookie_name() + "=";
  std::size_t at = 0;
  while (at < cookies.size()) {
    std::size_t end = cookies.find(';', at);
    if (end == std::string::npos) end = cookies.size();
    while (at < end && cookies[at] == ' ') ++at;
    const std::string one = cookies.substr(at, end - at);
    if (one.starts_with(start) && is_token(one.substr(start.size()))) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace lacquer::studio
