#pragma once

#include <vector>

#include "library/lesson_content.h"
#include "library/toml_check.h"

namespace lacquer {

// A lesson's [exercise], held against its kind.
LessonExercise read_exercise(const TableReader& table, const std::vector<ExerciseKind>& kinds);

}  // namespace lacquer
