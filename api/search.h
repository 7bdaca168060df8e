#pragma once

#include <string>
#include <vector>

namespace lacquer {

// What the filters of a search take. Topics and courses are the lessons'.
std::vector<std::string> search_kinds();
std::vector<std::string> search_topics();
std::vector<std::string> search_courses();
std::vector<std::string> search_stages();

}  // namespace lacquer
