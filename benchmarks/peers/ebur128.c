/* libebur128 over a whole file: integrated loudness, loudness range and true peak, what most tools call a
 * scan. peer_ebur128 FILE prints the seconds it took and the three values. */
#define _POSIX_C_SOURCE 200809L
#include <ebur128.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int count, char** words) {
  if (count != 2) return 2;
  const double began = now_s();
  SF_INFO info = {0};
  SNDFILE* file = sf_open(words[1], SFM_READ, &info);
  if (file == NULL) return 1;
  ebur128_state* state = ebur128_init((unsigned)info.channels, (unsigned long)info.samplerate,
                                      EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK);
  float* frames = malloc(sizeof(float) * (size_t)info.samplerate * (size_t)info.channels);
  sf_count_t got;
  while ((got = sf_readf_float(file, frames, info.samplerate)) > 0)
    ebur128_add_frames_float(state, frames, (size_t)got);
  double loudness = 0.0, range = 0.0, highest = 0.0;
  ebur128_loudness_global(state, &loudness);
  ebur128_loudness_range(state, &range);
  for (int c = 0; c < info.channels; ++c) {
    double peak = 0.0;
    ebur128_true_peak(state, (unsigned)c, &peak);
    if (peak > highest) highest = peak;
  }
  printf("%.6f %.3f %.3f %.3f\n", now_s() - began, loudness, range, 20.0 * log10(highest));
  ebur128_destroy(&state);
  sf_close(file);
  free(frames);
  return 0;
}
