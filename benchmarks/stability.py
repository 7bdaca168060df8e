#!/usr/bin/env python3
"""Does the same song get the same judgement when it is merely carried differently?

    benchmarks/stability.py FOLDER [--lacquer build/release/bin/lacquer] [--seconds 120]

FOLDER holds WAV or FLAC. Each song is judged as it is, after 320 kbit/s MP3 and back, at 48 kHz instead of
44.1 (or the other way round), and 3 dB quieter. A tonal or stereo verdict may move by one step at most (pass,
look, fix), and a tonal or stereo fault may not jump between absent and fix. Prints every move, and ends with
status 1 when one was too far. Needs ffmpeg.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

ITEMS = {3: "mono-compatibility", 5: "low-end", 6: "harshness", 7: "stereo-width"}
FAULTS = {"muddy", "boxy", "nasal", "harsh", "sibilant", "dull", "thin", "boomy", "rumble", "mono-as-stereo",
          "polarity-inverted", "mono-cancellation", "low-end-wide", "channel-imbalance", "too-narrow", "too-wide"}
STEPS = {"pass": 0, "listen": 0, "look": 1, "fix": 2}


def ffmpeg(*words):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *words], check=True)


def variants(song, folder, seconds):
    plain = os.path.join(folder, "plain.wav")
    ffmpeg("-i", song, "-t", str(seconds), "-c:a", "pcm_s24le", plain)
    rate = int(subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=sample_rate", "-of",
                               "default=nw=1:nk=1", plain], check=True, capture_output=True, text=True).stdout)
    mp3 = os.path.join(folder, "coded.mp3")
    ffmpeg("-i", plain, "-c:a", "libmp3lame", "-b:a", "320k", mp3)
    made = {"320 kbit/s": ["-i", mp3], "quieter": ["-i", plain, "-af", "volume=-3dB"],
            "other rate": ["-i", plain, "-ar", "44100" if rate == 48000 else "48000"]}
    yield "plain", plain
    for name, words in made.items():
        path = os.path.join(folder, name.replace(" ", "-").replace("/", "") + ".wav")
        ffmpeg(*words, "-c:a", "pcm_s24le", path)
        yield name, path


def judged(lacquer, path):
    # As a mix: 3 dB less must not turn a master into a mix.
    done = subprocess.run([lacquer, "check", "--json", "--no-history", "--as", "mix", path], capture_output=True,
                          text=True)
    if done.returncode:
        sys.exit(f"{path}: {done.stderr.strip()}")
    return json.loads(done.stdout)


def steps(document):
    items = {f["id"]: f["verdict"] for f in document["findings"] if f["item"] in ITEMS}
    severities = {f["id"]: f["severity"] for f in document["faults"] if f["id"] in FAULTS}
    return {**items, **{f"fault {name}": severities.get(name, "pass") for name in FAULTS}}


def compare(song, name, before, after):
    """The moves of one variant, and how many of them were too far."""
    too_far = 0
    for what, verdict in before.items():
        other = after[what]
        if other == verdict or "n/a" in (other, verdict):
            continue
        far = abs(STEPS[other] - STEPS[verdict]) > 1
        too_far += far
        print(f"{song:24s} {name:12s} {what:26s} {verdict} -> {other}{'   TOO FAR' if far else ''}")
    return too_far


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--lacquer", default="build/release/bin/lacquer")
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    songs = sorted(f for f in os.listdir(options.folder) if f.lower().endswith((".wav", ".flac")))
    too_far = compared = 0
    for song in songs:
        with tempfile.TemporaryDirectory() as folder:
            plain = None
            for name, path in variants(os.path.join(options.folder, song), folder, options.seconds):
                now = steps(judged(options.lacquer, path))
                if plain is None:
                    plain = now
                    continue
                too_far += compare(song, name, plain, now)
                compared += len(now)
    print(f"{len(songs)} songs, {compared} verdicts compared, {too_far} moved by more than one step")
    sys.exit(1 if too_far else 0)


if __name__ == "__main__":
    main()
