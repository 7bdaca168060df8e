"""lacquer platforms, from outside."""

import os
import struct
import unittest

import bench


class Platforms(bench.Case):
    def by_mode(self, *arguments):
        return {(one["platform"], one["mode"], one["file"]): one for one in self.json("platforms", *arguments)["items"]}

    def one(self, items, platform, mode):
        return next(one for key, one in items.items() if key[:2] == (platform, mode))

    def loudness(self, path):
        return self.json("check", "--only", "loudness", path)["measurements"]

    def test_the_rules_stand_alone_without_a_file(self):
        items = self.json("platforms")["items"]
        self.assertGreaterEqual({one["platform"] for one in items},
                                {"spotify", "apple-music", "youtube", "youtube-music", "tidal", "amazon-music", "deezer",
                                 "soundcloud", "bandcamp", "beatport-club", "ebu-r128", "apple-podcasts"})
        for one in items:
            self.assertEqual(list(one)[:10], ["platform", "mode", "reference_lufs", "gain_db", "playback_lufs",
                                              "playback_dbtp", "limited_by", "source", "dated", "confidence"])
            self.assertIsNone(one["gain_db"])
            self.assertTrue(one["source"] and one["dated"] and one["confidence"])
        text = self.succeeds("platforms").stdout.decode()
        self.assertIn("not targets", " ".join(text.split()))

    def test_every_rule_does_to_a_track_what_it_says(self):
        measured = self.loudness(bench.EXCERPT)
        lufs, dbtp = measured["loudness"]["integrated_lufs"], measured["peak"]["true_dbtp"]
        for one in self.json("platforms", bench.EXCERPT)["items"]:
            self.assertEqual(one["file"], bench.EXCERPT)
            self.assertAlmostEqual(one["playback_lufs"], lufs + one["gain_db"], delta=0.002)
            wanted = 0 if one["reference_lufs"] is None else one["reference_lufs"] - lufs
            if one["rule"] == "none":
                self.assertEqual(one["gain_db"], 0)
            elif one["rule"] == "down_only":
                self.assertAlmostEqual(one["gain_db"], min(0, wanted), delta=0.002)
            elif one["rule"] == "peak_limited":
                room = max(0, min(wanted, one["up_ceiling_dbtp"] - dbtp))
                self.assertAlmostEqual(one["gain_db"], wanted if wanted <= 0 else room, delta=0.002)
            else:
                self.assertAlmostEqual(one["gain_db"], wanted, delta=0.002)

    def test_several_files_are_an_album(self):
        loud = self.path("loud.wav")
        bench.ffmpeg("-i", bench.EXCERPT, "-af", "volume=6dB", "-c:a", "pcm_f32le", loud)
        both = self.path("both.wav")
        bench.ffmpeg("-i", bench.EXCERPT, "-i", loud, "-filter_complex", "concat=n=2:v=0:a=1", "-c:a", "pcm_f32le", both)
        items = self.json("platforms", bench.EXCERPT, loud)["items"]
        album = [one for one in items if one["platform"] == "spotify" and one["mode"] == "quiet"]
        self.assertEqual(len(album), 1)
        self.assertIsNone(album[0]["file"])
        whole = self.loudness(both)["loudness"]["integrated_lufs"]
        # Three blocks over the join are all that differs.
        self.assertAlmostEqual(album[0]["playback_lufs"] - album[0]["gain_db"], whole, delta=0.05)
        tracks = [one for one in items if one["platform"] == "youtube"]
        self.assertEqual([one["file"] for one in tracks], [bench.EXCERPT, loud])
        text = self.succeeds("platforms", bench.EXCERPT, loud).stdout.decode()
        self.assertIn("An album of 2 tracks, measured as one", text)

    def test_what_is_rendered_is_as_loud_as_was_said(self):
        items = self.by_mode(bench.EXCERPT, "--render", self.path("listen"))
        normal = self.one(items, "spotify", "normal")
        self.assertEqual(normal["rendered"], [self.path("listen/spotify-normal.wav")])
        heard = self.loudness(normal["rendered"][0])
        self.assertAlmostEqual(heard["loudness"]["integrated_lufs"], normal["playback_lufs"], delta=0.02)
        self.assertAlmostEqual(heard["peak"]["true_dbtp"], normal["playback_dbtp"], delta=0.02)
        self.assertEqual(self.one(items, "bandcamp", "default")["rendered"], [])
        self.assertEqual(self.one(items, "ebu-r128", "programme")["rendered"], [])
        count = sum(len(one["rendered"]) for one in items.values())
        self.assertEqual(len(os.listdir(self.path("listen"))), count)
        self.assertGreaterEqual(count, 10)
        again = self.by_mode(bench.EXCERPT, "--render", self.path("listen"))
        self.assertRegex(self.one(again, "spotify", "normal")["rendered"][0], r"normal-2\.wav$")

    def test_spotify_louds_limiter_is_heard(self):
        # Quiet with high peaks: the gain up drives it into the limiter.
        frames = [(0.05 * (-1) ** (i // 50), 0.0) for i in range(44100 * 3)]
        for i in range(0, len(frames), 8820):
            frames[i] = (0.9, 0.9)
        bench.float_wav(self.path("spiky.wav"), frames)
        items = self.by_mode(self.path("spiky.wav"), "--render", self.path("listen"))
        loud = self.one(items, "spotify", "loud")
        self.assertEqual(loud["limited_by"], "limiter")
        heard = self.loudness(loud["rendered"][0])
        self.assertLessEqual(heard["peak"]["sample_dbfs"], -0.99)
        # As long as the file, and in step with it.
        with open(loud["rendered"][0], "rb") as file:
            data = file.read()
        at = data.index(b"data")
        self.assertEqual(struct.unpack("<I", data[at + 4:at + 8])[0], len(frames) * 2 * 3)
        spike = max(range(0, 40000), key=lambda i: abs(int.from_bytes(data[at + 8 + 6 * i:at + 11 + 6 * i], "little",
                                                                      signed=True)))
        self.assertEqual(spike % 8820, 0)

    def test_the_page_shows_the_picture_and_says_that_these_are_no_targets(self):
        self.succeeds("platforms", bench.EXCERPT, "--html", self.path("page.html"))
        with open(self.path("page.html"), encoding="utf-8") as file:
            page = file.read()
        self.assertIn("<svg", page)
        self.assertIn("not targets to master to", page)
        self.assertNotIn("http-equiv", page)
        self.assertIn("support.spotify.com", page)

    def test_silence_and_short_files_have_no_level_to_set(self):
        bench.float_wav(self.path("silent.wav"), [(0.0, 0.0)] * 44100)
        for one in self.json("platforms", self.path("silent.wav"))["items"]:
            self.assertIsNone(one["gain_db"])
            self.assertIsNone(one["limited_by"])
        self.assertIn(b"silent", self.succeeds("platforms", self.path("silent.wav")).stdout)

    def test_wrong_usage(self):
        self.fails("platforms", "--html", self.path("x.html"), status=2, says="name one")
        self.fails("platforms", self.path("nothing.wav"), status=1)
        self.fails("platforms", bench.EXCERPT, "--render", bench.EXCERPT, status=1, says="folder")


if __name__ == "__main__":
    unittest.main()
