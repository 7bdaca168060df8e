#!/usr/bin/env python3
"""How near does a master come to a reference, and at what price, against Matchering's method on the same pairs?

    benchmarks/reference_match.py FOLDER [--lacquer build/release/bin/lacquer] [--pairs 8] [--seconds 90]

FOLDER holds WAV or FLAC. Each song is mastered towards the one after it in the alphabet (--amount 100). Told for both:
  tone     root mean square distance of third-octaves, 40 Hz to 16 kHz, from the reference (200 Hz to 2 kHz as 0 dB)
  width    the same of side to mid in its four bands
  peak     true peak of the file
  PSR      5th percentile: how far the loudest moments still stand out, and what the mix had
  moved    how much the level of 400 ms blocks wanders against the mix's own (dB, after the tone is evened out): what
           a limiter or a changing gain did, not a filter
All read by the same meters (lacquer check). Needs python3-numpy, python3-scipy, python3-soundfile, ffmpeg.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile

import numpy as np
import soundfile as sf

HERE = os.path.dirname(os.path.abspath(__file__))


def check(lacquer, path):
    made = subprocess.run([lacquer, "check", "--no-history", "--json", path], check=True, capture_output=True, text=True)
    return json.loads(made.stdout)["measurements"]


def tone(measured):
    bands = [b["level_db"] for b in measured["spectrum"]["third_octaves"] if 39 < b["hz"] < 16500]
    return np.array([math.nan if b is None else b for b in bands])


def width(measured):
    return np.array([math.nan if b["side_to_mid_db"] is None else max(b["side_to_mid_db"], -30)
                     for b in measured["stereo"]["bands"]])


def away(a, b):
    d = a - b
    return float(np.sqrt(np.nanmean(d ** 2)))


def wander(mix, made):
    x, rate = sf.read(mix, always_2d=True)
    y, other = sf.read(made, always_2d=True)
    def blocks(z, fs):
        n = int(0.4 * fs)
        z = z[:len(z) // n * n].reshape(-1, n, z.shape[1])
        return 10 * np.log10((z ** 2).mean((1, 2)) + 1e-10)
    a, b = blocks(x, rate), blocks(y, other)
    n = min(len(a), len(b))
    loud = a[:n] > a[:n].max() - 20
    return float(np.std((b[:n] - a[:n])[loud]))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--lacquer", default=os.path.join(HERE, "..", "build", "release", "bin", "lacquer"))
    arguments.add_argument("--pairs", type=int, default=8)
    arguments.add_argument("--seconds", type=float, default=90)
    asked = arguments.parse_args()
    songs = sorted(f for f in os.listdir(asked.folder) if f.lower().endswith((".wav", ".flac")))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        def cut(name, to):
            path = os.path.join(folder, to + ".wav")
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", os.path.join(asked.folder, name), "-t", str(asked.seconds),
                            "-ac", "2", "-c:a", "pcm_s24le", path], check=True)
            return path
        for i in range(min(asked.pairs, len(songs))):
            mix, reference = cut(songs[i], "mix"), cut(songs[(i + 1) % len(songs)], "reference")
            theirs = check(asked.lacquer, reference)
            before = check(asked.lacquer, mix)
            ours, peer = os.path.join(folder, "ours.wav"), os.path.join(folder, "peer.wav")
            subprocess.run([asked.lacquer, "master", mix, "--anyway", "--no-history", "--reference", reference, "--amount",
                            "100", "--overwrite", "-o", ours, "--json"], check=True, capture_output=True)
            subprocess.run([sys.executable, os.path.join(HERE, "peers", "matchering.py"), mix, reference, peer], check=True)
            row = {"pair": f"{songs[i]} -> {songs[(i + 1) % len(songs)]}"}
            for who, path in (("mix", mix), ("ours", ours), ("peer", peer)):
                m = check(asked.lacquer, path)
                row[who] = {"tone": away(tone(m), tone(theirs)), "width": away(width(m), width(theirs)),
                            "peak": m["peak"]["true_dbtp"], "psr": m["dynamics"]["psr_p5_db"],
                            "moved": wander(mix, path), "lufs": m["loudness"]["integrated_lufs"]}
            rows.append(row)
            print(row["pair"])
            for who in ("mix", "ours", "peer"):
                r = row[who]
                print(f"  {who:5} tone {r['tone']:5.2f} dB  width {r['width']:5.2f} dB  peak {r['peak']:6.2f} dBTP  "
                      f"PSR {r['psr']:5.2f} dB  moved {r['moved']:4.2f} dB  {r['lufs']:6.1f} LUFS", flush=True)
    for who in ("mix", "ours", "peer"):
        mean = {key: statistics.mean(r[who][key] for r in rows) for key in ("tone", "width", "psr", "moved")}
        print(f"mean {who:5} tone {mean['tone']:.2f} dB, width {mean['width']:.2f} dB, PSR {mean['psr']:.2f} dB, "
              f"moved {mean['moved']:.2f} dB, highest peak {max(r[who]['peak'] for r in rows):.2f} dBTP")


if __name__ == "__main__":
    main()
