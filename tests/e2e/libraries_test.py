"""FFmpeg, Cairo and Pango are opened when they are needed: not before, and with a clear word when they are missing."""

import os
import re
import subprocess
import unittest

import bench


def linked():
    """What the dynamic linker loads at every start."""
    return subprocess.run([bench.LACQUER], env=bench.environment(LD_TRACE_LOADED_OBJECTS="1"), capture_output=True,
                          text=True, check=True).stdout


class Libraries(bench.Case):
    def without(self, *stems):
        """Surroundings in which these libraries are found, and are none."""
        cache = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
        folder = self.path("broken")
        os.makedirs(folder, exist_ok=True)
        for stem in stems:
            names = set(re.findall(rf"(?m)^\s+({re.escape(stem)}\.so\.\d+) ", cache))
            self.assertTrue(names, stem)
            for name in names:
                with open(os.path.join(folder, name), "w", encoding="ascii") as file:
                    file.write("no library\n")
        return bench.environment(LD_LIBRARY_PATH=folder)

    def excerpt(self, name):
        bench.ffmpeg("-i", bench.EXCERPT, "-t", "4", self.path(name))
        return self.path(name)

    def test_a_start_loads_neither_ffmpeg_nor_cairo(self):
        names = linked()
        self.assertIn("libsndfile", names)
        self.assertNotRegex(names, "libav|libsw|cairo|pango")

    def test_wav_aiff_and_flac_need_no_ffmpeg(self):
        missing = self.without("libavutil", "libavcodec", "libavformat")
        for name in ("a.wav", "a.aiff", "a.flac"):
            checked = self.json("check", self.excerpt(name), env=missing)
            self.assertIsNotNone(checked["measurements"]["peak"]["true_dbtp"], name)

    def test_other_files_say_what_to_install(self):
        song = self.excerpt("a.m4a")
        self.succeeds("check", song)
        done = bench.run("check", song, env=self.without("libavutil", "libavcodec", "libavformat"))
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertRegex(done.stderr.decode(), r"^lacquer: \S+/a\.m4a: the library libav\w+\.so\.\d+ could not be "
                                               r"loaded; install FFmpeg's libraries, or convert the file to WAV or FLAC\n$")

    def test_a_page_says_what_draws_it(self):
        done = bench.run("check", self.excerpt("a.wav"), "--html", self.path("a.html"), env=self.without("libcairo"))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"install Pango and Cairo", done.stderr)
        self.assertFalse(os.path.exists(self.path("a.html")))


if __name__ == "__main__":
    unittest.main()
