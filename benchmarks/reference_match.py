#!/usr/bin/env python3
"""How near does a master come to a reference, and at what price, against Matchering's method on the same pairs?

    benchmarks/reference_match.py FOLDER [--lacquer build/release/bin/lacquer] [--pairs 8] [--seconds 90]
                                  [--amount 100] [--rate HZ] [--reference-rate HZ]

FOLDER holds WAV or FLAC. Each song is mastered towards the one after it in the alphabet. --rate and --reference-rate
convert them first, so that both need not have one. Told of the mix and of both masters, none of it a matter of level:
  tone     root mean square distance of third-octaves, 40 Hz to 16 kHz, from the reference (200 Hz to 2 kHz as 0 dB)
  width    the same of side to mid in four bands, none taken as narrower than -30 dB
  peak     true peak of the file: over its own ceiling (-1 dBTP here, -0.01 dBFS there) is overshoot
  PSR      5th percentile: how far the loudest moments still stand out, and what the mix had
  moved    by how much the gain wanders while the piece plays: level of 400 ms blocks in third-octaves of mid and of
           side, master less mix, without what a fixed filter explains (the median of each band); root mean square, dB
All but the last are read by the same meters (lacquer check). Needs python3-numpy, python3-scipy, python3-soundfile,
ffmpeg.
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


def block_levels(path):
    """Level of each 400 ms in each third-octave of mid and side, dB."""
    x, rate = sf.read(path, always_2d=True)
    x = np.stack([x.mean(1), (x[:, 0] - x[:, -1]) / 2])
    n = int(0.4 * rate)
    x = x[:, :x.shape[1] // n * n].reshape(2, -1, n)
    power = np.abs(np.fft.rfft(x * np.hanning(n))) ** 2
    hz = np.arange(power.shape[2]) * rate / n
    centres = 1000 * 10 ** (np.arange(-14, 13) / 10)
    bands = [power[:, :, (hz >= c * 10 ** -0.05) & (hz < c * 10 ** 0.05)].sum(2) for c in centres]
    return 10 * np.log10(np.concatenate(bands) + 1e-9)


def wander(mix, made):
    a, b = block_levels(mix), block_levels(made)
    n = min(a.shape[1], b.shape[1])
    moves = []
    for before, after in zip(a[:, :n], b[:, :n]):
        loud = before > max(before.max() - 20, -60)
        if loud.sum() >= 10:
            moved = (after - before)[loud]
            moves.append(np.mean((moved - np.median(moved)) ** 2))
    return float(np.sqrt(np.mean(moves)))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder")
    arguments.add_argument("--lacquer", default=os.path.join(HERE, "..", "build", "release", "bin", "lacquer"))
    arguments.add_argument("--pairs", type=int, default=8)
    arguments.add_argument("--seconds", type=float, default=90)
    arguments.add_argument("--amount", default="100")
    arguments.add_argument("--rate", type=int)
    arguments.add_argument("--reference-rate", type=int)
    asked = arguments.parse_args()
    songs = sorted(f for f in os.listdir(asked.folder) if f.lower().endswith((".wav", ".flac")))
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        def cut(name, to, rate):
            path = os.path.join(folder, to + ".wav")
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", os.path.join(asked.folder, name), "-t", str(asked.seconds),
                            "-ac", "2"] + (["-ar", str(rate)] if rate else []) + ["-c:a", "pcm_s24le", path],
                           check=True)
            return path
        for i in range(min(asked.pairs, len(songs))):
            mix = cut(songs[i], "mix", asked.rate)
            reference = cut(songs[(i + 1) % len(songs)], "reference", asked.reference_rate)
            theirs = check(asked.lacquer, reference)
            before = check(asked.lacquer, mix)
            ours, peer = os.path.join(folder, "ours.wav"), os.path.join(folder, "peer.wav")
            subprocess.run([asked.lacquer, "master", mix, "--anyway", "--no-history", "--reference", reference, "--amount",
                            asked.amount, "--overwrite", "-o", ours, "--json"], check=True, capture_output=True)
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
