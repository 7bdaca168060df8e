"""Whatever is handed in: one line that says what is wrong, the right status, and nothing half-written."""

import math
import os
import resource
import shutil
import signal
import subprocess
import time
import unittest
import wave

import bench


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def pcm(path, frames, rate=44100, channels=2):
    with wave.open(path, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(frames)


class Unreadable(bench.Case):
    def refused(self, name, says=None):
        before = self.listing()
        for command in ("check", "plan", "master"):
            self.fails(command, self.path(name), says=says)
        self.assertEqual(self.listing(), before)

    def test_a_missing_file(self):
        self.refused("nothing.wav")

    def test_an_empty_folder(self):
        os.mkdir(self.path("folder"))
        self.refused("folder", says="holds no audio files")

    def test_an_empty_file(self):
        write(self.path("empty.wav"), b"")
        self.refused("empty.wav")

    def test_text_that_calls_itself_wav(self):
        write(self.path("text.wav"), b"Dear sir or madam,\n" * 100)
        self.refused("text.wav")

    def test_a_wav_without_samples(self):
        pcm(self.path("none.wav"), b"")
        self.refused("none.wav")

    def test_a_header_and_nothing_else(self):
        with open(bench.EXCERPT, "rb") as file:
            write(self.path("header.wav"), file.read(44))
        self.refused("header.wav")

    def test_a_pipe_and_a_device(self):
        os.mkfifo(self.path("pipe.wav"))
        self.refused("pipe.wav")
        self.fails("check", "/dev/zero")

    def test_a_name_that_looks_like_an_address_opens_no_connection(self):
        self.fails("check", "http://127.0.0.1:9/mix.wav")
        self.fails("check", "concat:a|b")

    def test_a_playlist_is_not_followed(self):
        self.copy(bench.EXCERPT, "real.wav")
        for name, text in (("list.m3u8", f"#EXTM3U\n#EXTINF:10,\n{self.path('real.wav')}\n"),
                           ("list.wav", f"ffconcat version 1.0\nfile '{self.path('real.wav')}'\n")):
            write(self.path(name), text.encode())
            self.fails("check", self.path(name))

    def test_eight_channels_are_refused_with_what_to_do(self):
        bench.ffmpeg("-i", bench.EXCERPT, "-t", "2", "-af", "pan=7.1|c0=c0|c1=c1|c2=c0|c3=c1|c4=c0|c5=c1|c6=c0|c7=c1",
                     self.path("eight.wav"))
        self.refused("eight.wav", says="8 channels")
        self.fails("check", "--only", "loudness", self.path("eight.wav"), says="8 channels")

    def test_six_channels_are_measured_for_loudness_only(self):
        bench.ffmpeg("-i", bench.EXCERPT, "-t", "2", "-af", "pan=5.1|c0=c0|c1=c1|c2=c0|c3=c1|c4=c0|c5=c1",
                     self.path("six.wav"))
        self.fails("check", self.path("six.wav"), says="--only loudness")
        document = self.json("check", "--only", "loudness", self.path("six.wav"))
        self.assertIsNotNone(document["measurements"]["loudness"]["integrated_lufs"])


class Odd(bench.Case):
    def test_a_truncated_file_is_processed_and_the_truncation_told(self):
        with open(bench.EXCERPT, "rb") as file:
            write(self.path("cut.wav"), file.read(2_000_000))
        bench.ffmpeg("-i", bench.EXCERPT, self.path("whole.flac"))
        with open(self.path("whole.flac"), "rb") as file:
            data = file.read()
        write(self.path("cut.flac"), data[:len(data) // 2])
        for name in ("cut.wav", "cut.flac"):
            done = self.succeeds("check", "--json", self.path(name))
            self.assertIn("ends early or is damaged", done.stderr.decode(), name)
            self.assertIn("ends early or is damaged", self.succeeds("check", self.path(name)).stdout.decode(), name)
            self.succeeds("master", self.path(name), "--anyway")

    def test_a_header_that_lies_about_its_length_is_survived(self):
        with open(bench.EXCERPT, "rb") as file:
            data = bytearray(file.read(1_000_000))
        place = data.index(b"data") + 4
        for lie in (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x10"):
            data[place:place + 4] = lie
            write(self.path("liar.wav"), data)
            self.assertIn(bench.run("check", "--json", self.path("liar.wav")).returncode, (0, 1), lie)

    def test_nan_and_infinity_are_taken_as_silence_and_told(self):
        frames = [(0.25 if (i // 50) % 2 else -0.25,) * 2 for i in range(44100)]
        frames[1000] = (float("nan"), float("inf"))
        bench.float_wav(self.path("nan.wav"), frames)
        done = self.succeeds("check", "--json", self.path("nan.wav"))
        self.assertIn("not a number", done.stderr.decode())
        self.assertNotIn("NaN", done.stdout.decode())
        self.succeeds("master", self.path("nan.wav"), "--anyway")

    def test_silence_and_the_very_short_have_no_loudness_to_master_to(self):
        pcm(self.path("silence.wav"), bytes(4 * 44100 * 5))
        pcm(self.path("one.wav"), b"\x00\x10\x00\x10")
        pcm(self.path("5ms.wav"), b"\x00\x10\x00\x10" * 220)
        before = self.listing()
        for name in before:
            self.assertIsNone(self.json("check", self.path(name))["measurements"]["loudness"]["integrated_lufs"])
            self.succeeds("check", self.path(name))
            self.fails("master", self.path(name), "--anyway", says="has no loudness")
        self.assertEqual(self.listing(), before)

    def test_the_highest_rate_is_taken(self):
        bench.ffmpeg("-i", bench.EXCERPT, "-t", "3", "-ar", "384000", self.path("384.wav"))
        self.assertEqual(self.json("check", self.path("384.wav"))["file"]["sample_rate_hz"], 384000)
        self.succeeds("master", self.path("384.wav"), "--anyway")

    def test_names_of_every_kind_are_just_names(self):
        for name in (b"two words.wav", b"it's \"quoted\".wav", b"new\nline.wav", b"-o.wav", b"--help", b"\xff\xfe.wav",
                     b"esc\x1b[2J.wav", "Größe.wav".encode()):
            shutil.copyfile(bench.EXCERPT, os.path.join(os.fsencode(self.folder), name))
            done = self.succeeds("check", "--json", "--", name, cwd=self.folder)
            self.assertNotIn(b"\x1b", done.stdout)
            text = self.succeeds("check", "--", name, cwd=self.folder).stdout
            self.assertNotIn(b"\x1b", text)
            text.decode("utf-8")
            done = self.fails("check", "--", b"no " + name, cwd=self.folder)
            self.assertNotIn(b"\x1b", done.stderr)


class Outputs(bench.Case):
    def test_the_input_is_never_overwritten(self):
        mix = self.copy(bench.EXCERPT, "mix.wav")
        os.link(mix, self.path("hard.wav"))
        os.symlink("mix.wav", self.path("soft.wav"))
        before = (self.listing(), bench.sha256(mix))
        for name in ("mix.wav", "hard.wav", "soft.wav", "./mix.wav"):
            for options in ([], ["--overwrite"]):
                self.fails("master", mix, "--anyway", "-o", os.path.join(self.folder, name), *options, says="the mix itself")
        for option in ("--html", "--pdf"):
            self.fails("master", mix, "--anyway", option, mix, says="another name")
            self.fails("check", mix, option, mix, says="another name")
        self.fails("plan", mix, "-o", mix, "--overwrite", says="the mix itself")
        self.assertEqual((self.listing(), bench.sha256(mix)), before)

    def test_a_folder_that_cannot_be_written(self):
        for place in (self.path("no/such/folder/m.wav"), "/proc/m.wav", os.path.join(bench.EXCERPT, "m.wav")):
            self.fails("master", bench.EXCERPT, "--anyway", "-o", place)
        self.fails("master", bench.EXCERPT, "--anyway", "-o", self.path("m.wav"), "--html", self.path("no/m.html"))
        self.fails("plan", bench.EXCERPT, "-o", self.path("no/plan.toml"))
        self.fails("check", bench.EXCERPT, "--html", "/proc/page.html")
        self.assertEqual(self.listing(), [])

    def test_a_name_that_is_too_long(self):
        mix = self.copy(bench.EXCERPT, "x" * 250 + ".wav")
        self.fails("master", mix, "--anyway", says="too long")
        self.assertEqual(len(self.listing()), 1)

    def test_a_full_disk_leaves_nothing(self):
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
        self.fails("master", bench.EXCERPT, "--anyway", "-o", self.path("m.wav"), preexec_fn=small_files)
        self.fails("master", bench.EXCERPT, "--anyway", "-o", self.path("m.flac"), preexec_fn=small_files)
        self.assertEqual(self.listing(), [])

    def interrupted(self, signal_number, begun):
        """Sends the signal as soon as begun(pid) says so, and expects the program to clean up and end by itself."""
        with subprocess.Popen([bench.LACQUER, "master", bench.SONG, "--anyway", "-o", self.path("m.wav"), "--html"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=bench.environment()) as program:
            deadline = time.monotonic() + bench.PATIENCE_S
            while not begun(program.pid) and program.poll() is None and time.monotonic() < deadline:
                time.sleep(0.002)
            program.send_signal(signal_number)
            message = program.stderr.read().decode()
            self.assertEqual(program.wait(bench.PATIENCE_S), 130, message)
        self.assertEqual(message, "lacquer: interrupted; nothing half-written was left\n")
        self.assertEqual(self.listing(), [])

    def test_an_interrupt_in_the_render_leaves_nothing(self):
        for signal_number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.interrupted(signal_number, lambda _: self.listing())

    def test_an_interrupt_while_measuring_leaves_nothing(self):
        def has_opened_the_mix(process):
            folder = f"/proc/{process}/fd"
            try:
                return bench.SONG in [os.readlink(os.path.join(folder, name)) for name in os.listdir(folder)]
            except FileNotFoundError:
                return False
        self.interrupted(signal.SIGINT, has_opened_the_mix)


class OddSounds(bench.Case):
    """What no song is, and what is no mix: a finite master within its ceiling, and a plan that says why."""

    def mastered(self, name, sample, seconds=6, channels=2):
        """`sample` gives the value of each frame."""
        bench.float_wav(self.path(name), [(sample(i),) * channels for i in range(int(44100 * seconds))], channels=channels)
        document = self.json("master", self.path(name), "--anyway", "-o", self.path("out.wav"), "--overwrite")
        self.assertTrue(document["plan"]["why"], name)
        self.assertTrue(all(claim["holds"] for claim in document["verified"]), document["verified"])
        self.assertLessEqual(document["after"]["peak"]["true_dbtp"], -0.95, name)
        self.assertGreater(document["after"]["peak"]["true_dbtp"], -60, name)
        return document

    def test_odd_sounds_become_masters_within_the_ceiling(self):
        def beat(i):
            return 0.4 * math.sin(i * 0.01) * math.exp(-(i % 22050) / 4000) + 0.05 * math.sin(i * 0.1)
        mono = self.mastered("mono.wav", beat, channels=1)
        self.assertEqual(self.json("check", self.path("out.wav"))["file"]["channels"], 1)
        both = self.mastered("dual-mono.wav", beat)
        # The same on both channels is 3 LU louder than on one.
        self.assertAlmostEqual(both["after"]["loudness"]["integrated_lufs"],
                               mono["after"]["loudness"]["integrated_lufs"] + 3.01, delta=0.3)
        self.mastered("five-seconds.wav", beat, seconds=5)
        self.mastered("click.wav", lambda i: 1.0 if i == 100_000 else 0.0)
        self.mastered("square.wav", lambda i: 1.0 if i % 441 < 220 else -1.0)
        self.mastered("hot-square.wav", lambda i: 8.0 if i % 441 < 220 else -8.0)
        self.mastered("offset.wav", lambda i: 0.5 + 0.2 * beat(i))
        self.mastered("hot.wav", lambda i: 1000 * beat(i))

    def test_one_sample_beyond_all_audio_does_not_silence_the_rest(self):
        document = self.mastered("spike.wav", lambda i: 1e30 if i == 1000 else 0.1 * math.sin(i * 0.05))
        self.assertGreater(document["after"]["loudness"]["integrated_lufs"], -20)

    def test_denormals_are_silence(self):
        bench.float_wav(self.path("denormal.wav"), [(1e-42 if i % 2 else -1e-40,) * 2 for i in range(44100)])
        self.fails("master", self.path("denormal.wav"), "--anyway", says="has no loudness")


class BrokenPlans(bench.Case):
    def setUp(self):
        super().setUp()
        self.succeeds("plan", bench.EXCERPT, "-o", self.path("plan.toml"))
        with open(self.path("plan.toml"), encoding="utf-8") as file:
            self.plan = file.read()

    def refused(self, text, says):
        write(self.path("plan.toml"), text if isinstance(text, bytes) else text.encode())
        done = self.fails("master", bench.EXCERPT, "--anyway", "--plan", self.path("plan.toml"), "-o", self.path("m.wav"))
        self.assertIn("plan.toml: ", done.stderr.decode())
        self.assertIn(says, done.stderr.decode())
        self.assertEqual(self.listing(), ["plan.toml"])

    def test_each_fault_is_named_with_its_line(self):
        self.refused(self.plan.replace("ceiling_dbtp = -1.0", "ceiling_dbtp = 5"), "ceiling_dbtp is 5; it must be between")
        self.refused(self.plan.replace("ceiling_dbtp = -1.0", "ceiling_dbtp = nan"), "finite")
        self.refused(self.plan.replace("  trim_db = ", "  trim_db = 99 # ", 1), "stages[0].parameters.trim_db is 99")
        self.refused(self.plan[:self.plan.rindex("[[stages]]")], "stages has 6 entries")
        self.refused(self.plan + "\n[[stages]]\n", "8 entries")
        self.refused("loudness = loud", "line 1: ")
        self.refused(b"\xff\xfe\x00", "not TOML")
        self.refused("\n", "schema is missing")
        self.refused(b" " * 2_000_000, "longer than 1 MiB")

    def test_a_plan_that_is_not_there(self):
        self.fails("master", bench.EXCERPT, "--plan", self.path("other.toml"), says="other.toml: ")
        self.fails("master", bench.EXCERPT, "--plan", self.folder)


class Usage(bench.Case):
    def wrong(self, *arguments, says):
        self.fails(*arguments, status=2, says=says)
        self.assertEqual(self.listing(), [])

    def test_wrong_usage_is_one_line_and_status_2(self):
        out = self.path("m.wav")
        self.wrong(says="no command")
        self.wrong("polish", bench.EXCERPT, says="polish: there is no such command")
        self.wrong("--nonsense", says="--nonsense")
        self.wrong("check", says="FILE")
        self.wrong("check", bench.EXCERPT, "--nonsense", says="--nonsense")
        self.wrong("check", bench.EXCERPT, "--as", "demo", says="mix or master")
        self.wrong("master", bench.EXCERPT, "--amount", "30", says="--reference")
        self.wrong("master", bench.EXCERPT, "--ceiling", "3", says="dBTP")
        self.wrong("master", bench.EXCERPT, "--loudness", "louder", says="gentle, streaming, loud or club")
        self.wrong("master", bench.EXCERPT, "--loudness", "nan", says="LUFS")
        self.wrong("master", bench.EXCERPT, "--bits", "12", says="16, 24 or 32f")
        self.wrong("master", bench.EXCERPT, "--rate", "1", says="8000 to 384000 Hz")
        self.wrong("master", bench.EXCERPT, "--accept", "reverb", says="limiting")
        self.wrong("master", bench.EXCERPT, "-o", self.path("m.mp3"), says=".flac")
        self.wrong("master", bench.EXCERPT, "-o", out, "--format", "flac", says="--format flac does not go with")
        self.wrong("master", bench.EXCERPT, "--format", "flac", "--bits", "32f", says="FLAC")
        self.wrong("master", bench.EXCERPT, "--dither", "shaped", says="16 bits")
        self.wrong("master", bench.EXCERPT, bench.DEMO, "-o", out, says="one name for 2 files")
        self.wrong("master", bench.EXCERPT, "--plan", "p.toml", "--loudness", "-9", says="--loudness")
        self.wrong("check", bench.EXCERPT, "--only", "loudness", "--strict", says="--strict")

    def test_help_and_version_are_no_errors(self):
        self.assertRegex(self.succeeds("--version").stdout.decode(), r"^lacquer \d+\.\d+\.\d+\n$")
        for arguments in (["--help"], ["check", "--help"], ["plan", "--help"], ["master", "--help"]):
            self.assertIn("Examples:", self.succeeds(*arguments).stdout.decode())


if __name__ == "__main__":
    unittest.main()
