#!/usr/bin/env python3
"""How small a click, a dropout or a repeated block Lacquer finds, and how often it finds one where none is.

    benchmarks/sensitivity_time.py clicks   --lacquer build/release/bin/lacquer --songs FOLDER [FOLDER ...]
    benchmarks/sensitivity_time.py dropouts --lacquer ... --songs ...
    benchmarks/sensitivity_time.py repeats  --lacquer ... --songs ...
    benchmarks/sensitivity_time.py alarms   --lacquer ... --songs ...        (nothing is planted)

Each file below the folders gives one excerpt of 45 s. Faults are planted at seeded random places of it that are at
least a second apart and not quiet, and the excerpt is written as 24-bit WAV. A planted fault counts as found when
Lacquer names a place within 5 ms of it; whatever else it names counts as false only where the excerpt without any
fault did not already raise it. The tables are Markdown, as docs/sensitivity.md prints them.
Needs numpy, scipy and soundfile.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import subprocess
import sys
import tempfile

import numpy as np
import soundfile
from scipy.ndimage import uniform_filter1d

EXCERPT_S = 45.0
PLACES = 8  # planted in one excerpt
NEAR_S = 0.005
SOUNDS = (".wav", ".flac", ".ogg", ".aiff", ".aif", ".mp3")


def files_below(folders):
    found = []
    for folder in folders:
        for root, _, names in os.walk(folder):
            found += [os.path.join(root, name) for name in names if name.lower().endswith(SOUNDS)]
    return sorted(found)


def source_of(lacquer, path):
    """The measurements of group `source`, with the duration in seconds."""
    done = subprocess.run([lacquer, "check", "--json", "--no-history", path], capture_output=True, text=True)
    report = json.loads(done.stdout)
    return report["measurements"]["source"]


def excerpt(path):
    info = soundfile.info(path)
    frames = int(min(info.duration, EXCERPT_S) * info.samplerate)
    start = max(0, (info.frames - frames) // 3)
    audio, rate = soundfile.read(path, start=start, frames=frames, always_2d=True)
    audio = audio[:, :2] if audio.shape[1] > 1 else np.repeat(audio, 2, axis=1)
    peak = np.max(np.abs(audio))
    return (audio * (0.89 / peak) if peak > 0.89 else audio), rate


def draw_places(audio, rate, seed, count=PLACES):
    """Frames a second apart, in the upper 70 % of the levels over 50 ms; and that RMS at every frame."""
    rms = np.sqrt(np.maximum(uniform_filter1d(np.mean(audio**2, axis=1), int(0.05 * rate)), 0.0))
    loud = rms > max(np.quantile(rms, 0.3), 0.003)
    song = int.from_bytes(hashlib.sha256(audio[::997].astype("<f4").tobytes()).digest()[:4], "little")
    rng = np.random.default_rng([seed, song])
    places = []
    for _ in range(20000):
        at = int(rng.uniform(0.03, 0.95) * len(audio))
        if len(places) == count:
            break
        if loud[at] and all(abs(at - other) > rate for other in places):
            places.append(at)
    return sorted(places), rms, rng


def plant_clicks(audio, rate, height, width, seed):
    """`width` samples replaced by the opposite of what stood there, `height` times the RMS of the 50 ms around."""
    out = audio.copy()
    places, rms, _ = draw_places(audio, rate, seed)
    for at in places:
        for channel in range(out.shape[1]):
            sign = -1.0 if out[at, channel] >= 0 else 1.0
            out[at : at + width, channel] = sign * min(height * rms[at], 0.99)
    return out, [at / rate for at in places]


def plant_dropouts(audio, rate, length_ms, channels, seed):
    out = audio.copy()
    places, _, _ = draw_places(audio, rate, seed)
    for at in places:
        out[at : at + max(1, round(length_ms * rate / 1000)), channels] = 0.0
    return out, [at / rate for at in places]


def plant_repeats(audio, rate, block_frames, times, seed):
    """A buffer played `times` more in the place of those that follow; the stream goes on behind them."""
    out = audio.copy()
    places, _, _ = draw_places(audio, rate, seed)
    places = [at for at in places if at + (times + 1) * block_frames < len(out)]
    for at in places:
        for k in range(1, times + 1):
            out[at + k * block_frames : at + (k + 1) * block_frames] = out[at : at + block_frames]
    return out, [(at + block_frames) / rate for at in places]


def named_clicks(source):
    return [(place["at_s"], place["at_s"]) for place in source["click_places"]]


def named_dropouts(source):
    return [(when["from_s"], when["to_s"]) for when in source["dropout_when"]]


def named_repeats(source):
    return [(when["from_s"], when["to_s"]) for when in source["repeated_when"]]


def near(named, at_s):
    return any(from_s - NEAR_S <= at_s <= to_s + NEAR_S for from_s, to_s in named)


def try_one(lacquer, folder, path, name, plant, named, clean):
    """(planted, found, false) of one excerpt with one way of planting."""
    audio, rate = excerpt(path)
    audio, places = plant(audio, rate)
    digest = hashlib.sha256((path + name).encode()).hexdigest()[:16]
    wav = os.path.join(folder, digest + ".wav")
    soundfile.write(wav, np.clip(audio, -1, 1 - 2**-23), rate, "PCM_24")
    try:
        got = named(source_of(lacquer, wav))
    finally:
        os.remove(wav)
    found = sum(near(got, at_s) for at_s in places)
    false = sum(not any(near([one], at_s) for at_s in places) and not near(clean.get(path, []), one[0]) for one in got)
    return len(places), found, false


def curve(options, named, cells):
    """Prints one line for each cell (name, plant)."""
    paths = files_below(options.songs)
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        clean = {}

        def take_clean(path):
            audio, rate = excerpt(path)
            wav = os.path.join(folder, hashlib.sha256(path.encode()).hexdigest()[:16] + ".wav")
            soundfile.write(wav, np.clip(audio, -1, 1 - 2**-23), rate, "PCM_24")
            clean[path] = named(source_of(options.lacquer, wav))
            os.remove(wav)

        list(pool.map(take_clean, paths))
        print(f"{len(paths)} excerpts; without a fault they raise {sum(map(len, clean.values()))}")
        print("| planted | places | found | share | false |\n| --- | --- | --- | --- | --- |")
        for name, plant in cells:
            rows = list(pool.map(
                lambda path: try_one(options.lacquer, folder, path, name, plant, named, clean), paths))
            planted, found, false = (sum(column) for column in zip(*rows))
            print(f"| {name} | {planted} | {found} | {found / max(1, planted):.2f} | {false} |", flush=True)
            if options.verbose:
                print("   ", ", ".join(f"{os.path.basename(p)} {r[1]}/{r[0]}" for p, r in zip(paths, rows)
                                       if r[1] < r[0]), file=sys.stderr)


def clicks(options):
    def cell(height, width):
        return (f"{height:g} x RMS, {width} wide", lambda audio, rate: plant_clicks(audio, rate, height, width, 1))
    curve(options, named_clicks, [cell(h, w) for w in (1, 2, 3, 5) for h in (1.5, 2, 3, 4, 6, 8, 12)])


def dropouts(options):
    def cell(ms, channels, word):
        return (f"{ms:g} ms, {word}", lambda audio, rate: plant_dropouts(audio, rate, ms, channels, 2))
    lengths = (0.5, 1, 1.5, 2, 5, 10, 20, 60, 300)
    curve(options, named_dropouts, [cell(ms, slice(0, 2), "both channels") for ms in lengths] +
          [cell(ms, slice(1, 2), "one channel") for ms in (2, 20, 60)])


def repeats(options):
    def cell(frames, times):
        return (f"{frames} frames, {times + 1} times", lambda audio, rate: plant_repeats(audio, rate, frames, times, 3))
    curve(options, named_repeats, [cell(f, 1) for f in (64, 128, 256, 441, 512, 1024, 2048, 4096)] +
          [cell(512, 3)])


def alarms(options):
    """Counts what the detectors say of whole files as they are."""
    paths = files_below(options.songs)
    hours, total = 0.0, {"clicks": 0, "dropouts": 0, "repeated_blocks": 0}

    def take(path):
        try:
            return path, soundfile.info(path).duration / 3600.0, source_of(options.lacquer, path)
        except (RuntimeError, ValueError, KeyError, TypeError):
            return path, 0.0, None  # not audio, or too short to be measured

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, its_hours, source in pool.map(take, paths):
            if source is None:
                continue
            hours += its_hours
            for name in total:
                total[name] += source[name]
            if any(source[name] for name in total):
                print(path, {name: source[name] for name in total}, [p["at_s"] for p in source["click_places"]],
                      source["dropout_when"], source["repeated_when"])
    print(f"{hours:.2f} hours: " + ", ".join(f"{count} {name}" for name, count in total.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("clicks", "dropouts", "repeats", "alarms"))
    parser.add_argument("--lacquer", required=True)
    parser.add_argument("--songs", required=True, nargs="+")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="name the pieces in which something was missed")
    options = parser.parse_args()
    {"clicks": clicks, "dropouts": dropouts, "repeats": repeats, "alarms": alarms}[options.what](options)


if __name__ == "__main__":
    main()
