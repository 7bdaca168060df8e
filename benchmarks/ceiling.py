#!/usr/bin/python3
"""Does `lacquer master --ceiling auto` keep what it promises? Each delivery of the master is encoded to a file and
decoded from it by the ffmpeg program, and its true peak read by a meter of 32-fold oversampling that shares no
code with Lacquer.

    ceiling.py --lacquer build/release/bin/lacquer FOLDER_OR_FILE…
      --loudness -9   LUFS; where that is refused, the nearest that is named is mastered instead
      --finished    the songs are masters already: only the ceiling is asked for
      --keep FOLDER   keeps the masters there; those that are there already are not made again
      --markdown      prints the table for docs/playback.md

Needs python3-numpy, python3-scipy, python3-soundfile and ffmpeg.
"""
import argparse
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np
import soundfile as sf

from limiter import loudness, true_peak

ENCODERS = {"vorbis": ("libvorbis", "ogg"), "aac": ("aac", "m4a"), "opus": ("libopus", "opus"),
            "mp3": ("libmp3lame", "mp3")}
DELIVERIES = [("vorbis", 96), ("vorbis", 160), ("vorbis", 320), ("aac", 128), ("aac", 256), ("opus", 70),
              ("opus", 160), ("mp3", 128), ("mp3", 320)]


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *arguments], check=True)


def decoded_peak(master, codec, kbps, folder):
    """dBTP of the whole file, and how many samples lie above full scale."""
    encoder, ending = ENCODERS[codec]
    rate = sf.info(master).samplerate
    to_rate = 44100 if codec != "opus" and rate % 44100 == 0 else 48000
    encoded, decoded = os.path.join(folder, "e." + ending), os.path.join(folder, "d.wav")
    ffmpeg("-i", master, "-ar", str(to_rate), "-ac", "2", "-c:a", encoder, "-b:a", f"{kbps}k", encoded)
    ffmpeg("-i", encoded, "-c:a", "pcm_f32le", decoded)
    x, _ = sf.read(decoded, always_2d=True)
    return true_peak(x), int((np.abs(x) > 1.0).sum())


def master(lacquer, song, lufs, to):
    """What `lacquer master` says of itself, or the error."""
    done = subprocess.run([lacquer, "master", "--json", "--no-history", "--anyway", "--force", "--ceiling", "auto",
                           *(["--loudness", lufs] if lufs else []), "--overwrite", "-o", to, song],
                          capture_output=True, text=True)
    return (json.loads(done.stdout), None) if done.returncode == 0 else (None, done.stderr.strip())


def mastered(options, song, to):
    """What its maker said of it (nothing where the master was there already), and how often it was refused."""
    if os.path.exists(to):
        return None, 0
    wanted = None if options.finished else str(options.loudness)
    for refused in range(4):
        said, error = master(options.lacquer, song, wanted, to)
        if said:
            return said, refused
        print(error, file=sys.stderr, flush=True)
        nearest = re.search(r"--loudness (-[0-9.]+)", error)
        if not nearest:
            break
        wanted = nearest.group(1)
    sys.exit(f"{song}: no loudness that was named could be had")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("songs", nargs="+")
    parser.add_argument("--lacquer", default="build/release/bin/lacquer")
    parser.add_argument("--loudness", type=float, default=-9.0)
    parser.add_argument("--finished", action="store_true")
    parser.add_argument("--keep")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    songs = [song for given in options.songs
             for song in (sorted(glob.glob(os.path.join(given, "*.wav"))) if os.path.isdir(given) else [given])]
    held = 0
    with tempfile.TemporaryDirectory() as folder:
        for song in songs:
            name = os.path.splitext(os.path.basename(song))[0]
            to = os.path.join(options.keep or folder, name + ".wav")
            said, refused = mastered(options, song, to)
            ceiling = said["plan"]["ceiling_dbtp"] if said else None
            x, rate = sf.read(to, always_2d=True)
            lufs = loudness(x, rate)[0]
            found = {d: decoded_peak(to, *d, folder) for d in DELIVERIES}
            worst = max(found, key=lambda d: found[d][0])
            held += found[worst][0] <= 0.0
            peaks = " ".join(f"{c}-{k} {found[c, k][0]:.2f}" for c, k in found)
            if options.markdown:
                minus = lambda v: f"{v:.2f}".replace("-", "−")  # noqa: E731
                print(f"| {name} | {minus(lufs)} | {minus(ceiling)} | {minus(found[worst][0])} "
                      f"({worst[0]} {worst[1]}) |", flush=True)
            else:
                print(f"{name}: {lufs:.2f} LUFS{f' (refused {refused} times)' if refused else ''}, ceiling {ceiling}, "
                      f"highest {found[worst][0]:.2f} dBTP ({worst[0]}-{worst[1]}), samples over "
                      f"{sum(over for _, over in found.values())}; {peaks}", flush=True)
    print(f"{held} of {len(songs)} hold 0.0 dBTP in every delivery")


if __name__ == "__main__":
    main()
