"""lacquer words, from outside."""

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


if __name__ == "__main__":
    unittest.main()
