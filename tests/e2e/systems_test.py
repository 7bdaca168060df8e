"""lacquer systems, from outside."""

import math
import os
import signal
import subprocess
import time
import unittest

import bench

SYSTEMS = ["over-ear", "in-ear", "earbuds", "phone", "phone-basic", "laptop", "laptop-premium", "bluetooth", "car",
           "car-parked", "club", "tv", "kitchen", "quiet"]


class Systems(bench.Case):
    def systems(self, source, *more):
        return self.json("systems", source, *more)

    def test_every_system_says_what_it_loses(self):
        document = self.systems(bench.SONG)
        self.assertEqual([one["system"] for one in document["items"]], SYSTEMS)
        for one in document["items"]:
            self.assertEqual(list(one), ["system", "name", "basis", "confidence", "loudness_change_lu", "mono", "lost",
                                         "why", "bands", "source"])
            self.assertTrue(one["why"])
            self.assertEqual(len(one["bands"]), 20)
            for loss in one["lost"]:
                self.assertLess(loss["audible_pct"], loss["target_audible_pct"])
                self.assertLess(loss["low_hz"], loss["high_hz"])
                self.assertTrue(loss["do"])
        mono = [one["system"] for one in document["items"] if one["mono"]]
        self.assertEqual(mono, ["phone-basic", "bluetooth", "club", "kitchen"])
        self.assertEqual(document["rendered"], [])

    def test_what_is_only_in_the_sides_is_lost_in_mono(self):
        wide = self.path("wide.wav")
        bench.ffmpeg("-i", bench.EXCERPT, "-af",
                     "pan=stereo|c0=0.5*c0+0.5*c1|c1=-0.5*c0-0.5*c1", "-c:a", "pcm_s24le", wide)
        for one in self.systems(wide)["items"]:
            if one["mono"]:
                self.assertIn("mono", [loss["cause"] for loss in one["lost"]], one["system"])

    def test_what_is_written_to_listen_to_is_equally_loud(self):
        items = self.systems(bench.EXCERPT, "--render", self.path("listen"))["rendered"]
        self.assertEqual([one["system"] for one in items], ["original"] + SYSTEMS)
        quiet = [one for one in items if one["system"] in ("original", "over-ear", "tv", "laptop", "quiet")]
        self.assertLessEqual(max(one["short_of_lu"] for one in quiet), 0.5)
        loudness = [bench.loudness_by_ffmpeg(one["path"]) + one["short_of_lu"] for one in quiet]
        # FFmpeg prints tenths; noise in a quiet room adds next to nothing.
        self.assertLessEqual(max(loudness) - min(loudness), 0.3)
        for one in items:
            measured = self.json("check", "--only", "loudness", one["path"])["measurements"]
            self.assertLessEqual(measured["peak"]["true_dbtp"], 0.0, one["system"])
        self.assertEqual(sorted(os.listdir(self.path("listen"))),
                         sorted(os.path.basename(one["path"]) for one in items))

    def test_the_same_file_gives_the_same_bytes_and_files_that_exist_are_kept(self):
        short = self.path("short.wav")
        bench.ffmpeg("-t", "2", "-i", bench.EXCERPT, "-c:a", "pcm_s24le", short)
        first = self.systems(short, "--render", self.path("a"))["rendered"]
        again = self.systems(short, "--render", self.path("a"))["rendered"]
        for one, two in zip(first, again):
            self.assertNotEqual(one["path"], two["path"])
            self.assertEqual(bench.sha256(one["path"]), bench.sha256(two["path"]))

    def test_very_short_silent_mono_and_192_khz_files_work(self):
        def tone(name, rate, channels, seconds):
            frames = [(0.3 * math.sin(2 * math.pi * 440 * i / rate),) * channels for i in range(int(rate * seconds))]
            bench.float_wav(self.path(name), frames, rate, channels)
            return self.path(name)

        silence = self.path("silence.wav")
        bench.float_wav(silence, [(0.0, 0.0)] * 44100)
        document = self.systems(silence, "--render", self.path("s"))
        self.assertEqual((document["items"], document["rendered"], document["target"]), ([], [], None))
        one = self.path("one.wav")
        bench.float_wav(one, [(0.5, 0.5)])
        self.systems(one, "--render", self.path("o"))
        # Too short for any block of loudness: there is nothing to compare, and that is no error.
        document = self.systems(tone("short.wav", 44100, 2, 0.05), "--render", self.path("short"))
        self.assertEqual((document["items"], document["rendered"]), ([], []))
        for name, rate, channels, seconds in (("mono.wav", 44100, 1, 2),
                                              ("high.wav", 192000, 2, 1)):
            path = tone(name, rate, channels, seconds)
            document = self.systems(path, "--render", self.path(name + ".d"))
            self.assertEqual(len(document["items"]), len(SYSTEMS), name)
            for file in document["rendered"]:
                self.json("check", "--only", "loudness", file["path"])

    def test_the_page_and_the_text(self):
        text = self.succeeds("systems", bench.EXCERPT, "--html", self.path("page.html")).stdout.decode()
        self.assertIn("Phone", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        with open(self.path("page.html"), encoding="utf-8") as file:
            page = file.read()
        for words in ("<svg", "Kitchen radio, mono", "model, confidence low"):
            self.assertIn(words, page)
        self.assertNotIn("<script", page)

    def test_item_8_of_check_says_the_same(self):
        finding = self.json("check", bench.SONG)["findings"][7]
        self.assertEqual((finding["id"], finding["verdict"]), ("translation", "listen"))
        self.assertIn("14 modelled systems", finding["why"])
        losing = sum(1 for one in self.systems(bench.SONG)["items"] if one["lost"])
        self.assertEqual(finding["evidence"][0]["value"], losing)

    def test_what_cannot_be_done_is_an_error(self):
        self.fails("systems", self.path("nothing.wav"), says="nothing.wav: ")
        self.fails("systems", bench.EXCERPT, "--render", bench.EXCERPT, says="song-30s.wav: ")
        name = self.path("00-original.wav")
        self.copy(bench.EXCERPT, "00-original.wav")
        before = bench.sha256(name)
        self.fails("systems", name, "--render", self.folder, "--overwrite", says="this is the file itself")
        self.assertEqual(bench.sha256(name), before)

    def test_an_interrupt_leaves_nothing_half_written(self):
        folder = self.path("listen")
        with subprocess.Popen([bench.LACQUER, "systems", bench.SONG, "--render", folder], env=bench.environment(),
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as work:
            for _ in range(1200):
                if os.path.isdir(folder) or work.poll() is not None:
                    break
                time.sleep(0.05)
            work.send_signal(signal.SIGINT)
            self.assertEqual(work.wait(bench.PATIENCE_S), 130)
        self.assertEqual([name for name in os.listdir(folder) if not name.endswith(".wav")], [])


if __name__ == "__main__":
    unittest.main()
