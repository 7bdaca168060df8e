"""What the end-to-end tests share: the program, the audio, and a folder of their own for each test."""

import atexit
import hashlib
import json
import os
import shutil
import struct
import subprocess
import tempfile
import unittest

LACQUER = os.environ["LACQUER"]
CACHE = os.environ["LACQUER_E2E_CACHE"]
SOURCE = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))

DEMO = os.path.join(CACHE, "demo.wav")  # the demo mix, whole
FLAWED = os.path.join(CACHE, "demo-flawed.wav")
INVERTED = os.path.join(CACHE, "inverted.wav")  # one channel upside down: cancels in mono
SONG = os.path.join(CACHE, "song.wav")  # a real song, mixed from its two stems
EXCERPT = os.path.join(CACHE, "song-30s.wav")

# Where the tests of one script keep their history: never in the developer's own home.
DATA = tempfile.mkdtemp(prefix="lacquer-e2e-data-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)

# An interrupt must end the program by itself within this; generous, for slow machines and sanitizers.
PATIENCE_S = 300


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", *map(str, arguments)], check=True)


def environment(**changes):
    """Plain surroundings, whatever the developer's terminal says."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    sanitizers = {name: text for name, text in os.environ.items() if name.endswith("SAN_OPTIONS")}
    return {**kept, **sanitizers, "LC_ALL": "C.UTF-8", "TZ": "UTC", "LACQUER_DATA": DATA, **changes}


def run(*arguments, cwd=None, **options):
    """Runs lacquer; arguments may be bytes."""
    words = [os.fsencode(LACQUER)] + [word if isinstance(word, bytes) else os.fsencode(str(word)) for word in arguments]
    options.setdefault("env", environment())
    return subprocess.run(words, capture_output=True, cwd=cwd, timeout=PATIENCE_S, check=False, **options)


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def float_wav(path, frames, rate=44100, channels=2):
    """A 32-bit float WAV; `frames` are tuples of numbers."""
    data = b"".join(struct.pack(f"<{channels}f", *frame) for frame in frames)
    with open(path, "wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt ")
        file.write(struct.pack("<IHHIIHH", 16, 3, channels, rate, rate * channels * 4, channels * 4, 32))
        file.write(b"data" + struct.pack("<I", len(data)) + data)


def loudness_by_ffmpeg(path):
    """Integrated loudness by FFmpeg's ebur128, which shares no code with ours; printed to 0.1 LUFS."""
    done = subprocess.run(["ffmpeg", "-nostdin", "-hide_banner", "-i", path, "-af", "ebur128=framelog=verbose", "-f",
                           "null", "-"], capture_output=True, text=True, check=True)
    summary = done.stderr[done.stderr.rindex("Integrated loudness:"):]
    return float(summary.split("I:")[1].split("LUFS")[0])


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        for name in os.listdir(DATA):  # no test knows what another one checked
            os.remove(os.path.join(DATA, name))
        self.folder = tempfile.mkdtemp(prefix="lacquer-e2e-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def copy(self, source, name):
        return shutil.copyfile(source, self.path(name))

    def listing(self):
        return sorted(os.path.relpath(os.path.join(folder, name), self.folder)
                      for folder, _, names in os.walk(self.folder) for name in names)

    def succeeds(self, *arguments, status=0, **options):
        done = run(*arguments, **options)
        self.assertEqual(done.returncode, status, done.stderr.decode(errors="replace")[-2000:])
        return done

    def json(self, *arguments, status=0, **options):
        done = self.succeeds(*arguments, "--json", status=status, **options)
        lines = done.stdout.decode("utf-8").splitlines()
        self.assertEqual(len(lines), 1, "one document on one line")
        return json.loads(lines[0], parse_constant=lambda name: self.fail(f"{name} is no JSON number"))

    def fails(self, *arguments, status=1, says=None, **options):
        """The error contract: this status, one line on standard error, in this program's style."""
        done = run(*arguments, **options)
        message = done.stderr.decode("utf-8")
        self.assertEqual(done.returncode, status, message)
        self.assertEqual(message.count("\n"), 1, message)
        self.assertTrue(message.startswith("lacquer: ") and message.endswith("\n"), message)
        self.assertTrue(all(c.isprintable() for c in message[:-1]), repr(message))
        if says:
            self.assertIn(says, message)
        return done
