"""lacquer learn, from outside: every lesson and its exercise on one synthesised song."""

import array
import math
import os
import random
import struct
import unittest

import bench

RATE = 44100
BPM = 120.0
SECONDS = 16.0


def hits(hz, every_s, first_s, decay_s, level, length_s=0.3):
    """A decaying sine every so often, on both channels."""
    out = array.array("f", bytes(4 * int(RATE * SECONDS)))
    one = [level * math.exp(-n / RATE / decay_s) * math.sin(2 * math.pi * hz * n / RATE)
           for n in range(int(length_s * RATE))]
    at = first_s
    while at < SECONDS:
        start = round(at * RATE)
        for n, value in enumerate(one[:len(out) - start]):
            out[start + n] += value
        at += every_s
    return out


def noise(level, seed, from_s=0.0):
    generator = random.Random(seed)
    out, low = array.array("f", bytes(4 * int(RATE * SECONDS))), 0.0
    for n in range(int(from_s * RATE), len(out)):
        low += 0.1 * (generator.uniform(-1, 1) - low)
        out[n] = level * (low + 0.1 * generator.uniform(-1, 1))
    return out


def added(*parts):
    out = array.array("f", parts[0])
    for part in parts[1:]:
        for n, value in enumerate(part):
            out[n] += value
    return out


def write(path, left, right=None):
    right = left if right is None else right
    data = array.array("f", (value for frame in zip(left, right) for value in frame)).tobytes()
    with open(path, "wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt ")
        file.write(struct.pack("<IHHIIHH", 16, 3, 2, RATE, RATE * 8, 8, 32))
        file.write(b"data" + struct.pack("<I", len(data)) + data)
    return path


def song(folder):
    """Stems of a loop, louder and fuller in its second half, and the mix of them."""
    at = lambda name: os.path.join(folder, name + ".wav")  # noqa: E731
    kick, bass = hits(55, 0.5, 0, 0.08, 0.4), hits(58, 0.5, 0, 0.15, 0.3)
    late_bass = hits(58, 0.5, 0.25, 0.15, 0.3)
    snare, hats = hits(900, 1.0, 0.5, 0.05, 0.2), hits(7000, 0.25, 0, 0.02, 0.1, 0.1)
    lead = hits(2000, 0.5, 8.25, 0.15, 0.2)
    left, right = noise(0.45, 1, 8.0), noise(0.45, 2, 8.0)
    thin = [array.array("f", (0.6 * value for value in part)) for part in (left, right)]
    middle = added(kick, bass, snare, hats, lead)
    tone = [0.1 * math.sin(2 * math.pi * 1000 * n / RATE) for n in range(int(4 * RATE))]
    return {"kick": write(at("kick"), kick), "bass": write(at("bass"), bass), "late": write(at("late"), late_bass),
            "snare": write(at("snare"), snare), "hats": write(at("hats"), hats), "lead": write(at("lead"), lead),
            "pad": write(at("pad"), left, right), "thin": write(at("thin"), *thin), "middle": write(at("middle"), middle),
            "mix": write(at("mix"), added(middle, left), added(middle, right)),
            "older": write(at("older"), added(middle, thin[0]), added(middle, thin[1])),
            "tone": write(at("tone"), array.array("f", tone))}


class Learn(bench.Case):
    @classmethod
    def setUpClass(cls):
        import shutil
        import tempfile
        cls.music = tempfile.mkdtemp(prefix="lacquer-e2e-song-")
        cls.addClassCleanup(shutil.rmtree, cls.music, ignore_errors=True)
        cls.file = song(cls.music)

    def prepared(self, lesson, files, says=(), folder=None):
        """Runs an exercise and returns what it shows."""
        arguments = ["learn", lesson, "--seed", "7", "-o", self.path(folder or f"out-{lesson}"), "--run"]
        arguments += [self.file.get(name, name) for name in files]
        for one in says:
            arguments += ["--say", one]
        return self.json(*arguments)["items"][0]

    def scored(self, lesson, answers, folder=None):
        arguments = ["learn", lesson, "--score", self.path(folder or f"out-{lesson}")]
        for one, said in answers.items():
            for text in said if isinstance(said, list) else [said]:
                arguments += ["--say", f"{one}={text}"]
        return self.json(*arguments)["items"][0]

    @staticmethod
    def answered(ready, **known):
        """The first choice, 0 or a word to every question that must be answered and is not known."""
        answers = {}
        for one in ready.get("questions", []):
            key = one["id"].replace("-", "_")
            if key in known:
                answers[one["id"]] = known[key]
            elif not one["optional"]:
                answers[one["id"]] = one["choices"][0] if one["form"] == "choice" else (
                    "0" if one["form"] == "number" else "words")
        return answers

    def test_every_lesson_has_an_exercise_that_runs_and_is_scored(self):
        project = self.path("project")
        os.mkdir(project)
        open(os.path.join(project, "me_harbour_mix_v07_2027-03-14.wav"), "wb").close()
        taps = " ".join(f"{0.5 * n:.3f}" for n in range(30))
        notes = [f"note=0:{n:02} a sound {n}" for n in range(2, 10)]
        marks = "30+ 34- 43+ 48- 60+"
        # lesson: files, what is said first, known answers, passed
        lessons = {
            1: ([], ["sentence=The chorus lifts, mono costs little"], {"check_1": "ear", "check_2": "meter"}, True),
            2: ([], [], {"session": ["2026-11-20 making 30 searching 40", "2026-11-23 making 61"]}, True),
            3: ([], [], {"position_1": marks, "position_2": marks, "band": "75 to 95 Hz"}, True),
            4: (["mix"], [], {}, True),
            5: (["mix", "older", "middle", "pad"], [], {"role_1": "low end", "role_2": "voice", "role_3": "space"}, True),
            6: (["mix"], notes, {}, True),
            7: ([], [], {"outcome": "not now"}, True),
            8: (["tone"], [], {"run": ["48", "52.5", "0:59"]}, True),
            9: ([project, "mix", "mix"], [], {}, True),
            10: (["mix"], ["limit-minutes=60", "limit-tracks=8", "limit-tools=one synth"],
                 {"tempo": "240", "minutes": "50", "tracks": "6", "tools": "held"}, True),
            11: (["mix"], [], {}, True),
            12: (["kick", "pad", "mix", "older"], [], {}, False),
            13: (["mix"], [], {}, False),
            14: (["mix", "older"], [], {"reason": "every band is within 3 dB"}, True),
            15: (["middle"], [], {}, False),
            16: (["mix"], [], {"verdict": "multiband"}, True),
            17: (["mix", "middle"], [], {"verdict": "fix"}, True),
            18: (["mix"], [], {"low": "same", "middle": "same", "high": "narrow"}, True),
            19: (["mix"], [], {"format": "24 bits at 44.1 kHz"}, True),
            20: (["mix"], [], {}, False),
            21: ([], [f"taps-1={taps}", f"taps-2={taps}"], {"tempo": "120"}, True),
            22: (["kick", "bass", "kick", "late"], [], {"owner": "kick"}, True),
            23: (["hats", "snare", "kick"], ["tempo=120"], {"keep": "take-03", "sentence": "hats wait"}, True),
            24: (["kick", "hats", "lead"], [], {}, True),
            25: (["kick", "bass"], ["key=a"], {"decision": "leave"}, True),
            26: (["mix", "older"], ["tempo=120"], {"variation": "strip-01"}, True),
            27: (["lead", "pad", "thin"], ["tempo=120"], {"part": "the pad"}, True),
            28: (["mix"], ["curve=2 3 8 9", "sections=0:00 verse, 0:08 chorus", "main=chorus"], {}, True),
            29: (["middle", "pad", "mix"], [f"prediction-{n}=something" for n in (1, 2, 3)], {}, None),
            30: (["mix", "older"], [], {"done": "not done"}, None),
        }
        self.assertEqual(len(lessons), 30)
        for lesson, (files, first, known, passed) in lessons.items():
            with self.subTest(lesson=lesson):
                ready = self.prepared(lesson, files, first)
                self.assertEqual(ready["seed"], 7)
                for one in ready.get("files", []):
                    self.assertTrue(os.path.exists(one["path"]), one)
                answers = self.answered(ready, **known)
                if lesson == 16:
                    times = {one["label"]: one["text"] for one in ready["readings"]}
                    answers.update({"loud": times["loud-1"], "quiet": times["quiet-1"]})
                if lesson == 29:  # twelve hours have not passed
                    done = bench.run("learn", "29", "--score", self.path("out-29"),
                                     *sum((["--say", f"{k}={v}"] for k, v in answers.items()), []))
                    self.assertEqual(done.returncode, 1)
                    self.assertIn(b"come back after 12 hours", done.stderr)
                    continue
                found = self.scored(lesson, answers) if "questions" in ready else ready  # nothing to ask: scored at once
                if passed is not None:
                    self.assertEqual(found["passed"], passed, found)
                self.assertTrue(found["summary"])
        done = {one["number"] for one in self.json("learn")["items"] if one["done"]}
        self.assertTrue({1, 2, 17, 27} <= done, done)
        self.assertFalse({12, 13, 15, 29} & done, done)

    def test_trials_are_equally_loud_and_the_answers_are_sealed(self):
        ready = self.prepared(13, ["mix"])
        loudness = [self.json("check", "--only", "loudness", one["path"])["measurements"]["loudness"]["integrated_lufs"]
                    for one in ready["files"]]
        self.assertLess(max(loudness) - min(loudness), 0.1)
        with open(self.path("out-13/exercise.sealed"), encoding="ascii") as file:
            sealed = file.read()
        for word in ("muddy", "boxy", "answers\""):
            self.assertNotIn(word, sealed)
        self.fails("learn", "13", "--run", self.file["mix"], "-o", self.path("out-13"), says="it holds an exercise already")
        self.fails("learn", "14", "--score", self.path("out-13"), status=2, says="exercise of lesson 13")
        self.fails("learn", "13", "--score", self.path("out-13"), says="trial-01 is not answered yet")
        self.fails("learn", "13", "--score", self.folder, says="there is no exercise here")

    def test_the_same_seed_renders_the_same_bytes(self):
        one, two = self.prepared(13, ["mix"], folder="a"), self.prepared(13, ["mix"], folder="b")
        self.assertEqual([bench.sha256(x["path"]) for x in one["files"]], [bench.sha256(x["path"]) for x in two["files"]])

    def test_answers_are_kept_first_beside_newest(self):
        self.succeeds("learn", "1", "--answer", "when the chorus lifts", "--answer", "because I am afraid")
        self.succeeds("learn", "1", "--answer", "when it is exported é \x01")
        answers = self.json("learn", "1")["items"][0]["answers"]
        self.assertEqual(answers[0]["first"]["text"], "when the chorus lifts")
        self.assertEqual(answers[0]["newest"]["text"], "when it is exported é \x01")
        self.assertEqual(answers[1]["first"], answers[1]["newest"])
        text = self.succeeds("learn", "1").stdout.decode()
        self.assertIn("first:  when the chorus lifts", text)
        self.succeeds("learn", "1", "--done")
        self.assertTrue(self.json("learn")["items"][0]["done"])
        self.succeeds("learn", "30", "--html", self.path("page.html"))
        with open(self.path("page.html"), encoding="utf-8") as file:
            page = file.read()
        self.assertIn("How you work", page)
        self.assertIn("because I am afraid", page)
        self.assertNotIn("\x01", page)

    def test_lessons_are_shown_and_listed(self):
        items = self.json("learn")["items"]
        self.assertEqual([one["number"] for one in items], list(range(1, 31)))
        self.assertEqual(list(items[0])[:7], ["id", "kind", "topic", "title", "summary", "course", "minutes"])
        for lesson in range(1, 31):
            text = self.succeeds("learn", str(lesson)).stdout.decode()
            self.assertLessEqual(max(map(len, text.splitlines())), 80)
            self.assertNotIn("**", text)
            self.succeeds("learn", str(lesson), "--html", self.path(f"{lesson}.html"))
            with open(self.path(f"{lesson}.html"), encoding="utf-8") as file:
                page = file.read()
            self.assertIn("<em>" if "<em>" in page else "<p>", page)
            self.assertEqual(page.count("<section"), page.count("</section>"))
        self.assertIn("0 of 30 done", self.succeeds("learn").stdout.decode())

    def test_every_lesson_prints_on_both_papers(self):
        for lesson in range(1, 31):
            for paper, box in (("a4", rb"595\.27\d* 841\.88\d*"), ("letter", rb"612 792")):
                self.succeeds("learn", str(lesson), "--pdf", self.path("one.pdf"), "--paper", paper)
                with open(self.path("one.pdf"), "rb") as one:
                    data = one.read()
                self.assertRegex(data, rb"/MediaBox \[ 0 0 " + box + rb" \]")
                self.assertIn(b"/StructTreeRoot", data)
        self.succeeds("learn", "1", "--answer", "a \x01 \u202e \U0001f3b9 " + "long " * 19_000)
        for name in ("answered.pdf", "again.pdf"):
            self.succeeds("learn", "1", "--pdf", self.path(name))
        self.assertEqual(bench.sha256(self.path("answered.pdf")), bench.sha256(self.path("again.pdf")))
        self.fails("learn", "1", "--pdf", "/proc/a.pdf")

    def test_what_the_lesson_about_gear_comes_to_is_a_decision(self):
        says = [word for pair in ("thing=A limiter", "problem=yes", "practice=no", "outcome=learn first", "date=2026-01-02")
                for word in ("--say", pair)]
        outcome = self.json("learn", "7", "--run", *says)
        self.assertTrue(outcome["items"][0]["passed"])
        decision = self.json("gear", "--list")["items"][0]
        self.assertEqual((decision["id"], decision["title"], decision["due"]),
                         (outcome["decision"], "A limiter", "2026-01-02"))
        # It is overdue: the workbook begins with it.
        text = " ".join(self.succeeds("workbook").stdout.decode().split())
        self.assertTrue(text.startswith("due A limiter"), text)
        self.assertLess(text.index("gear --close"), text.index("lessons done"))
        self.succeeds("gear", "--close", str(decision["id"]), "--outcome", "dropped")
        self.assertNotIn("due ", self.succeeds("workbook").stdout.decode().split("lessons done")[0])
        self.assertIsNone(self.json("learn", "7", "--no-history", "--run", *says)["decision"])

    def test_wrong_usage_is_said(self):
        self.fails("learn", "31", status=2, says="there is no lesson 31")
        self.fails("learn", "--done", status=2, says="which lesson is not said")
        self.fails("learn", "1", "--say", "x=y", status=2, says="add --run")
        self.fails("learn", "1", "--no-history", "--done", status=2, says="keeps nothing")
        self.fails("learn", "13", "--run", self.file["mix"], says="name a folder for them with -o")
        self.fails("learn", "13", "--run", self.path("none.wav"), "-o", self.path("x"), says="none.wav: ")
        self.fails("learn", "13", "--run", self.file["mix"], "-o", self.path("y"), "--say", "nonsense", status=2, says="--say nonsense")
        self.assertNotIn("exercise.sealed", str(self.listing()))


if __name__ == "__main__":
    unittest.main()
