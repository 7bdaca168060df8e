#!/usr/bin/env python3
"""What mastering costs, trials and closing checks included, beside two programs that people use for it.

    benchmarks/master_speed.py FOLDER [--lacquer build/release/bin/lacquer] [--rounds 3] [--pieces 8] [--other LACQUER]

FOLDER holds WAV or FLAC. On each piece, in each round, one after another:
  lacquer     master --anyway: measured, judged, planned, tried, rendered, read back, judged again
  loudnorm    FFmpeg's loudnorm in its two passes to the loudness and ceiling of our master, back at the piece's rate
  matchering  Matchering's method (benchmarks/peers/matchering.py), towards the next piece in the alphabet
  other       another build of lacquer, where one is named
Told: seconds of audio for each second of waiting and of CPU time (the median of the rounds), and how many times faster
lacquer is than each (taken within a round, then the median over rounds and pieces), first by waiting, then by CPU time. On a
machine with other work to do the second means more; it gives nothing for using two cores.
Needs ffmpeg, python3-numpy, python3-scipy, python3-soundfile.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Clock:
    """Seconds of waiting and of CPU time over several programs."""

    def __init__(self):
        self.wall = self.cpu = 0.0

    def run(self, command):
        before = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        out, err = child.communicate()
        self.wall += time.perf_counter() - before
        if child.returncode != 0:
            sys.exit(f"{command[0]}: {err.decode(errors='replace')}")
        return out.decode(), err.decode(errors="replace")

    def __enter__(self):
        self._before = os.times()
        return self

    def __exit__(self, *_):
        after = os.times()
        self.cpu = (after.children_user - self._before.children_user) + (after.children_system - self._before.children_system)


def probe(path):
    told = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "a:0", "-show_entries", "stream=sample_rate,duration",
                           "-of", "json", path], check=True, capture_output=True, text=True).stdout
    stream = json.loads(told)["streams"][0]
    return float(stream["duration"]), stream["sample_rate"]


def lacquer(program, path, out):
    with Clock() as clock:
        told, _ = clock.run([program, "master", path, "--anyway", "--no-history", "--overwrite", "-o", out, "--json"])
    return clock, json.loads(told)


def loudnorm(path, rate, lufs, ceiling_dbtp, out):
    want = f"loudnorm=I={lufs:.1f}:TP={ceiling_dbtp:.1f}:LRA=20"
    quiet = ["ffmpeg", "-nostdin", "-hide_banner", "-nostats", "-y", "-i", path]
    with Clock() as clock:
        _, told = clock.run([*quiet, "-af", want + ":print_format=json", "-f", "null", "-"])
        seen = json.loads(re.findall(r"\{[^{}]*\}", told)[-1])
        known = ":".join(f"measured_{key}={seen['input_' + key.lower()]}" for key in ("I", "TP", "LRA", "thresh"))
        clock.run([*quiet, "-af", f"{want}:{known}:offset={seen['target_offset']}:linear=true", "-ar", rate, "-c:a",
                   "pcm_s24le", out])
    return clock


def matchering(path, reference, out):
    with Clock() as clock:
        clock.run([sys.executable, os.path.join(HERE, "peers", "matchering.py"), path, reference, out])
    return clock


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--lacquer", default=os.path.join(HERE, "..", "build", "release", "bin", "lacquer"))
    arguments.add_argument("--other")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--pieces", type=int, default=8)
    asked = arguments.parse_args()
    songs = sorted(os.path.join(asked.folder, f) for f in os.listdir(asked.folder) if f.lower().endswith((".wav", ".flac")))
    ratios = {}
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out.wav")
        for place, path in enumerate(songs[:asked.pieces]):
            seconds, rate = probe(path)
            rows = {}
            for _ in range(asked.rounds):
                ours, document = lacquer(asked.lacquer, path, out)
                lufs = max(-70.0, min(-5.0, document["after"]["loudness"]["integrated_lufs"]))
                ceiling = document["plan"]["ceiling_dbtp"]
                taken = {"lacquer": ours, "loudnorm": loudnorm(path, rate, lufs, ceiling, out),
                         "matchering": matchering(path, songs[(place + 1) % len(songs)], out)}
                if asked.other:
                    taken["other"] = lacquer(asked.other, path, out)[0]
                for name, clock in taken.items():
                    rows.setdefault(name, []).append(clock)
                    if name != "lacquer":
                        ratios.setdefault(name, []).append((clock.wall / ours.wall, clock.cpu / ours.cpu))
            print(f"{os.path.basename(path):24} {seconds:6.1f} s " + "  ".join(
                f"{name} {seconds / statistics.median(c.wall for c in clocks):5.1f}x"
                f" (CPU {seconds / statistics.median(c.cpu for c in clocks):5.1f}x)" for name, clocks in rows.items()),
                flush=True)
    for name, pairs in ratios.items():
        print(f"faster than {name:11} {statistics.median(p[0] for p in pairs):5.2f} x waiting,"
              f" {statistics.median(p[1] for p in pairs):5.2f} x CPU time")


if __name__ == "__main__":
    main()
