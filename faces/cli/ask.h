#pragma once

#include "app/exercises/exercise.h"

namespace lacquer::cli {

// Whether there is a person at the other end: both standard input and output are a terminal.
bool can_ask();

// Asks on the terminal what `known` does not answer yet, again where an answer does not fit. Taps, minutes
// and starts are taken by the key. Throws Cancelled at the end of the input.
Answers ask(const std::vector<Question>& questions, const Answers& known);

}  // namespace lacquer::cli
