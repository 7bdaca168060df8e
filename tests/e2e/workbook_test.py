"""lacquer workbook, from outside."""

import os
import resource
import sqlite3
import stat
import subprocess
import unittest

import bench

NOBODY = 65534
DATABASE = os.path.join(bench.DATA, "workbook.sqlite")
HARD = "line one\n# no heading\n\\ back \x1b[2J \x07 \u202e \U0001f3b9 e\u0301 `code` <b> | end "


def answers(rows):
    """Puts answers into the workbook as a lesson would."""
    with sqlite3.connect(DATABASE) as database:
        database.executemany("INSERT INTO answers VALUES (NULL, ?, ?, ?, ?)", rows)
    database.close()


class Workbook(bench.Case):
    def test_an_empty_one_says_so_and_makes_no_file(self):
        self.assertIn("0 of 30 lessons done", self.succeeds("workbook").stdout.decode())
        self.assertEqual(self.json("workbook")["items"], [])
        self.assertEqual(os.listdir(bench.DATA), [])

    def test_notes_are_kept_shown_and_forgotten(self):
        self.assertIn("Note 1 is kept", self.succeeds("workbook", "note", HARD, "--subject", "Blue").stdout.decode())
        self.succeeds("workbook", "note", "-", input=b"read from a pipe\n")
        text = self.succeeds("workbook").stdout.decode()
        self.assertTrue(all(c.isprintable() or c == "\n" for c in text), repr(text))
        self.assertIn("\\x1b[2J", text)
        first, second = self.json("workbook")["items"]
        self.assertEqual((first["kind"], first["title"], first["text"]), ("note", "Blue", HARD))
        self.assertEqual(second["text"], "read from a pipe")
        self.succeeds("workbook", "forget", "1")
        self.assertEqual(len(self.json("workbook")["items"]), 1)
        self.fails("workbook", "forget", "1", says="no note 1")
        self.assertEqual(stat.S_IMODE(os.stat(DATABASE).st_mode), 0o600)

    def test_a_hundred_thousand_characters_are_kept_and_no_more(self):
        text = "\U0001f3b9" * 100_000
        self.succeeds("workbook", "note", "-", input=text.encode())
        self.assertEqual(self.json("workbook")["items"][0]["text"], text)
        self.fails("workbook", "note", "-", input=(text + "x").encode(), says="100,001 characters")
        self.fails("workbook", "note", b"\xff\xfe", says="UTF-8")

    def test_the_first_answer_stands_beside_the_newest(self):
        self.succeeds("workbook", "note", "begins the workbook")
        answers([("three-anchors", 1, 1_000_000, "one"), ("three-anchors", 1, 2_000_000, "two"),
                 ("three-anchors", 1, 3_000_000, "three")])
        text = self.succeeds("workbook").stdout.decode()
        self.assertIn("Three anchors", text)
        self.assertLess(text.index("one"), text.index("three"))
        self.assertNotIn("two", text)
        self.assertEqual([one["text"] for one in self.json("workbook")["items"] if one["kind"] == "answer"],
                         ["one", "two", "three"])

    def test_print_and_page(self):
        self.succeeds("workbook", "note", HARD)
        for name, options in (("a.pdf", ()), ("b.pdf", ("--blank", "--paper", "letter"))):
            self.succeeds("workbook", "--pdf", self.path(name), *options)
            with open(self.path(name), "rb") as file:
                self.assertEqual(file.read(5), b"%PDF-")
        self.succeeds("workbook", "--html", self.path("w.html"))
        with open(self.path("w.html"), encoding="utf-8") as file:
            self.assertNotIn("<b> |", file.read())
        self.fails("workbook", "--blank", status=2, says="--pdf")
        self.fails("workbook", "--pdf", DATABASE, says="the workbook itself")

    def test_an_export_comes_back_once(self):
        self.succeeds("workbook", "note", HARD, "--subject", "Blue")
        answers([("three-anchors", 1, 1_000_000, HARD)])
        before = self.json("workbook")["items"]
        for name in ("w.json", "w.md"):
            self.succeeds("workbook", "--export", self.path(name))
        bytes_before = bench.sha256(DATABASE)
        for name in ("w.json", "w.md"):
            self.assertIn("Nothing in it is new", self.succeeds("workbook", "--import", self.path(name)).stdout.decode())
        self.assertEqual(bench.sha256(DATABASE), bytes_before)
        for name in ("w.json", "w.md"):
            os.remove(DATABASE)
            self.assertIn("1 answer and 1 note", self.succeeds("workbook", "--import", self.path(name)).stdout.decode())
            self.assertEqual(self.json("workbook")["items"], before)

    def test_what_was_changed_or_is_of_another_version_is_refused_whole(self):
        self.succeeds("workbook", "note", "leave the snare")
        self.succeeds("workbook", "--export", self.path("w.json"))
        self.succeeds("workbook", "--export", self.path("w.md"))
        self.succeeds("workbook", "forget", "1")
        before = bench.sha256(DATABASE)
        for name in ("w.json", "w.md"):
            with open(self.path(name), encoding="utf-8") as file:
                text = file.read()
            for was, becomes, says in (("leave", "leafs", "changed after"), ("version: 1", "version: 9", "another version"),
                                       ('workbook": 1', 'workbook": 9', "another version")):
                if was not in text:
                    continue
                with open(self.path("bad"), "w", encoding="utf-8") as file:
                    file.write(text.replace(was, becomes))
                self.fails("workbook", "--import", self.path("bad"), says=says)
        self.fails("workbook", "--import", bench.EXCERPT, says="no workbook")
        self.fails("workbook", "--import", self.path("nothing"), says="nothing: ")
        self.assertEqual(bench.sha256(DATABASE), before)

    def test_wrong_usage(self):
        self.fails("workbook", "note", status=2, says="no words")
        self.fails("workbook", "forget", "x", status=2, says="number")
        self.fails("workbook", "burn", status=2, says="note or forget")
        self.fails("workbook", "note", "x", "--no-history", status=2, says="--no-history")
        self.fails("workbook", "--export", "a", "--import", "b", status=2)


class Disk(bench.Case):
    def test_a_full_disk_keeps_what_was_there(self):
        self.succeeds("workbook", "note", "kept")
        size = os.path.getsize(DATABASE)
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, size + 4096))
        self.fails("workbook", "note", "-", input=b"x" * 90_000, preexec_fn=limit, says="workbook")
        self.assertEqual([one["text"] for one in self.json("workbook")["items"]], ["kept"])

    def test_what_may_only_be_read_is_shown(self):
        self.succeeds("workbook", "note", "kept")
        os.chmod(DATABASE, 0o444)
        os.chmod(bench.DATA, 0o555)
        self.addCleanup(os.chmod, bench.DATA, 0o700)
        somebody = {"user": NOBODY} if os.geteuid() == 0 else {}
        self.assertIn("kept", self.succeeds("workbook", **somebody).stdout.decode())
        self.fails("workbook", "note", "more", says="cannot be written", **somebody)

    def test_an_older_workbook_is_copied_and_brought_up_to_date(self):
        with open(os.path.join(bench.SOURCE, "tests/unit/workbook/data/version_1.sql"), encoding="utf-8") as file:
            script = file.read()
        database = sqlite3.connect(DATABASE)
        database.executescript(script)
        database.close()
        self.assertEqual(len(self.json("history")["items"]), 2)
        self.succeeds("workbook", "note", "new")
        self.assertEqual(sorted(os.listdir(bench.DATA)), ["workbook.sqlite", "workbook.sqlite.version-1"])
        self.assertEqual(len(self.json("history")["items"]), 2)

    def test_two_at_once(self):
        self.succeeds("workbook", "note", "0")
        programs = [subprocess.Popen([bench.LACQUER, "workbook", "note", str(i)], env=bench.environment(),
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for i in range(6)]
        for program in programs:
            self.assertEqual(program.communicate(timeout=bench.PATIENCE_S)[1], b"")
        self.assertEqual(len(self.json("workbook")["items"]), 7)


class Find(bench.Case):
    def test_a_question_in_ones_own_words(self):
        items = self.json("find", "what", "is", "muddy")["items"]
        self.assertEqual(list(items[0])[:5], ["id", "kind", "topic", "title", "summary"])
        self.assertIn("term-muddy", [one["id"] for one in items[:3]])
        text = self.succeeds("find", "what is muddy").stdout.decode()
        self.assertIn("lacquer words muddy", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        self.assertEqual(os.listdir(bench.DATA), [])

    def test_filters(self):
        items = self.json("find", "compressor", "--kind", "lesson", "--course", "how-sound-behaves")["items"]
        self.assertTrue(items)
        self.assertEqual({one["kind"] for one in items}, {"lesson"})
        self.assertEqual({one["course"] for one in items}, {"how-sound-behaves"})
        text = self.succeeds("find", "boxy", "--kind", "term", "--topic", "rhythm").stdout.decode()
        self.assertIn("Without --topic rhythm there ", text)
        self.fails("find", "x", "--kind", "recipe", status=2, says="--kind")
        self.fails("find", status=2, says="WORDS")

    def test_what_one_wrote_and_checked_is_found(self):
        self.succeeds("workbook", "note", "the zither \x1b[2J stays", "--subject", "Blue")
        found = self.json("find", "zither")["items"][0]
        self.assertEqual((found["kind"], found["open"]), ("note", "lacquer workbook"))
        text = self.succeeds("find", "zither").stdout.decode()
        self.assertNotIn("\x1b", text)
        self.succeeds("check", self.copy(bench.EXCERPT, "quixotic.wav"))
        self.assertEqual(self.json("find", "quixotic")["items"][0]["kind"], "check")
        self.assertNotIn("note", [one["kind"] for one in self.json("find", "zither", "--no-history")["items"]])

    def test_anything_can_be_typed(self):
        for words in ('"', "title:", "NEAR(", "*", b"\xff", "\U0001f3b9", "'; DROP TABLE pages", "a" * 50_000):
            self.succeeds("find", "--", words)


if __name__ == "__main__":
    unittest.main()
