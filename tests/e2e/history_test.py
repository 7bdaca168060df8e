"""What lacquer remembers, and that it never gets in the way of a check."""

import json
import os
import signal
import sqlite3
import stat
import subprocess
import time
import unittest

import bench

NOBODY = 65534
DATABASE = os.path.join(bench.DATA, "workbook.sqlite")


def verdict(document, item=1):
    return document["findings"][item - 1]["verdict"]


def age(hours):
    """As if everything known had happened so many hours earlier."""
    with sqlite3.connect(DATABASE) as database:
        for table, column in (("versions", "first_seen_ms"), ("checks", "checked_ms"), ("masters", "made_ms")):
            database.execute(f"UPDATE {table} SET {column} = {column} - ?", (hours * 3600 * 1000,))
    database.close()


class History(bench.Case):
    def setUp(self):
        super().setUp()
        self.song = self.copy(bench.INVERTED, "song.wav")

    def next_version(self):
        """The same song with its polarity put right."""
        bench.ffmpeg("-i", bench.INVERTED, "-af", "pan=stereo|c0=c0|c1=-1*c1", "-c:a", "pcm_s24le", self.song)

    def items(self, *arguments):
        document = self.json("history", *arguments)
        self.assertEqual(document["schema"], 1)
        for item in document["items"]:
            for key in ("id", "kind", "topic", "title", "summary"):
                self.assertIsInstance(item[key], str, key)
        return document["items"]

    def test_two_versions_of_a_song_show_what_changed(self):
        self.succeeds("check", self.song)
        self.next_version()
        text = self.succeeds("check", self.song).stdout.decode()
        self.assertRegex(text, r"(?m)^Since today \d\d:\d\d: .*polarity inverted gone")
        first, second = self.items(self.song)
        self.assertEqual(first["changes"], [])
        changes = {(one["kind"], one["id"]): one for one in second["changes"]}
        self.assertEqual(changes["fault", "polarity-inverted"]["change"], "gone")
        self.assertEqual(changes["item", "mono-compatibility"]["change"], "fixed")
        self.assertEqual(second["sha256"], bench.sha256(self.song))
        self.assertIn("polarity inverted gone", second["summary"])
        shown = self.succeeds("history", self.song).stdout.decode()
        self.assertIn("2 versions", shown)
        self.assertIn("polarity inverted gone", shown)
        self.assertLessEqual(max(map(len, shown.splitlines())), 80)

    def test_all_songs_with_what_is_open(self):
        self.succeeds("check", self.song)
        self.succeeds("check", self.copy(bench.EXCERPT, "other.wav"))
        other, song = self.items()
        self.assertEqual((other["title"], song["title"]), ("other.wav", "song.wav"))
        self.assertEqual((song["versions"], song["masters"]), (1, 0))
        self.assertIn({"kind": "fault", "id": "polarity-inverted", "verdict": "fix"}, song["open"])
        self.assertRegex(song["last_checked"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertIn("Polarity inverted", self.succeeds("history").stdout.decode())

    def test_the_same_version_again_is_one_version(self):
        for _ in range(2):
            self.assertNotIn(b"Since today", self.succeeds("check", self.song).stdout)
        self.assertEqual(len(self.items(self.song)), 1)

    def test_a_name_makes_files_versions_of_one_song(self):
        self.succeeds("check", self.song, "--song", "Blue")
        done = self.succeeds("check", self.copy(bench.DEMO, "new.wav"), "--song", "Blue")
        self.assertIn(b"Since today", done.stdout)
        self.assertEqual(len(self.items("--song", "Blue")), 2)
        self.assertEqual(self.items(self.song), self.items("--song", "Blue"))
        self.assertEqual(self.items()[0]["title"], "Blue")

    def test_masters_are_remembered(self):
        self.succeeds("master", self.song, "--anyway")
        kinds = {item["kind"]: item for item in self.items(self.song)}
        self.assertEqual(set(kinds), {"version", "master"})
        self.assertEqual(kinds["master"]["path"], os.path.realpath(self.path("song.master.wav")))
        self.assertEqual(kinds["master"]["mix_sha256"], kinds["version"]["sha256"])

    def test_fresh_ears_know_when_a_version_was_first_seen_and_last_heard(self):
        self.assertEqual(verdict(self.json("check", self.song)), "listen")
        self.assertEqual(verdict(self.json("check", self.song)), "look")
        age(hours=13)
        self.assertEqual(verdict(self.json("check", self.song)), "pass")
        age(hours=13)
        self.next_version()  # rested, but new: nobody knows for how long
        self.assertEqual(verdict(self.json("check", self.song)), "listen")

    def test_a_copied_files_date_proves_nothing(self):
        self.succeeds("check", self.song)
        age(hours=13)
        copy = self.copy(self.song, "copy.wav")
        self.assertEqual(verdict(self.json("check", copy)), "pass")
        os.utime(self.song, (0, 0))
        self.succeeds("check", self.song)
        self.assertEqual(verdict(self.json("check", self.song)), "look")

    def test_the_user_can_say(self):
        self.assertEqual(verdict(self.json("check", self.song, "--rested", "14")), "pass")
        self.assertEqual(verdict(self.json("check", self.song, "--rested", "3", "--as", "master")), "look")
        self.assertEqual(verdict(self.json("check", self.song, "--rested", "14", "--no-history")), "pass")

    def test_history_of_what_is_not_known(self):
        self.assertEqual(self.items(), [])
        self.assertEqual(self.items(self.song), [])
        self.assertIn(b"Nothing was checked yet", self.succeeds("history").stdout)
        self.assertIn(b"not checked before", self.succeeds("history", self.song).stdout)
        self.assertEqual(os.listdir(bench.DATA), [])

    def test_json_is_not_affected(self):
        with_history = self.json("check", self.song)
        without = self.json("check", self.song, "--no-history")
        for document in (with_history, without):
            del document["findings"][0]
        self.assertEqual(with_history, without)

    def test_only_loudness_remembers_nothing(self):
        self.succeeds("check", "--only", "loudness", self.song)
        self.assertEqual(os.listdir(bench.DATA), [])


class NoTrace(bench.Case):
    def test_no_history_leaves_nothing_and_reads_nothing(self):
        song = self.copy(bench.EXCERPT, "song.wav")
        home = self.path("home")
        os.mkdir(home)
        surroundings = bench.environment(HOME=home)
        del surroundings["LACQUER_DATA"]
        for command in (["check", song], ["plan", song], ["master", song, "--anyway"], ["history"], ["history", song]):
            self.succeeds(*command, "--no-history", env=surroundings)
        self.assertEqual(self.listing(), ["song.master.plan.toml", "song.master.wav", "song.wav"])
        self.assertEqual(os.listdir(home), [])
        self.succeeds("check", song, env=surroundings)
        place = os.path.join(home, ".local/share/lacquer/workbook.sqlite")
        before = bench.sha256(place)
        self.assertEqual(verdict(self.json("check", song, "--no-history", env=surroundings)), "listen")
        self.assertEqual(self.json("history", "--no-history", env=surroundings)["items"], [])
        self.assertEqual(bench.sha256(place), before)

    def test_only_the_owner_may_read_it(self):
        home = self.path("home")
        surroundings = bench.environment(XDG_DATA_HOME=home)
        del surroundings["LACQUER_DATA"]
        self.succeeds("check", bench.EXCERPT, env=surroundings)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(home, "lacquer")).st_mode), 0o700)
        self.assertEqual(os.listdir(os.path.join(home, "lacquer")), ["workbook.sqlite"])
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(home, "lacquer/workbook.sqlite")).st_mode), 0o600)


class Trouble(bench.Case):
    def goes_on(self, says, options=None, **surroundings):
        """A check gives its whole report, one warning, and status 0."""
        done = self.succeeds("check", bench.EXCERPT, bench.INVERTED, "--json", env=bench.environment(**surroundings),
                             **(options or {}))
        documents = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([len(one["findings"]) for one in documents], [12, 12])
        message = done.stderr.decode()
        self.assertEqual(message.count("\n"), 1, message)
        self.assertTrue(message.startswith("lacquer: "), message)
        self.assertIn(says, message)
        self.assertIn("goes on without it", message)

    def test_a_damaged_database(self):
        with open(DATABASE, "wb") as file:
            file.write(b"SQLite format 3\0" + os.urandom(50_000))
        before = bench.sha256(DATABASE)
        self.goes_on("damaged")
        self.fails("history", says="damaged")
        self.assertEqual(bench.sha256(DATABASE), before)

    def test_a_database_torn_in_its_middle(self):
        for name in range(20):
            bench.float_wav(self.path(f"{name}.wav"), [(0.1 * (name + 1), 0.1)] * 2000)
        self.succeeds("check", self.folder, "--json")
        with open(DATABASE, "r+b") as file:
            file.seek(4096)
            file.write(b"\xa5" * 30_000)
        self.goes_on("damaged")

    def test_text(self):
        with open(DATABASE, "w", encoding="utf-8") as file:
            file.write("Dear sir or madam,\n" * 500)
        self.goes_on("damaged")

    def test_a_foreign_database(self):
        with sqlite3.connect(DATABASE) as database:
            database.execute("CREATE TABLE checks (id INTEGER)")
        database.close()
        self.goes_on("another program")
        self.fails("history", says="another program")

    def test_a_newer_schema(self):
        self.succeeds("check", bench.EXCERPT)
        with sqlite3.connect(DATABASE) as database:
            database.execute("PRAGMA user_version = 1000")
        database.close()
        self.goes_on("newer version")

    def test_places_that_cannot_hold_a_database(self):
        self.goes_on("folder", LACQUER_DATA="/proc/nothing/here")
        self.goes_on("cannot be made", LACQUER_DATA=os.path.join(bench.EXCERPT, "below-a-file"))
        os.mkdir(self.path("workbook.sqlite"))
        self.goes_on("no plain file", LACQUER_DATA=self.folder)

    def test_a_pipe_is_not_waited_for(self):
        os.mkfifo(self.path("workbook.sqlite"))
        self.goes_on("no plain file", LACQUER_DATA=self.folder)

    def test_no_home(self):
        surroundings = bench.environment()
        del surroundings["LACQUER_DATA"], surroundings["HOME"]
        done = self.succeeds("check", bench.EXCERPT, env=surroundings)
        self.assertIn("set LACQUER_DATA", done.stderr.decode())

    def test_a_database_that_may_only_be_read(self):
        self.succeeds("check", bench.EXCERPT)
        os.chmod(DATABASE, 0o444)
        os.chmod(bench.DATA, 0o555)
        self.addCleanup(os.chmod, bench.DATA, 0o700)
        # The superuser may write anywhere, so that only somebody else can try this.
        self.goes_on("cannot be written", {"user": NOBODY} if os.geteuid() == 0 else {})

    def test_a_folder_that_may_not_be_entered(self):
        os.chmod(bench.DATA, 0o000)
        self.addCleanup(os.chmod, bench.DATA, 0o700)
        self.goes_on("cannot be opened", {"user": NOBODY} if os.geteuid() == 0 else {})

    def test_a_database_that_another_program_holds(self):
        self.succeeds("check", bench.EXCERPT)
        holder = sqlite3.connect(DATABASE, isolation_level=None)
        self.addCleanup(holder.close)
        holder.execute("BEGIN EXCLUSIVE")
        self.goes_on("another program holds")

    def test_two_processes_at_once(self):
        files = []
        for name in range(8):
            files.append(self.path(f"{name}.wav"))
            bench.float_wav(files[-1], [(0.05 * (name + 1), 0.1)] * 4000)
        programs = [subprocess.Popen([bench.LACQUER, "check", "--json", *files[half::2]], env=bench.environment(),
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for half in (0, 1)]
        for program in programs:
            self.assertEqual(program.communicate(timeout=bench.PATIENCE_S)[1], b"")
            self.assertEqual(program.returncode, 0)
        self.assertEqual(len(self.json("history")["items"]), 8)

    def test_a_killed_program_leaves_a_database_that_works(self):
        files = []
        for name in range(30):
            files.append(self.path(f"{name}.wav"))
            bench.float_wav(files[-1], [(0.02 * (name + 1), 0.1)] * 4000)
        with subprocess.Popen([bench.LACQUER, "check", "--json", *files], env=bench.environment(),
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
            for _ in range(5):
                program.stdout.readline()
            program.send_signal(signal.SIGKILL)
            program.wait()
        self.assertGreaterEqual(len(self.json("history")["items"]), 4)
        self.assertEqual(self.succeeds("check", files[0]).stderr, b"")

    def test_names_that_look_like_sql_are_names(self):
        evil = "'; DROP TABLE checks; --.wav"
        file = self.copy(bench.EXCERPT, evil)
        self.succeeds("check", file, "--song", "x'); DELETE FROM songs; --")
        self.succeeds("check", self.copy(bench.EXCERPT, "b.wav"))
        raw = os.path.join(os.fsencode(self.folder), b"\xff\xfe\"\x01.wav")
        os.link(file, raw)
        self.succeeds("check", raw)
        items = self.json("history")["items"]
        self.assertEqual(len(items), 3)
        self.assertEqual(items[2]["title"], "x'); DELETE FROM songs; --")
        self.assertEqual(items[0]["path_bytes"].rsplit("/", 1)[1], "%FF%FE%22%01.wav")
        text = self.succeeds("history").stdout.decode()
        self.assertNotIn("\x01", text)
        self.assertEqual(len(self.json("history", raw)["items"]), 1)

    def test_an_interrupt_remembers_nothing(self):
        with subprocess.Popen([bench.LACQUER, "check", bench.SONG], env=bench.environment(), stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as program:
            time.sleep(0.05)
            program.send_signal(signal.SIGINT)
            status = program.wait(bench.PATIENCE_S)
        if status == 130:  # else it was done before
            self.assertEqual(os.listdir(bench.DATA), [])

    def test_wrong_usage(self):
        self.fails("check", bench.EXCERPT, bench.DEMO, "--song", "Blue", status=2, says="--song names one song for 2 files")
        self.fails("check", bench.EXCERPT, "--song", "", status=2, says="--song")
        self.fails("check", bench.EXCERPT, "--rested", "-1", status=2, says="hours")
        self.fails("history", bench.EXCERPT, "--song", "Blue", status=2, says="--song")


if __name__ == "__main__":
    unittest.main()
