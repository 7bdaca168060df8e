#pragma once

#include "decisions/gear_answers.h"

namespace lacquer::cli {

// Asks on the terminal what is not answered yet, one question after the other, on standard error; an empty
// line leaves a question open. Ends early at the end of input. Throws Cancelled when interrupted.
void ask_gear(GearAnswers& answers);

// Asks for the answer at last; empty where none was given.
std::string ask_gear_answer(std::string_view suggested);

}  // namespace lacquer::cli
