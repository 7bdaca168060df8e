#pragma once

#include <string>

namespace lacquer::studio {

// Who may talk to the studio: the browser that was opened with the token, and nobody through another page.
//
// A page elsewhere can make a browser send requests here (cross-site requests), or make its own name lead to
// this machine (DNS rebinding). Against the first stands a cookie that goes along with same-site requests
// only, and the Origin; against the second the Host, which then carries the other page's name.
class Guard {
 public:
  explicit Guard(int port);  // makes a token of 128 random bits

  const std::string& token() const { return token_; }
  std::string opening_url() const;
  std::string cookie() const;  // the value of Set-Cookie

  bool is_token(const std::string& given) const;
  // The value of Host names this server.
  bool is_our_host(const std::string& host) const;
  // Origin is that of our own pages; empty where the browser sent none.
  bool is_our_origin(const std::string& origin) const;
  // The value of Cookie holds our token.
  bool has_cookie(const std::string& cookies) const;

 private:
  std::string cookie_name() const;

  int port_;
  std::string token_;
};

}  // namespace lacquer::studio
