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
CheckRequest check_request(const Arguments& arguments);
PlanRequest plan_request(const Arguments& arguments);
// Reads the plan file where one is given, and throws what reading it throws.
MasterRequest master_request(const Arguments& arguments);

}  // namespace lacquer::cli
