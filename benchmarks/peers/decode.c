/* Decoding alone, by libsndfile into float: the floor under everything that reads the file.
 * peer_decode FILE prints the seconds it took. */
#define _POSIX_C_SOURCE 200809L
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
  const sf_count_t most = 8192;
  float* frames = malloc(sizeof(float) * (size_t)most * (size_t)info.channels);
  double kept = 0.0;
  sf_count_t got;
  while ((got = sf_readf_float(file, frames, most)) > 0) kept += frames[0];
  printf("%.6f %g\n", now_s() - began, kept);
  sf_close(file);
  free(frames);
  return 0;
}
