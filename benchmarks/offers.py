#!/usr/bin/env python3
"""What is offered to a piece that needs no correction, and does accepting it make anything worse?

    benchmarks/offers.py FOLDER [--lacquer build/release/bin/lacquer] [--seconds 60]

FOLDER holds WAV or FLAC. Each song is mastered as it is and, for every stage that its plan offers, once more with that
stage accepted. Told are the items of the diagnostic pass that are worse in the accepted master than in the mix while
they are not in the plain one, or whose verdict is graver than there, and how far the level of any octave moved against
the plain master. Exit status 1 where an offer made an item worse. Needs ffmpeg.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GRAVITY = {"pass": 0, "look": 1, "fix": 2}


def master(lacquer, mix, *more):
    made = subprocess.run([lacquer, "master", mix, "--anyway", "--no-history", "--overwrite", "-o", mix + ".master.wav",
                           "--json", *more], capture_output=True, text=True)
    if made.returncode != 0:
        raise SystemExit(f"{mix}: {made.stderr.strip()}")
    return json.loads(made.stdout)


def offered(document):
    return [s["stage"] for s in document["plan"]["stages"] if s["state"] == "offered"]


def made_worse(plain, accepted):
    worse = []
    for before, after in zip(plain["items"], accepted["items"]):
        graver = GRAVITY.get(after["after"], 0) > GRAVITY.get(before["after"], 0)
        newly = after["change"] == "worse" and before["change"] != "worse"
        if graver or newly:
            worse.append(f"{after['id']} ({before['after']} to {after['after']})")
    return worse


def octave_moved(plain, accepted):
    thirds = [[b["level_db"] for b in d["after"]["spectrum"]["third_octaves"]] for d in (plain, accepted)]
    moved = [0.0]
    for first in range(3, 30, 3):
        pairs = [(a, b) for a, b in zip(*(t[first:first + 3] for t in thirds)) if a is not None and b is not None]
        if pairs:
            moved.append(abs(sum(b - a for a, b in pairs) / len(pairs)))
    return max(moved)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--lacquer", default=os.path.join(HERE, "..", "build", "release", "bin", "lacquer"))
    arguments.add_argument("--seconds", type=float, default=60)
    asked = arguments.parse_args()
    songs = sorted(f for f in os.listdir(asked.folder) if f.lower().endswith((".wav", ".flac")))
    with_offer = offers = harmful = 0
    with tempfile.TemporaryDirectory() as folder:
        mix = os.path.join(folder, "mix.wav")
        for song in songs:
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", os.path.join(asked.folder, song), "-t", str(asked.seconds),
                            "-c:a", "pcm_s24le", mix], check=True)
            plain = master(asked.lacquer, mix)
            stages = offered(plain)
            with_offer += bool(stages)
            print(f"{song}: " + (", ".join(stages) if stages else "nothing offered"), flush=True)
            for stage in stages:
                accepted = master(asked.lacquer, mix, "--accept", stage)
                applied = [s["state"] for s in accepted["plan"]["stages"] if s["stage"] == stage] == ["on"]
                worse = made_worse(plain, accepted)
                offers += 1
                harmful += bool(worse)
                print(f"  {stage:14} {'applied' if applied else 'taken back'}, moves an octave by "
                      f"{octave_moved(plain, accepted):.2f} dB, {'worse: ' + ', '.join(worse) if worse else 'no item worse'}",
                      flush=True)
    print(f"{with_offer} of {len(songs)} pieces get an offer; {harmful} of {offers} offers make an item worse")
    return 1 if harmful else 0


if __name__ == "__main__":
    sys.exit(main())
