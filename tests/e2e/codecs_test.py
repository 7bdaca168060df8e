"""lacquer codecs and --ceiling auto, from outside, against the ffmpeg program."""

import os
import re
import subprocess
import unittest

import bench

ENCODERS = {"vorbis": "libvorbis", "opus": "libopus", "aac": "aac", "mp3": "libmp3lame"}
CONTAINERS = {"vorbis": "ogg", "opus": "opus", "aac": "m4a", "mp3": "mp3"}


class Codecs(bench.Case):
    def decoded_by_ffmpeg(self, source, delivery):
        """A float WAV of what the ffmpeg program makes of a delivery."""
        codec, rate = delivery.split("-")
        lossy, decoded = self.path("x." + CONTAINERS[codec]), self.path("x.wav")
        more = ["-ar", "48000"] if codec == "opus" else []
        bench.ffmpeg("-i", source, *more, "-c:a", ENCODERS[codec], "-b:a", rate + "k", lossy)
        bench.ffmpeg("-i", lossy, "-c:a", "pcm_f32le", decoded)
        return decoded

    def peak(self, path):
        return self.json("check", "--only", "loudness", path)["measurements"]["peak"]["true_dbtp"]

    def loud(self, seconds=20):
        """Limited hard, so that decoders overshoot."""
        bench.ffmpeg("-i", bench.EXCERPT, "-t", seconds, "-af",
                     "volume=14dB,alimiter=limit=0.98:attack=1:release=20:level=0", "-c:a", "pcm_s24le",
                     self.path("loud.wav"))
        return self.path("loud.wav")

    def test_every_delivery_is_measured_as_the_ffmpeg_program_decodes_it(self):
        source = self.loud()
        document = self.json("codecs", source)
        self.assertEqual(document["missing"], [])
        names = [f"{one['codec']}-{one['bitrate_kbps']}" for one in document["items"]]
        self.assertEqual(names, ["vorbis-96", "vorbis-160", "vorbis-320", "aac-128", "aac-256", "opus-70", "opus-160",
                                 "mp3-128", "mp3-320"])
        for name, one in zip(names, document["items"]):
            self.assertEqual(list(one)[:5], ["codec", "bitrate_kbps", "platforms", "true_dbtp", "ceiling_needed_dbtp"])
            self.assertTrue(one["platforms"], name)
            # The program rounds 24 bits its own way on the way in, and resamples for Opus with another filter.
            self.assertAlmostEqual(one["true_dbtp"], self.peak(self.decoded_by_ffmpeg(source, name)),
                                   delta=0.5 if one["codec"] == "opus" else 0.2, msg=name)
            self.assertEqual([band["low_hz"] for band in one["bands"]], [20, 120, 500, 4000])
            self.assertLess(abs(one["loudness_change_lu"]), 0.5)

    def test_the_ceiling_is_needed_and_enough(self):
        source = self.loud()
        document = self.json("codecs", source, "--codec", "vorbis-160", "--codec", "mp3-128")
        self.assertFalse(document["ceiling"]["holds_as_it_is"])
        self.assertLess(document["ceiling"]["ceiling_dbtp"], self.peak(source))
        self.assertLessEqual(document["ceiling"]["decoded_dbtp"], 0)
        self.assertGreater(document["ceiling"]["cost_lu"], 0)
        for one in document["items"]:
            self.assertGreater(one["true_dbtp"], 0)
            self.assertGreater(one["samples_over"], 0)
            self.assertTrue(one["over_when"])
            self.assertLess(one["ceiling_needed_dbtp"], self.peak(source))

    def test_a_quiet_file_needs_no_lower_ceiling(self):
        bench.ffmpeg("-i", bench.EXCERPT, "-t", 5, "-af", "volume=-6dB", self.path("quiet.wav"))
        document = self.json("codecs", self.path("quiet.wav"), "--codec", "aac-256")
        self.assertTrue(document["ceiling"]["holds_as_it_is"])
        self.assertAlmostEqual(document["items"][0]["ceiling_needed_dbtp"], self.peak(self.path("quiet.wav")), delta=0.01)

    def test_the_odd_ones_work_too(self):
        bench.float_wav(self.path("short.wav"), [(0.1, -0.1)] * 300)
        bench.float_wav(self.path("silent.wav"), [(0.0, 0.0)] * 44100)
        bench.ffmpeg("-i", bench.EXCERPT, "-t", 3, "-ac", 1, self.path("mono.wav"))
        bench.ffmpeg("-i", bench.EXCERPT, "-t", 3, "-ar", 192000, self.path("high.wav"))
        for name in ("short", "silent", "mono", "high"):
            document = self.json("codecs", self.path(name + ".wav"))
            self.assertEqual(len(document["items"]), 9, name)
            for one in document["items"]:
                self.assertEqual(one["true_dbtp"] is None, name == "silent", name)
        self.assertIn(b"silent", self.succeeds("codecs", self.path("silent.wav")).stdout)

    def test_the_pairs_are_aligned_and_equally_loud(self):
        source = self.loud(8)
        for one in self.json("codecs", source, "--codec", "vorbis-96", "--codec", "opus-70", "--render",
                             self.path("listen"))["items"]:
            decoded, original = one["rendered"]["decoded"], one["rendered"]["original"]
            before, after = (self.json("check", "--only", "loudness", path) for path in (original, decoded))
            self.assertEqual(before["file"]["sample_rate_hz"], after["file"]["sample_rate_hz"])
            self.assertEqual(before["file"]["duration_s"], after["file"]["duration_s"])
            self.assertAlmostEqual(before["measurements"]["loudness"]["integrated_lufs"],
                                   after["measurements"]["loudness"]["integrated_lufs"], delta=0.03)
            self.assertLessEqual(after["measurements"]["peak"]["true_dbtp"], 0)
            # In step: what is left of one less the other is far below either.
            done = subprocess.run(["ffmpeg", "-nostdin", "-hide_banner", "-i", decoded, "-i", original, "-filter_complex",
                                   "[1]volume=-1.0[n];[0][n]amix=inputs=2:normalize=0,volumedetect", "-f", "null", "-"],
                                  capture_output=True, text=True, check=True)
            left = float(re.search(r"mean_volume: (-?[\d.]+) dB", done.stderr).group(1))
            self.assertLess(left, after["measurements"]["loudness"]["integrated_lufs"] - 6)

    def test_the_page_and_the_text(self):
        source = self.loud(5)
        text = self.succeeds("codecs", source, "--codec", "mp3-128", "--html", self.path("page.html")).stdout.decode()
        self.assertIn("are not all public", " ".join(text.split()))
        self.assertIn("MP3 128 kbps", text)
        with open(self.path("page.html"), encoding="utf-8") as file:
            self.assertIn("<svg", file.read())

    def test_the_same_file_gives_the_same_document(self):
        source = self.loud(5)
        first, second = (self.succeeds("codecs", source, "--json", "--codec", "aac-128", "--codec", "vorbis-96",
                                       "--codec", "opus-70").stdout for _ in range(2))
        self.assertEqual(first, second)

    def test_wrong_usage(self):
        self.fails("codecs", bench.EXCERPT, "--codec", "wax-33", status=2, says="vorbis-96")
        self.fails("codecs", self.path("nothing.wav"), status=1)

    def test_a_master_under_a_solved_ceiling_survives_every_delivery(self):
        out = self.path("out.wav")
        document = self.json("master", bench.EXCERPT, "-o", out, "--loudness", "-10", "--force", "--ceiling", "auto",
                             "--anyway")
        self.assertLess(document["plan"]["ceiling_dbtp"], -1.0)
        self.assertIn("solved by encoding", document["plan"]["why"])
        claims = {one["claim"]: one for one in document["verified"]}
        self.assertTrue(claims["decoded true_peak <= 0.0 dBTP"]["holds"])
        for delivery in ("vorbis-96", "aac-128", "mp3-128", "mp3-320"):
            self.assertLessEqual(self.peak(self.decoded_by_ffmpeg(out, delivery)), 0.0, delivery)
        plan = self.json("plan", bench.EXCERPT, "--loudness", "-10", "--force", "--ceiling", "auto")
        self.assertEqual(os.path.basename(plan["source"]["path"]), os.path.basename(bench.EXCERPT))
        self.assertLess(plan["ceiling_dbtp"], -1.0)


if __name__ == "__main__":
    unittest.main()
