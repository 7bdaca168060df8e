#pragma once

#include <string>

#include "faces/cli/arguments.h"

namespace CLI {
class App;
}

namespace lacquer::cli {

// Each returns the exit status. `command` is what was parsed; `program` the name it was called by.
int run_check(const Arguments& arguments);
int run_gear(const Arguments& arguments);
int run_release(const Arguments& arguments);
int run_learn(const Arguments& arguments);
int run_history(const Arguments& arguments);
int run_clips(const Arguments& arguments);
int run_sheets(const Arguments& arguments);
int run_systems(const Arguments& arguments);
int run_target(const Arguments& arguments);
int run_workbook(const Arguments& arguments);
int run_find(const Arguments& arguments);
int run_words(const Arguments& arguments);
int run_platforms(const Arguments& arguments);
int run_codecs(const Arguments& arguments);
int run_studio(const Arguments& arguments);
int run_plan(const Arguments& arguments);
int run_master(const Arguments& arguments, const CLI::App& command, const std::string& program);

}  // namespace lacquer::cli
