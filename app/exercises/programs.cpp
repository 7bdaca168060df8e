#include "app/exercises/programs.h"

namespace lacquer {

const std::vector<const ExerciseProgram*>& exercise_programs() {
  static const std::vector<const ExerciseProgram*> all = {
      &kSentenceExercise,     &kTimerExercise,       &kSineStepsExercise,       &kCalibrationExercise,
      &kReferencesExercise,   &kNotesExercise,       &kQuestionsExercise,       &kStopwatchExercise,
      &kFilenameLintExercise, &kLimitsExercise,      &kListeningChoiceExercise, &kPredictExercise,
      &kBandBoostExercise,    &kCorrectionExercise,  &kCompareExercise,         &kMomentsExercise,
      &kMonoMapExercise,      &kWidthPlanExercise,   &kNullTestExercise,        &kTapTempoExercise,
      &kOverlapExercise,      &kShiftExercise,       &kDrumPitchExercise,       &kSelfSimilarityExercise,
      &kMaskingExercise,      &kEnergyCurveExercise, &kStemSumExercise,         &kFullPassExercise};
  return all;
}

}  // namespace lacquer
