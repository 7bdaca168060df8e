"""lacquer words, from outside."""

import os
import unittest

import bench


class Words(bench.Case):
    def test_the_list_holds_every_word_by_cluster(self):
        text = self.succeeds("words").stdout.decode()
        items = self.json("words")["items"]
        self.assertGreaterEqual(len(items), 30)
        for one in items:
            self.assertIn(f"  {one['id']} ", text)
            self.assertEqual(list(one)[:5], ["id", "kind", "topic", "title", "summary"])
            self.assertLess(one["low_hz"], one["high_hz"])
            self.assertIsNone(one["state"])
            self.assertIsNone(one["rendered"])
        self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_a_word_says_what_its_range_does_in_every_state(self):
        one = self.json("words", "Boxy")["items"][0]
        self.assertEqual((one["id"], one["low_hz"], one["high_hz"], one["names"]), ("boxy", 300, 800, "excess"))
        text = " ".join(self.succeeds("words", "boxy").stdout.decode().split())
        for key in ("excess", "normal", "deficiency", "instruments"):
            self.assertIn(one[key], text)
        self.assertIn("300 to 800 Hz", text)

    def test_an_unknown_word_is_wrong_usage(self):
        self.fails("words", "qwerty", status=2, says="no word qwerty; lacquer words lists them")

    def test_a_file_is_described_in_words(self):
        judged = self.json("check", bench.SONG)["words"]
        items = self.json("words", "--file", bench.SONG)["items"]
        self.assertEqual([one["id"] for one in items], [one["term"] for one in judged])
        self.succeeds("words", "--file", bench.SONG)
        self.succeeds("words", "boxy", "--file", bench.SONG)
        self.fails("words", "--file", self.path("nothing.wav"), says="nothing.wav: ")

    def test_a_word_can_be_heard(self):
        folder = self.path("listen")
        one = self.json("words", "boxy", "--file", bench.SONG, "--render", folder)["items"][0]
        files = one["rendered"]["files"]
        self.assertEqual([file["way"] for file in files], ["original", "alone", "boosted", "cut"])
        names = [os.path.basename(file["path"]) for file in files]
        self.assertEqual(sorted(os.listdir(folder)), sorted(names + ["boxy.txt"]))
        for file in files:
            self.assertEqual(file["short_of_lu"], 0)
            self.assertGreaterEqual(file["to_s"] - file["from_s"], 8)
            self.assertLessEqual(file["to_s"] - file["from_s"], 15)
        # FFmpeg prints tenths.
        loudness = [bench.loudness_by_ffmpeg(file["path"]) for file in files]
        self.assertLessEqual(max(loudness) - min(loudness), 0.11)
        with open(one["rendered"]["index"]["path"], encoding="utf-8") as file:
            index = file.read()
        for name in names:
            self.assertIn(name, index)

        text = self.succeeds("words", "boxy", "--file", bench.SONG, "--render", folder).stdout.decode()
        self.assertIn("boxy-2-alone-2.wav", text)  # what is there is kept
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        self.assertEqual(bench.sha256(files[1]["path"]), bench.sha256(os.path.join(folder, "boxy-2-alone-2.wav")))

    def test_what_cannot_be_heard_is_refused(self):
        self.fails("words", "boxy", "--render", self.folder, status=2, says="--render needs a word and a file")
        self.fails("words", "--file", bench.SONG, "--render", self.folder, status=2, says="needs a word and a file")
        self.fails("words", "boxy", "--file", bench.EXCERPT, "--render", bench.EXCERPT, says="song-30s.wav: ")
        silence = self.path("silence.wav")
        bench.float_wav(silence, [(0.0, 0.0)] * 44100)
        self.fails("words", "boxy", "--file", silence, "--render", self.path("s"), says="nothing in it to listen to")
        self.copy(bench.EXCERPT, "boxy-1-original.wav")
        before = bench.sha256(self.path("boxy-1-original.wav"))
        self.fails("words", "boxy", "--file", self.path("boxy-1-original.wav"), "--render", self.folder, "--overwrite",
                   says="this is the file itself")
        self.assertEqual(bench.sha256(self.path("boxy-1-original.wav")), before)


if __name__ == "__main__":
    unittest.main()
