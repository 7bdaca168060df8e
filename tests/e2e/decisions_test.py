"""lacquer gear and lacquer release, from outside."""

import datetime
import os
import pty
import select
import shutil
import struct
import unittest
import zlib

import bench

ANSWERS = """schema = 1
device = "bus limiter"
[problem]
song = "Blue"
time = "1:12"
wrong = "the chorus folds when the kick comes in"
[practice]
move = "automation into the bus"
tried = [2026-11-02, 2026-11-05, 2026-11-09]
[step]
before = "balancing"
after = "bouncing"
missing = "tool"
[price]
price = 240
uses_per_month = 4
life_months = 24
displaces = "a day in a studio"
[test]
stays_if = "the chorus keeps its kick"
"""

RELEASE = """schema = 1
title = "Blue Hours"
artist = "Nightline"
artist_ids = ["spotify:artist:1"]
label = "Nightline"
upc = "036000291452"
genre = "Electronic"
language = "none"
explicit = false
p_line = "2027 Nightline"
c_line = "2027 Nightline"
artwork = "cover.png"
release_date = 2027-01-29
time_zone = "local midnight"
[distributor]
name = "D"
fee = "by the year"
exit = "stays"
territories = "all"
lead_days = 21
[registrations]
performing_rights = "1"
mechanicals = "2"
neighbouring_rights = "3"
[[composition]]
name = "Ada Writer"
share_pct = 100.0
signed = 2026-11-01
[[master]]
name = "Ada Writer"
share_pct = 100.0
signed = 2026-11-01
"""

TRACK = """[[track]]
file = "{file}"
title = "{title}"
isrc = "{isrc}"
composers = ["Ada Writer"]
producer = "Ada Writer"
instrumental = true
samples = "none"
"""

DEAL = """[deal]
advance = 2000.0
share_pct = 50.0
costs = 1500.0
per_stream = 0.003
"""


def png(path, width, height, colours=2):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colours, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""))


class Gear(bench.Case):
    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def test_in_a_pipe_without_answers_it_prints_the_questions(self):
        text = self.succeeds("gear").stdout.decode()
        self.assertIn("What is the whole price?", text)
        self.assertIn("lacquer gear --answers F.toml", text)
        self.assertEqual(os.listdir(bench.DATA), [], "nothing was decided, nothing is kept")

    def test_answers_are_weighed_kept_and_put_into_a_calendar(self):
        answers = self.write("answers.toml", ANSWERS)
        before = datetime.datetime.now(datetime.timezone.utc).date()
        one = self.json("gear", "--answers", answers, "--ics", self.path("test.ics"))["items"][0]
        after = datetime.datetime.now(datetime.timezone.utc).date()
        self.assertEqual(list(one)[:5], ["id", "kind", "topic", "title", "summary"])
        self.assertEqual((one["kind"], one["title"], one["suggested"]), ("gear", "bus limiter", "buy"))
        self.assertEqual([question["holds"] for question in one["questions"]], ["yes"] * 5)
        self.assertEqual(one["cost"], {"total": 240.0, "uses": 96.0, "each": 2.5})
        self.assertIn(one["due"], [str(day + datetime.timedelta(30)) for day in (before, after)])
        self.assertIn("No check is in your history yet", one["evidence"]["text"])
        with open(self.path("test.ics"), "rb") as file:
            calendar = file.read()
        lines = calendar.split(b"\r\n")
        self.assertEqual((lines[0], lines[-2], lines[-1]), (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b""))
        self.assertNotIn(b"\n", calendar.replace(b"\r\n", b""))
        self.assertLessEqual(max(map(len, lines)), 75)
        self.assertIn(b"DTSTART;VALUE=DATE:" + one["due"].replace("-", "").encode(), lines)
        listed = self.json("gear", "--list")["items"]
        self.assertEqual([item["id"] for item in listed], [one["id"]])
        self.assertEqual(listed[0]["answers"]["problem"]["song"], "Blue")

    def test_options_come_before_the_file_and_the_same_device_stays_one_decision(self):
        answers = self.write("answers.toml", ANSWERS)
        first = self.json("gear", "--answers", answers)["items"][0]
        again = self.json("gear", "--answers", "-", "--missing", "step", "--price", "96",
                          input=ANSWERS.encode())["items"][0]
        self.assertEqual((again["id"], again["suggested"], again["cost"]["each"]), (first["id"], "workflow", 1.0))
        self.assertEqual(len(self.json("gear", "--list")["items"]), 1)

    def test_the_users_own_checks_are_brought(self):
        for name in ("a.wav", "b.wav"):
            self.copy(bench.INVERTED, name)
        with open(self.path("b.wav"), "ab") as file:
            file.write(b"\0" * 64)  # another version: another hash
        for name in ("a.wav", "b.wav"):
            self.succeeds("check", "--as", "mix", self.path(name))
        evidence = self.json("gear", "limiter", "--needed")["items"][0]["evidence"]
        self.assertEqual((evidence["checks"], evidence["category"]), (2, "limiter"))
        self.assertIn("low-end-mono", [point["id"] for point in evidence["elsewhere"]])
        self.assertIn("In your last two checks", evidence["text"])
        untold = self.json("gear", "limiter", "--needed", "--no-history")["items"][0]
        self.assertEqual((untold["evidence"]["checks"], untold["id"]), (0, None))

    def test_what_is_due_is_told_until_it_is_closed(self):
        self.succeeds("gear", "limiter", "--stays-if", "it holds the peaks", "--from", "2026-01-02")
        told = self.succeeds("gear", "--list").stderr.decode()
        self.assertRegex(told, r"^lacquer: due: limiter: the test is due \d+ days ago \(it stays if it holds the peaks\)")
        self.assertEqual(told.count("\n"), 1)
        closed = self.json("gear", "--close", "1", "--outcome", "returned")["items"][0]
        self.assertEqual((closed["state"], closed["due"]), ("returned", None))
        self.assertEqual(self.succeeds("gear", "--list").stderr, b"")
        self.fails("gear", "--close", "1", "--outcome", "kept", says="settled already: returned")
        self.fails("gear", "--close", "7", "--outcome", "kept", says="there is no decision 7")
        self.fails("gear", "--close", "1", status=2, says="--outcome")

    def test_bought_begins_the_test(self):
        self.succeeds("gear", "--answers", self.write("answers.toml", ANSWERS))
        bought = self.json("gear", "--close", "1", "--outcome", "bought", "--ics", self.path("t.ics"))["items"][0]
        self.assertEqual(bought["state"], "bought")
        self.assertIsNotNone(bought["due"])
        with open(self.path("t.ics"), encoding="utf-8") as file:
            self.assertIn("does it stay", file.read())

    def test_the_file_to_fill_in_is_written_once(self):
        path = self.path("new.toml")
        self.succeeds("gear", "--init", path)
        self.assertEqual(self.json("gear", "--answers", path)["items"][0]["suggested"], "not-now")
        self.fails("gear", "--init", path, says="new.toml: ")

    def test_bad_answers_are_refused_with_their_line(self):
        self.fails("gear", "--answers", self.write("a.toml", "schema = 1\nprise = 3\n"), says="a.toml:2: prise")
        self.fails("gear", "--answers", self.write("a.toml", "a." * 50_000 + "b = 1"), says="a.toml: this is no file")
        self.fails("gear", "--answers", self.path("none.toml"), says="none.toml: ")
        self.fails("gear", "x", "--price", "-1", status=2)
        self.fails("gear", "x", "--from", "2026-02-30", status=2, says="no day")
        strange = self.json("gear", "\x1b[31m\u202e🎚" + "x" * 5000, "--needed", "--no-history")["items"][0]
        self.assertTrue(strange["title"].endswith("x" * 5000))
        shown = self.succeeds("gear", "\x1b[31mred", "--needed", "--no-history").stdout
        self.assertNotIn(b"\x1b", shown)

    def test_on_a_terminal_it_asks_one_after_the_other(self):
        typed = ["limiter", "Blue", "1:12", "the chorus folds in mono", "automation", "2026-13-01", "2026-11-01 2026-11-02",
                 "less", "before", "after", "tool", "much", "240", "", "", "", "4", "24", "time", "the chorus stays",
                 "", "", "n", "3", "n", "learn"]
        child, terminal = pty.fork()
        if child == 0:
            os.execve(bench.LACQUER, [bench.LACQUER, "gear"], bench.environment(TERM="dumb", COLUMNS="90"))
        screen = b""
        for line in typed + [None]:
            while True:
                ready, _, _ = select.select([terminal], [], [], bench.PATIENCE_S)
                self.assertTrue(ready, screen[-400:])
                try:
                    some = os.read(terminal, 65536)
                except OSError:
                    some = b""
                screen += some
                if not some or (line is not None and screen.rstrip(b"\r\n").endswith(b": ")):
                    break
            if line is not None:
                os.write(terminal, line.encode() + b"\n")
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0, screen[-400:])
        os.close(terminal)
        self.assertIn(b"that is no day", screen)
        self.assertIn(b"that is no number", screen)
        kept = self.json("gear", "--list")["items"][0]
        self.assertEqual((kept["title"], kept["answers"]["answer"], kept["suggested"]), ("limiter", "learn", "learn"))
        self.assertEqual(kept["answers"]["practice"]["tried"], ["2026-11-01", "2026-11-02"])
        self.assertEqual(kept["answers"]["price"]["life_months"], 24)


class Release(bench.Case):
    def setUp(self):
        super().setUp()
        self.album = self.path("album")
        os.mkdir(self.album)

    def at(self, name):
        return os.path.join(self.album, name)

    def describe(self, text):
        with open(self.at("release.toml"), "w", encoding="utf-8") as file:
            file.write(text)

    def fill(self, more=""):
        shutil.copyfile(bench.EXCERPT, self.at("01.wav"))
        bench.ffmpeg("-i", bench.EXCERPT, "-af", "volume=-3dB", "-c:a", "pcm_s24le", self.at("02.wav"))
        png(self.at("cover.png"), 3000, 3000)
        self.describe(RELEASE + TRACK.format(file="01.wav", title="First Light", isrc="GBEMI2600001") +
                      TRACK.format(file="02.wav", title="Second Light", isrc="GBEMI2600002") + more)

    def release(self, *arguments, **options):
        return self.json("release", self.album, "--on", "2026-11-22", *arguments, **options)

    @staticmethod
    def ids(document, verdict="fix"):
        return sorted({item["id"] for item in document["items"] if item["verdict"] == verdict})

    def test_a_release_is_checked_track_by_track(self):
        self.fill(DEAL)
        document = self.release()
        self.assertEqual(list(document["items"][0])[:5], ["id", "kind", "topic", "title", "summary"])
        self.assertEqual([track["title"] for track in document["tracks"]], ["First Light", "Second Light"])
        for track in document["tracks"]:
            self.assertEqual([item["item"] for item in track["items"]], [9, 10, 11, 12])
        self.assertEqual(document["schedule"][0], {"id": "masters", "day": "2026-12-04", "what": "masters, splits",
                                                   "done": False})
        self.assertEqual(document["recoupment"]["costs_off_the_top"],
                         {"receipts": 5500.0, "streams": 1833333.0, "units": None})
        not_audio = [item for item in document["items"] if item["id"] != "audio-item" and item["verdict"] == "fix"]
        self.assertEqual(not_audio, [])

    def test_faults_of_the_folder_and_of_the_file_are_told(self):
        self.fill()
        png(self.at("cover.png"), 1400, 1000)
        shutil.copyfile(self.at("01.wav"), self.at("02.wav"))
        shutil.copyfile(bench.EXCERPT, self.at("old bounce.wav"))
        with open(self.at("release.toml"), encoding="utf-8") as file:
            text = file.read()
        self.describe(text.replace("GBEMI2600002", "GBEMI2600001").replace("036000291452", "036000291451"))
        document = self.release()
        for fault in ("artwork-size", "artwork-ratio", "same-audio", "isrc-duplicate", "barcode"):
            self.assertIn(fault, self.ids(document))
        self.assertIn("not-listed", self.ids(document, "look"))
        self.release("--strict", status=3)

    def test_a_track_that_cannot_be_read_is_an_error_and_the_rest_goes_on(self):
        self.fill()
        with open(self.at("02.wav"), "wb") as file:
            file.write(b"RIFF no audio")
        done = bench.run("release", self.album, "--json")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr.decode(), r"^lacquer: .*02\.wav: .*\n$")
        self.assertIn(b"First Light", done.stdout)
        os.remove(self.at("02.wav"))
        self.fails("release", self.album, says="02.wav: release.toml names this file")

    def test_init_writes_a_file_once_that_can_be_checked(self):
        shutil.copyfile(bench.EXCERPT, self.at("a \"b\".wav"))
        self.succeeds("release", self.album, "--init")
        document = self.release()
        self.assertEqual(len(document["tracks"]), 1)
        self.assertIn("required", self.ids(document))
        with open(self.at("release.toml"), "rb") as file:
            before = file.read()
        self.fails("release", self.album, "--init", says="release.toml: ")
        with open(self.at("release.toml"), "rb") as file:
            self.assertEqual(file.read(), before)

    def test_pages_and_calendar_are_written_and_the_same_each_time(self):
        self.fill()
        for name in ("ready.pdf", "ready.html"):
            written = []
            for _ in range(2):
                self.succeeds("release", self.album, "--on", "2026-11-22", "--" + name[-3:].replace("tml", "html"),
                              self.path(name))
                with open(self.path(name), "rb") as file:
                    written.append(file.read())
            self.assertEqual(written[0], written[1])
        self.succeeds("release", self.album, "--on", "2026-11-22", "--ics", self.path("days.ics"))
        with open(self.path("days.ics"), "rb") as file:
            self.assertEqual(file.read().count(b"BEGIN:VEVENT"), 9)

    def test_hostile_folders_stay_inside_and_end(self):
        secret = self.path("secret.wav")
        shutil.copyfile(bench.EXCERPT, secret)
        os.symlink(secret, self.at("link.wav"))
        os.symlink("/", self.at("root"))
        os.mkfifo(self.at("pipe.wav"))
        shutil.copyfile(bench.EXCERPT, self.at("01.wav"))
        tracks = "".join(TRACK.format(file=name, title=f"T{i}", isrc="")
                         for i, name in enumerate(["../secret.wav", secret, "link.wav", "pipe.wav", "root/etc/passwd", "01.wav"]))
        self.describe(RELEASE.replace("cover.png", "../secret.wav") + tracks)
        document = self.release(status=1)
        self.assertEqual([track["title"] for track in document["tracks"]], ["T5"])
        self.assertIn("link", self.ids(document, "look"))
        self.assertIn("artwork-missing", self.ids(document))

    def test_strange_names_and_texts_are_shown_safely(self):
        name = b"\x1b[2J \xff \n.wav"
        shutil.copyfile(os.fsencode(bench.EXCERPT), os.path.join(os.fsencode(self.album), name))
        done = self.succeeds("release", self.album, "--on", "2026-11-22")
        self.assertNotIn(b"\x1b", done.stdout)
        self.assertTrue(self.release()["tracks"])
        self.describe('schema = 1\ntitle = "a\\u001b[2Jb"\n[[track]]\nfile = "\\u0000"\n')
        done = bench.run("release", self.album)
        self.assertEqual(done.returncode, 1)
        self.assertNotIn(b"\x1b", done.stdout + done.stderr)

    def test_ten_thousand_entries_are_looked_through_and_more_refused(self):
        for i in range(10_001):
            open(self.at(f"{i}.txt"), "w").close()
        self.fails("release", self.album, says="more than 10,000 files")

    def test_what_cannot_be_done_is_said(self):
        self.fails("release", status=2, says="which folder is not said")
        self.fails("release", self.path("none"), says="there is no such folder")
        self.describe("schema = 1\ntitel = 1\n")
        self.fails("release", self.album, says="release.toml:2: titel: this key is unknown")
        self.describe("schema = 1\n" + "#" * (1 << 20))
        self.fails("release", self.album, says="release.toml: this is no release.toml")

    def test_an_advance_is_reckoned_without_a_folder(self):
        one = self.json("release", "--advance", "2000", "--share", "50", "--costs", "1500", "--per-stream", "0.003")
        self.assertEqual(one["items"][0]["recoupment"]["costs_off_the_top"]["streams"], 1833333.0)
        self.assertEqual(one["items"][0]["recoupment"]["costs_off_your_share"]["receipts"], 7000.0)
        text = self.succeeds("release", "--advance", "2000", "--share", "50").stdout.decode()
        self.assertIn("Not legal advice", text)
        self.fails("release", "--advance", "2000", status=2, says="--share")

    def test_the_next_step_is_remembered_and_told_when_due(self):
        self.fill()
        self.release()
        told = self.succeeds("gear", "--list").stderr.decode()
        today = str(datetime.datetime.now(datetime.timezone.utc).date())
        self.assertEqual("Blue Hours: masters, splits" in told, today >= "2026-12-04")
        self.assertEqual(bench.run("release", self.album, "--no-history", "--json").returncode, 0)


if __name__ == "__main__":
    unittest.main()
