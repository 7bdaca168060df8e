"""lacquer clips, from outside."""

import os
import re
import struct
import unittest

import bench


def wav_header(path):
    """Format code, channels, sample rate and bits of a WAV file."""
    with open(path, "rb") as file:
        head = file.read(64)
    code, channels, rate, _, _, bits = struct.unpack("<HHIIHH", head[20:36])
    return code, channels, rate, bits


class Clips(bench.Case):
    def clips(self, source=bench.SONG, *more, folder="clips"):
        return self.json("clips", source, "-o", self.path(folder), *more)["items"]

    def test_every_item_that_names_a_passage_gets_a_clip(self):
        findings = self.json("check", bench.SONG)["findings"]
        wanted = [f"{one['item']:02}-{one['id']}.wav" for one in findings if one["listen"] and one["verdict"] != "n/a"]
        items = self.clips()
        self.assertEqual([os.path.basename(one["path"]) for one in items if one["kind"] == "clip"], wanted)
        self.assertTrue(wanted)
        for one in items:
            self.assertEqual(list(one)[:6], ["id", "kind", "topic", "title", "summary", "path"])
            self.assertTrue(8 <= one["to_s"] - one["from_s"] <= 15)
            self.assertTrue(one["summary"])
            code, channels, rate, bits = wav_header(one["path"])
            self.assertEqual((code, channels, rate, bits), (1, 2, 44100, 24))

    def test_clips_are_equally_loud_and_do_not_clip(self):
        for one in self.clips():
            measured = self.json("check", "--only", "loudness", one["path"])["measurements"]
            # 24 bits and the fades change nothing that is heard.
            self.assertAlmostEqual(measured["loudness"]["integrated_lufs"], -18.0, delta=0.05)
            self.assertLessEqual(measured["peak"]["true_dbtp"], -0.99)

    def test_mono_compatibility_comes_in_mono_too(self):
        items = {os.path.basename(one["path"]): one for one in self.clips(bench.INVERTED)}
        mono = items["03-mono-compatibility.mono.wav"]
        self.assertEqual((mono["kind"], mono["gain_db"]), ("mono", items["03-mono-compatibility.wav"]["gain_db"]))
        loudness = [self.json("check", "--only", "loudness", self.path("clips/" + name))["measurements"]["loudness"]
                    ["integrated_lufs"] for name in ("03-mono-compatibility.wav", "03-mono-compatibility.mono.wav")]
        # One channel upside down: in mono nearly everything goes, and is missed.
        self.assertTrue(loudness[1] is None or loudness[1] < loudness[0] - 10)

    def test_files_that_exist_are_kept(self):
        first = self.clips()[0]["path"]
        before = bench.sha256(first)
        self.assertRegex(self.clips()[0]["path"], r"-2\.wav$")
        self.assertEqual(bench.sha256(first), before)
        count = len(self.listing())
        self.assertEqual(self.clips(bench.SONG, "--overwrite")[0]["path"], first)
        self.assertEqual(len(self.listing()), count)

    def test_the_input_is_never_written_over(self):
        name = self.path("08-translation.wav")
        self.copy(bench.EXCERPT, "08-translation.wav")
        before = bench.sha256(name)
        self.fails("clips", name, "-o", self.folder, "--overwrite", says="08-translation.wav: this is the file itself")
        self.assertEqual(bench.sha256(name), before)

    def test_text_says_what_to_listen_for(self):
        text = self.succeeds("clips", bench.EXCERPT, "-o", self.path("clips")).stdout.decode()
        self.assertRegex(text, r"(?m)^ 8  ")
        self.assertRegex(re.sub(r"\s+", "", text), "clips/08-translation.wav")
        self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_the_same_file_gives_the_same_bytes(self):
        one, two = (self.clips(bench.EXCERPT, folder=name)[0]["path"] for name in ("a", "b"))
        self.assertEqual(bench.sha256(one), bench.sha256(two))

    def test_what_cannot_be_cut_is_an_error(self):
        silence = self.path("silence.wav")
        bench.float_wav(silence, [(0.0, 0.0)] * 44100)
        self.fails("clips", silence, "-o", self.path("clips"), says="silence.wav: ")
        self.assertFalse(os.path.exists(self.path("clips")))
        self.fails("clips", bench.EXCERPT, "-o", silence, says="silence.wav: ")
        self.fails("clips", bench.EXCERPT, status=2, says="--output")
        self.fails("clips", self.folder, "-o", self.path("clips"), says=self.folder)


if __name__ == "__main__":
    unittest.main()
