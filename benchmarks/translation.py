#!/usr/bin/env python3
"""Does `lacquer systems` name what a track loses, on the system that loses it?

    benchmarks/translation.py FOLDER... [--lacquer build/release/bin/lacquer] [--seconds 60] [--clean] [-v]

FOLDER holds WAV. From the middle of each song an excerpt is taken and three losses are planted, one at a time:

    deep-bass   everything below 250 Hz goes; in its place, as loud, a bass an octave below the usual one (35 to
                49 Hz), a pure sine. To be named: the low end on phone, laptop and Bluetooth speaker.
    side-voice  the middle's 900 Hz to 4.5 kHz is moved to the sides, left against right. To be named: the range of
                voices on the mono systems, phone-basic, kitchen and club.
    deep-kick   everything below 200 Hz goes; in its place, as loud, a kick of 60 Hz alone, twice a second. To be
                named: the low end on phone or earbuds.

A planting counts where every system in question names it (deep-kick: one of the two). With --clean the untouched
excerpts are counted too: how many systems name a loss. Needs python3-numpy, -scipy and -soundfile.
"""

import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile

import numpy
import soundfile
from scipy import signal

WANTED = {"deep-bass": ("low-end", ["phone", "laptop", "bluetooth"], all),
          "side-voice": ("voice", ["phone-basic", "kitchen", "club"], all),
          "deep-kick": ("low-end", ["phone", "earbuds"], any)}


def rms(x):
    return numpy.sqrt(numpy.mean(x * x))


def low_end_replaced(x, rate, below_hz, new):
    """`new`, mono, takes the place of what lies below, at its level."""
    sos = signal.butter(6, below_hz, "highpass", fs=rate, output="sos")
    high = signal.sosfiltfilt(sos, x, axis=0)
    low = signal.sosfiltfilt(signal.butter(4, below_hz, "lowpass", fs=rate, output="sos"), x, axis=0)
    return high + (new * rms(low.mean(axis=1)) / rms(new))[:, None]


def deep_bass(x, rate):
    notes = [35.0, 41.2, 36.7, 49.0]
    t = numpy.arange(len(x))
    hz = numpy.array(notes)[(t // (rate // 2)) % len(notes)]
    tone = numpy.sin(2 * numpy.pi * numpy.cumsum(hz) / rate)
    envelope = numpy.minimum(1.0, (t % (rate // 2)) / (0.02 * rate)) * numpy.minimum(
        1.0, (rate // 2 - t % (rate // 2)) / (0.05 * rate))
    return low_end_replaced(x, rate, 250, tone * envelope)


def deep_kick(x, rate):
    t = (numpy.arange(len(x)) % (rate // 2)) / rate
    burst = numpy.sin(2 * numpy.pi * 60 * t) * numpy.exp(-t / 0.12) * numpy.minimum(1, t / 0.01)
    return low_end_replaced(x, rate, 200, burst)


def side_voice(x, rate):
    mid = x.mean(axis=1)
    voice = signal.sosfiltfilt(signal.butter(4, [900, 4500], "bandpass", fs=rate, output="sos"), mid)
    return x + numpy.stack([voice - voice, -2 * voice], axis=1)


PLANT = {"deep-bass": deep_bass, "side-voice": side_voice, "deep-kick": deep_kick}


def named(lacquer, path):
    """{system: {part}} of the losses that are named."""
    done = subprocess.run([lacquer, "systems", "--json", "--no-history", path], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{path}: {done.stderr.strip()}")
    return {one["system"]: {loss["part"] for loss in one["lost"]} for one in json.loads(done.stdout)["items"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--lacquer", default="build/release/bin/lacquer")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clean", action="store_true")
    parser.add_argument("-v", action="store_true")
    options = parser.parse_args()
    songs = sorted(path for folder in options.folders for path in glob.glob(os.path.join(folder, "*.wav")))
    right = dict.fromkeys(WANTED, 0)
    named_clean = total_clean = songs_clean = 0
    with tempfile.TemporaryDirectory() as folder:
        for song in songs:
            info = soundfile.info(song)
            frames = min(info.frames, int(options.seconds * info.samplerate))
            x, rate = soundfile.read(song, start=(info.frames - frames) // 2, frames=frames, always_2d=True)
            if x.shape[1] == 1:
                x = numpy.repeat(x, 2, axis=1)
            name = os.path.splitext(os.path.basename(song))[0]
            path = os.path.join(folder, "piece.wav")

            def write(audio):
                peak = numpy.max(numpy.abs(audio))
                soundfile.write(path, audio / max(1.0, peak / 0.9), rate, subtype="FLOAT")

            if options.clean:
                write(x)
                found = named(options.lacquer, path)
                losing = {system: parts for system, parts in found.items() if parts}
                named_clean += len(losing)
                total_clean += len(found)
                songs_clean += bool(losing)
                if options.v and losing:
                    print(f"{name}: clean, but {losing}")
            for fault, (part, systems, enough) in WANTED.items():
                write(PLANT[fault](x, rate))
                found = named(options.lacquer, path)
                hits = [system for system in systems if part in found[system]]
                good = enough(system in hits for system in systems)
                right[fault] += good
                if options.v and not good:
                    print(f"{name}: {fault} named on {hits} only; elsewhere "
                          f"{ {s: p for s, p in found.items() if p} }")
    for fault, count in right.items():
        print(f"{fault}: {count} of {len(songs)}")
    if options.clean:
        print(f"untouched: {songs_clean} of {len(songs)} songs, {named_clean} of {total_clean} systems named")


if __name__ == "__main__":
    main()
