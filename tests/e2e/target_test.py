"""lacquer target learn, --target and --reference, from outside."""

import json
import os
import signal
import subprocess
import time
import unittest

import bench


class Target(bench.Case):
    def records(self, count=3, seconds=31):
        """A folder of stereo records, each a little darker than the one before."""
        os.makedirs(self.path("records"), exist_ok=True)
        for number in range(count):
            bench.ffmpeg("-i", bench.SONG, "-t", str(seconds), "-af", f"treble=g=-{2 * number}:f=6000",
                         self.path(f"records/{number}.wav"))
        return self.path("records")

    def learned(self, *more, name="mine.toml", **options):
        return self.json("target", "learn", self.path("records"), "-o", self.path(name), *more, **options)["items"][0]

    def test_a_folder_becomes_a_target_that_judges(self):
        self.records()
        item = self.learned()
        self.assertEqual((item["id"], item["kind"], item["songs"], item["own_tolerance"]), ("mine", "target", 3, True))
        self.assertEqual((len(item["level_db"]), len(item["tolerance_db"])), (31, 31))
        self.assertAlmostEqual(sum(item["level_db"][10:21]) / 11, 0.0, delta=0.06)  # each to a tenth
        # The median of the three is the one in the middle.
        middle = self.json("check", self.path("records/1.wav"))["measurements"]["spectrum"]["third_octaves"]
        for band in range(5, 28):
            self.assertAlmostEqual(item["level_db"][band], middle[band]["level_db"], delta=0.3)
        self.assertEqual(self.json("plan", bench.SONG, "--target", self.path("mine.toml"))["target"], "mine")
        self.succeeds("check", bench.EXCERPT, "--target", self.path("mine.toml"))

    def test_the_same_records_give_the_same_bytes(self):
        self.records(2)
        self.learned(name="one.toml")
        first = bench.sha256(self.path("one.toml"))
        self.learned("--overwrite", name="one.toml")
        self.assertEqual(bench.sha256(self.path("one.toml")), first)

    def test_text_names_the_target(self):
        self.records(1)
        text = self.succeeds("target", "learn", self.path("records"), "-o", self.path("One Record.toml")).stdout.decode()
        self.assertIn("One Record.toml", text)
        self.assertIn("too few", text)
        with open(self.path("One Record.toml"), encoding="utf-8") as file:
            self.assertIn('name = "one-record"', file.read())

    def test_bad_records_are_told_and_left_out(self):
        self.records(1)
        bench.float_wav(self.path("records/silence.wav"), [(0.0, 0.0)] * 44100 * 11)
        bench.ffmpeg("-i", bench.SONG, "-t", "5", self.path("records/short.wav"))
        bench.ffmpeg("-i", bench.SONG, "-t", "31", "-ac", "1", self.path("records/mono.wav"))
        with open(self.path("records/text.wav"), "w", encoding="utf-8") as file:
            file.write("this is text")
        done = bench.run("target", "learn", self.path("records"), "-o", self.path("t.toml"), "--json")
        self.assertEqual(done.returncode, 1)  # one could not be read; the rest went on
        item = json.loads(done.stdout)["items"][0]
        used = {os.path.basename(one["path"]): one["used"] for one in item["records"]}
        self.assertEqual(used, {"0.wav": True, "mono.wav": True, "short.wav": False, "silence.wav": False})
        for name in ("silence.wav: left out", "short.wav: left out", "mono.wav: it is mono", "text.wav: "):
            self.assertIn(name, done.stderr.decode())

    def test_nothing_to_learn_from_writes_nothing(self):
        os.mkdir(self.path("records"))
        bench.float_wav(self.path("records/silence.wav"), [(0.0, 0.0)] * 44100)
        done = bench.run("target", "learn", self.path("records"), "-o", self.path("t.toml"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("no record to learn from", done.stderr.decode())
        self.assertEqual(self.listing(), ["records/silence.wav"])

    def test_a_target_that_exists_is_kept(self):
        self.records(1)
        self.learned()
        self.assertEqual(os.path.basename(self.learned()["path"]), "mine-2.toml")
        self.assertEqual(os.path.basename(self.learned("--overwrite")["path"]), "mine.toml")

    def test_a_record_is_never_written_over(self):
        self.records(1)
        before = bench.sha256(self.path("records/0.wav"))
        self.fails("target", "learn", self.path("records"), "-o", self.path("records/0.wav"), "--overwrite",
                   says="0.wav: this is one of the records")
        self.assertEqual(bench.sha256(self.path("records/0.wav")), before)

    def test_an_interrupt_leaves_nothing(self):
        self.records(1)
        for number in range(40):
            os.link(self.path("records/0.wav"), self.path(f"records/again-{number}.wav"))
        with subprocess.Popen([bench.LACQUER, "target", "learn", self.path("records"), "-o", self.path("t.toml")],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=bench.environment()) as program:
            time.sleep(0.3)
            program.send_signal(signal.SIGINT)
            _, said = program.communicate(timeout=bench.PATIENCE_S)
        self.assertEqual(program.returncode, 130, said)
        self.assertFalse(os.path.exists(self.path("t.toml")))

    def test_a_broken_target_names_file_line_and_field(self):
        for text, says in (("schema = 1\nname = \"Big\"\n", r"t\.toml:2: name: "),
                           ("schema = 1\nname = \"a\"\nlabel = \"x\"\nlevel_db = [1]\n", r"t\.toml:4: level_db: "),
                           ("schema = [", r"t\.toml:1: "), ("a." * 60000 + "a = 1", r"t\.toml: this is no target")):
            with open(self.path("t.toml"), "w", encoding="utf-8") as file:
                file.write(text)
            for command in ("check", "plan", "master"):
                done = bench.run(command, bench.EXCERPT, "--target", self.path("t.toml"))
                self.assertEqual(done.returncode, 1)
                self.assertRegex(done.stderr.decode(), says)
                self.assertEqual(len(done.stderr.decode().splitlines()), 1)
        self.assertEqual(self.listing(), ["t.toml"])

    def test_an_unknown_target_is_wrong_usage(self):
        self.fails("check", bench.EXCERPT, "--target", "loud", status=2, says="neither a built-in target nor a file")
        self.fails("check", bench.EXCERPT, "--target", "modern", "--reference", bench.SONG, status=2, says="excludes")
        self.fails("check", bench.EXCERPT, "--only", "loudness", "--target", "modern", status=2, says="judges nothing")


class Reference(bench.Case):
    def test_references_take_the_place_of_a_target(self):
        self.assertEqual(self.json("plan", bench.EXCERPT, "--reference", bench.SONG)["target"], "reference")
        self.assertEqual(self.json("plan", bench.EXCERPT, "--target", "acoustic")["target"], "acoustic")
        self.succeeds("check", bench.EXCERPT, "--reference", bench.SONG, "--reference", bench.DEMO)

    def test_a_reference_that_says_nothing_is_refused(self):
        silence, short, mono = self.path("silence.wav"), self.path("short.wav"), self.path("mono.wav")
        bench.float_wav(silence, [(0.0, 0.0)] * 44100 * 11)
        bench.ffmpeg("-i", bench.SONG, "-t", "9", short)
        bench.ffmpeg("-i", bench.SONG, "-t", "31", "-ac", "1", mono)
        for file, says in ((silence, "it is silent"), (short, "shorter than 10"), (mono, "must be stereo"),
                           (self.path("nothing.wav"), "nothing.wav: ")):
            for command in ("check", "master"):
                self.fails(command, bench.EXCERPT, "--reference", bench.SONG, "--reference", file, says=says)
        self.assertEqual(self.listing(), ["mono.wav", "short.wav", "silence.wav"])

    def test_a_folder_of_references_is_read(self):
        os.mkdir(self.path("references"))
        self.copy(bench.SONG, "references/a.wav")
        self.assertEqual(self.json("plan", bench.EXCERPT, "--reference", self.path("references"))["target"], "reference")


if __name__ == "__main__":
    unittest.main()
