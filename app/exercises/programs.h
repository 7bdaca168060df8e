#pragma once

#include <vector>

#include "app/exercises/exercise.h"

namespace lacquer {

// One for each kind of content/lessons/exercises.toml, each in a file of its name.
extern const ExerciseProgram kSentenceExercise;
extern const ExerciseProgram kTimerExercise;
extern const ExerciseProgram kSineStepsExercise;
extern const ExerciseProgram kCalibrationExercise;
extern const ExerciseProgram kReferencesExercise;
extern const ExerciseProgram kNotesExercise;
extern const ExerciseProgram kQuestionsExercise;
extern const ExerciseProgram kStopwatchExercise;
extern const ExerciseProgram kFilenameLintExercise;
extern const ExerciseProgram kLimitsExercise;
extern const ExerciseProgram kListeningChoiceExercise;
extern const ExerciseProgram kPredictExercise;
extern const ExerciseProgram kBandBoostExercise;
extern const ExerciseProgram kCorrectionExercise;
extern const ExerciseProgram kCompareExercise;
extern const ExerciseProgram kMomentsExercise;
extern const ExerciseProgram kMonoMapExercise;
extern const ExerciseProgram kWidthPlanExercise;
extern const ExerciseProgram kNullTestExercise;
extern const ExerciseProgram kTapTempoExercise;
extern const ExerciseProgram kOverlapExercise;
extern const ExerciseProgram kShiftExercise;
extern const ExerciseProgram kDrumPitchExercise;
extern const ExerciseProgram kSelfSimilarityExercise;
extern const ExerciseProgram kMaskingExercise;
extern const ExerciseProgram kEnergyCurveExercise;
extern const ExerciseProgram kStemSumExercise;
extern const ExerciseProgram kFullPassExercise;

const std::vector<const ExerciseProgram*>& exercise_programs();

}  // namespace lacquer
