"""Several songs as one album: levelled as a whole, whole or not at all."""

import json
import os
import signal
import subprocess
import time
import unittest

import bench


class Album(bench.Case):
    def setUp(self):
        super().setUp()
        # A loud song and a quiet one, 9 dB apart by more than their own difference.
        self.songs = [self.copy(bench.EXCERPT, "1-loud.wav"), self.path("2-quiet.wav")]
        bench.ffmpeg("-t", "30", "-i", bench.DEMO, "-af", "volume=-9dB", "-c:a", "pcm_s24le", "-bitexact", self.songs[1])

    def documents(self, *arguments, status=0):
        done = self.succeeds(*arguments, "--json", status=status)
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()

    @staticmethod
    def apart(documents, when):
        loud, quiet = (document[when]["loudness"]["integrated_lufs"] for document in documents)
        return loud - quiet

    def test_songs_stay_as_loud_against_each_other_as_they_were_mixed(self):
        done, errors = self.documents("master", *self.songs, "--anyway")
        self.assertEqual(errors, "")
        album = done[0]["plan"]["album"]
        self.assertEqual(album, done[1]["plan"]["album"])
        self.assertEqual(album["songs"], 2)
        # One gain for both; the limiter takes a little more from the loud one.
        self.assertAlmostEqual(self.apart(done, "after"), self.apart(done, "before"), delta=1.0)
        self.assertAlmostEqual(done[1]["after"]["loudness"]["integrated_lufs"],
                               done[1]["before"]["loudness"]["integrated_lufs"] + album["gain_db"], delta=0.4)
        each, errors = self.documents("master", *self.songs, "--anyway", "--each", "--overwrite")
        self.assertIn("one by one", errors)
        self.assertIsNone(each[0]["plan"]["album"])
        self.assertLess(self.apart(each, "after"), self.apart(done, "after") - 3)

    def test_a_plan_of_an_album_is_what_its_master_renders(self):
        plans, _ = self.documents("plan", *self.songs)
        masters, _ = self.documents("master", *self.songs, "--anyway")
        for plan, master in zip(plans, masters):
            self.assertEqual(plan["loudness_lufs"], master["plan"]["loudness_lufs"])
            self.assertEqual(plan["album"], master["plan"]["album"])

    def test_a_number_is_the_loudness_of_the_whole(self):
        done, _ = self.documents("plan", *self.songs, "--loudness", "-18")
        self.assertAlmostEqual(done[0]["album"]["loudness_lufs"], -18, delta=0.05)
        self.assertGreater(done[0]["loudness_lufs"], -18)
        self.assertLess(done[1]["loudness_lufs"], -18)
        refused = bench.run("master", *self.songs, "--anyway", "--loudness", "-3")
        self.assertEqual(refused.returncode, 1)
        self.assertIn("nearest", refused.stderr.decode())
        self.assertEqual(self.listing(), ["1-loud.wav", "2-quiet.wav"])

    def test_a_bad_song_gives_an_error_line_and_the_others_are_levelled_without_it(self):
        bad = self.path("0-bad.wav")
        with open(bad, "w", encoding="utf-8") as file:
            file.write("no audio")
        done, errors = self.documents("master", self.folder, "--anyway", status=1)
        self.assertEqual([list(one)[0] for one in done], ["file", "schema", "schema"])
        self.assertEqual(done[1]["plan"]["album"]["songs"], 2)
        self.assertIn("no part in the album", errors)

    def test_no_master_of_an_album_takes_the_name_of_another(self):
        bench.ffmpeg("-i", self.songs[0], self.path("1-loud.flac"))
        done, errors = self.documents("master", self.folder, "--anyway", "--overwrite", status=1)
        self.assertEqual(["error" in one for one in done], [False, True, False])
        self.assertIn("rename one", errors)

    def test_an_interrupt_leaves_no_part_of_an_album(self):
        self.songs.append(self.copy(bench.SONG, "3-long.wav"))
        mixes = self.listing()
        program = subprocess.Popen([bench.LACQUER, "master", *self.songs, "--anyway", "--json"], env=bench.environment(),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        until = time.monotonic() + bench.PATIENCE_S
        # Two songs are rendered, under no name yet, when the third one's file appears.
        while len(os.listdir(self.folder)) < 6 and program.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        program.send_signal(signal.SIGINT)
        _, message = program.communicate(timeout=bench.PATIENCE_S)
        self.assertEqual((program.returncode, message.decode()),
                         (130, "lacquer: interrupted; nothing half-written was left\n"))
        self.assertEqual(self.listing(), mixes)

    def test_whoever_masters_a_second_song_on_its_own_is_told(self):
        first = self.succeeds("master", self.songs[0], "--anyway")
        self.assertNotIn("one by one", first.stderr.decode())
        self.assertNotIn("one by one", self.succeeds("master", self.songs[0], "--anyway").stderr.decode())
        self.assertIn("one by one", self.succeeds("master", self.songs[1], "--anyway").stderr.decode())

    def test_what_is_for_one_song_is_refused_for_an_album(self):
        for options in (["--ceiling", "auto"], ["--preview", "10"]):
            self.fails("master", *self.songs, *options, status=2, says="--each")


if __name__ == "__main__":
    unittest.main()
