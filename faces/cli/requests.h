#pragma once

#include "app/check.h"
#include "app/master.h"
#include "faces/cli/arguments.h"

namespace lacquer::cli {

// Options that do not go together: exit status 2.
class WrongUsage : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// What was typed, as the program's requests. Throw WrongUsage.
RoleRequest role_request(const Arguments& arguments);
CheckRequest check_request(const Arguments& arguments, History* history);
// The user's history, which tells on standard error what goes wrong with it; none with --no-history.
History history_for(const Arguments& arguments, std::function<void()> before_telling);
PastRequest past_request(const Arguments& arguments, History* history);
PlanRequest plan_request(const Arguments& arguments);
// Reads the plan file where one is given, and throws what reading it throws.
MasterRequest master_request(const Arguments& arguments, History* history);

}  // namespace lacquer::cli
