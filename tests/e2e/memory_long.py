"""Long streams: memory does not grow with the length of the file."""

import os
import resource
import subprocess
import unittest

import bench

CHECK_MIB = 150  # of `check`, whatever the length
MASTER_MIB = 1024  # of `master`, for two hours
HOURS = 2


def peak_mib(*arguments):
    """Runs lacquer in a child of its own; returns the most memory it held, in MiB."""
    child = os.fork()
    if child == 0:
        done = subprocess.run([bench.LACQUER, *map(str, arguments)], stdout=subprocess.DEVNULL,
                              env=bench.environment(), check=False)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        os._exit(255 if done.returncode not in (0, 4) else min(peak // 8, 254))  # in steps of 8 MiB: a byte must hold it
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code != 255, "lacquer failed"
    return code * 8


class Memory(bench.Case):
    def setUp(self):
        super().setUp()
        self.long = self.path("long.wav")
        bench.ffmpeg("-stream_loop", "-1", "-i", bench.DEMO, "-t", str(HOURS * 3600), "-c:a", "pcm_s16le", self.long)

    def test_check_stays_small_for_hours(self):
        self.assertLess(peak_mib("check", "--no-history", self.long), CHECK_MIB)

    def test_master_stays_bounded_for_hours(self):
        self.assertLess(peak_mib("master", "--anyway", "--no-history", self.long), MASTER_MIB)
        self.assertTrue(os.path.exists(self.path("long.master.wav")))

    def test_a_hundred_checks_in_one_run_end_as_small_as_one(self):
        one = peak_mib("check", "--no-history", bench.EXCERPT)
        many = peak_mib("check", "--no-history", "--json", *[bench.EXCERPT] * 100)
        self.assertLess(many, one + 64)


if __name__ == "__main__":
    unittest.main()
