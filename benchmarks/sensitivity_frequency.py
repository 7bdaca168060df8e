#!/usr/bin/python3
"""How weak a hum, coder, converter or rumble the source meters still find, and how often they speak up in vain.

  sensitivity_frequency.py --lacquer build/release/bin/lacquer --songs DIR [DIR or FILE ...] [--only hum,lossy,...]
                           [--seconds 60] [--seed 1] [--levels dB,dB] [-v]

Takes the middle of each song, plants one fault in it, and reads `lacquer check --json`. Prints one table for each fault:
the share of songs in which it was found. `alarms` reads whole songs as they are and prints what was reported, with
the hours. Needs python3-numpy, python3-scipy, python3-soundfile and ffmpeg (libmp3lame, aac, libvorbis, libopus, soxr).
"""
import argparse, json, os, subprocess, sys, tempfile, zlib
from concurrent.futures import ThreadPoolExecutor
import numpy as np
import soundfile as sf
from scipy import signal

SOUNDS = (".wav", ".flac", ".ogg")


def songs_in(places):
    for place in places:
        if os.path.isfile(place):
            yield place
        for folder, _, names in sorted(os.walk(place)):
            for name in sorted(names):
                if name.lower().endswith(SOUNDS):
                    yield os.path.join(folder, name)


def source_of(path):
    run = subprocess.run([ARGS.lacquer, "check", "--json", "--no-history", path], capture_output=True, text=True)
    return json.loads(run.stdout)["measurements"]["source"]


def room(x, peak_db=-0.5):
    peak = np.max(np.abs(x)) or 1.0
    return x * min(1.0, 10 ** (peak_db / 20) / peak)


def excerpt(path):
    with sf.SoundFile(path) as f:
        frames = int(min(len(f), ARGS.seconds * f.samplerate))
        f.seek((len(f) - frames) // 2)
        x, rate = f.read(frames, always_2d=True), f.samplerate
    fade = min(int(1.5 * rate), frames // 2)
    ramp = (np.linspace(0, 1, fade) ** 2)[:, None]
    x = (np.repeat(x, 2, 1) if x.shape[1] == 1 else x[:, :2]).copy()
    x[:fade] *= ramp
    x[frames - fade:] *= ramp[::-1]
    return room(x, -1.0), rate


def third(n, rng):
    start = int(rng.uniform(0.05, 0.62) * n)
    return start, start + n // 3


def share_inside(ranges, span):
    total = sum(r["to_s"] - r["from_s"] for r in ranges)
    inside = sum(max(0.0, min(r["to_s"], span[1]) - max(r["from_s"], span[0])) for r in ranges)
    return inside / total if total > 0 else 0.0


def measured(x, rate, subtype="PCM_24"):
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "x.wav")
        sf.write(path, np.clip(x, -1, 1 - 2 ** -23), rate, subtype)
        return source_of(path)


def ffmpeg(x, rate, *steps):
    """x through ffmpeg once for each step of output arguments (the last argument the file's ending)."""
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "0.wav")
        sf.write(path, np.clip(x, -1, 1 - 2 ** -23), rate, "PCM_24")
        for i, step in enumerate(steps):
            out = os.path.join(d, f"{i + 1}.{step[-1]}")
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", path, *step[:-1], out], check=True)
            path = out
        return sf.read(path, always_2d=True)


def gentle(x, up, down):
    """A wide filter: 96 taps a phase at most, down 60 dB one fifth past the edge."""
    taps = signal.firwin(24 * max(up, down) + 1, 1.0 / max(up, down), window=("kaiser", 5.6))
    return signal.resample_poly(x, up, down, axis=0, window=taps)


def hum(x, rate, rng, hz, db):
    t = np.arange(len(x)) / rate
    lines = sum(np.sin(2 * np.pi * hz * k * t + rng.uniform(0, 6)) * c for k, c in ((1, 1), (2, .5), (3, .6), (5, .3)))
    return 10 ** (db / 20) * lines[:, None] * np.ones((1, 2))


def rumble(x, rate, rng, db):
    noise = signal.sosfilt(signal.butter(4, [9, 22], "band", fs=rate, output="sos"), rng.standard_normal(len(x)))
    return (np.sqrt(np.mean(x ** 2)) * 10 ** (db / 20) * noise / np.std(noise))[:, None] * np.ones((1, 2))


def added(plant, path, local, key, *args):
    """(found-field's source, span in seconds) with plant(x, ...) added everywhere or in a random third."""
    x, rate = excerpt(path)
    rng = np.random.default_rng([ARGS.seed, zlib.crc32((os.path.basename(path) + key + str(args) + str(local)).encode())])
    y = plant(x, rate, rng, *args)
    span = third(len(x), rng) if local else (0, len(x))
    gate = np.zeros(len(x))
    gate[span[0]:span[1]] = 1
    return measured(room(x + y * gate[:, None]), rate), (span[0] / rate, span[1] / rate)


def over_songs(task):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(task, SONGS))


def line(name, results, keep=None):
    hits = [bool(r[0]) for r in results]
    text = f"{name:34s} {sum(hits):3d} of {len(hits)}"
    if keep:
        text += "  " + keep(results)
    print(text, flush=True)
    if ARGS.verbose:
        missed = [os.path.basename(s) for s, h in zip(SONGS, hits) if not h]
        if missed:
            print("    not in:", ", ".join(missed), flush=True)


def placed(results):
    found = [r for r in results if r[0]]
    return f"placed {sum(r[1] >= 0.5 for r in found)}"


def run_hum():
    for local in (False, True):
        for hz in (50.0, 60.0):
            for db in (ARGS.levels or ((-34, -38, -42, -46, -50, -54, -58, -62) if not local else (-38, -42, -46))):
                def task(path):
                    s, span = added(hum, path, local, "hum", hz, db)
                    ok = s["hum"]["present"] and abs(s["hum"]["hz"] - hz) < 0.3
                    return ok, share_inside(s["hum"]["when"], span)
                line(f"hum {hz:.0f} Hz {db} dBFS{' in a third' if local else ''}", over_songs(task), placed if local else None)


def run_rumble():
    for local in (False, True):
        for db in (ARGS.levels or (0, -2, -4, -6, -8, -10, -14)):
            def task(path):
                s, span = added(rumble, path, local, "rumble", db)
                return bool(s["rumble_when"]), share_inside(s["rumble_when"], span)
            line(f"rumble {db} dB{' in a third' if local else ''}", over_songs(task), placed if local else None)


CODERS = {
    "mp3": [(f"{k}k", ["-c:a", "libmp3lame", "-b:a", f"{k}k", "mp3"]) for k in (96, 112, 128, 160, 192, 256, 320)]
           + [("V0", ["-c:a", "libmp3lame", "-q:a", "0", "mp3"])],
    "aac": [(f"{k}k", ["-c:a", "aac", "-b:a", f"{k}k", "m4a"]) for k in (96, 128, 192, 256)],
    "vorbis": [(f"q{q}", ["-c:a", "libvorbis", "-q:a", f"{q}", "ogg"]) for q in (3, 5, 7, 9)],
    "opus": [(f"{k}k", ["-c:a", "libopus", "-b:a", f"{k}k", "opus"]) for k in (64, 96, 128, 160)],
}


def run_lossy():
    for coder, settings in CODERS.items():
        for name, encode in settings:
            def task(path):
                x, rate = excerpt(path)
                y, rate = ffmpeg(x, rate, encode, ["-ar", str(rate), "-c:a", "pcm_s24le", "wav"])
                s = measured(y[int(0.2 * rate):], rate)
                return s["lossy"]["suspected"], s["lossy"]["codec"], s["upsampled_from_hz"], s["lossy"]["shelf_hz"]
            def names(results):
                said = [r[1] for r in results if r[0]]
                right = sum(coder in c.lower() for c in said)
                edges = sorted(r[3] for r in results if r[0] and r[3])
                return (f"named right {right}, upsampled instead {sum(bool(r[2]) for r in results)}"
                        + (f", shelf {edges[len(edges) // 2]:.0f} Hz" if edges else ""))
            line(f"{coder} {name}", over_songs(task), names)


def convert(x, rate, low, high, way):
    """x at `rate` down to `low` and up to `high`."""
    down, up = np.gcd(low, rate), np.gcd(low, high)
    if way == "gentle":
        return gentle(gentle(x, low // down, rate // down), high // up, low // up)
    if way == "polyphase":
        return signal.resample_poly(signal.resample_poly(x, low // down, rate // down, axis=0), high // up, low // up, axis=0)
    soxr = "aresample=resampler=soxr:precision=28"
    y, _ = ffmpeg(x, rate, ["-af", soxr, "-ar", str(low), "-c:a", "pcm_f32le", "wav"], ["-af", soxr, "-ar", str(high), "-c:a", "pcm_f32le", "wav"])
    return y


def run_upsampled():
    for low, high in ((22050, 44100), (24000, 44100), (32000, 44100), (22050, 48000), (24000, 48000), (32000, 48000), (44100, 48000), (44100, 96000), (48000, 96000)):
        for way in ("gentle", "polyphase", "soxr"):
            def task(path):
                x, rate = excerpt(path)
                s = measured(room(convert(x, rate, low, high, way)), high)
                return s["upsampled_from_hz"], s["lossy"]["suspected"], s["lossy"]["shelf_hz"]
            def rates(results):
                return f"rate right {sum(r[0] == low for r in results)}, lossy instead {sum(bool(r[1]) for r in results)}"
            line(f"{low} -> {high} {way}", over_songs(task), rates)


def run_bits():
    """A 16-bit source (TPDF dither) with a gain, in 24 bits."""
    for gain in (0.0, -0.5, -1.0, -3.0, -6.0, -6.02, -12.0, -18.0, 3.0):
        def task(path):
            x, rate = excerpt(path)
            rng = np.random.default_rng([ARGS.seed, 7])
            y = np.round(room(x, -4) * 32768 + rng.uniform(-.5, .5, x.shape) + rng.uniform(-.5, .5, x.shape)) / 32768
            s = measured(y * 10 ** (gain / 20), rate)
            step = s["quantisation_step"]
            right = (s["effective_bits"] == 16) or (step is not None and abs(step * 32768 / 10 ** (gain / 20) - 1) < 0.01)
            return right, s["effective_bits"]
        line(f"16 bits in 24, {gain:+.2f} dB", over_songs(task))


def run_alarms():
    hours = 0.0
    def task(path):
        return source_of(path), sf.info(path).duration
    for path, (s, seconds) in zip(SONGS, over_songs(task)):
        hours += seconds / 3600
        said = []
        if s["hum"]["present"]:
            said.append(f"hum {s['hum']['hz']:.2f} Hz {s['hum']['level_dbfs']:.0f} dBFS " + " ".join(f"{r['from_s']:.0f}-{r['to_s']:.0f}" for r in s["hum"]["when"]))
        if s["lossy"]["suspected"]:
            said.append(f"lossy {s['lossy']['shelf_hz']} Hz {s['lossy']['codec']}")
        if s["upsampled_from_hz"]:
            said.append(f"upsampled from {s['upsampled_from_hz']}")
        if s["rumble_when"]:
            said.append(f"rumble {s['rumble_db']} dB " + " ".join(f"{r['from_s']:.0f}-{r['to_s']:.0f}" for r in s["rumble_when"][:6]))
        print(f"{os.path.basename(path):34s}", "; ".join(said) or "nothing", flush=True)
    print(f"{hours:.2f} hours")


RUNS = {"hum": run_hum, "rumble": run_rumble, "lossy": run_lossy, "upsampled": run_upsampled, "bits": run_bits, "alarms": run_alarms}
parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
parser.add_argument("--lacquer", required=True)
parser.add_argument("--songs", required=True, nargs="+")
parser.add_argument("--only", default=",".join(RUNS))
parser.add_argument("--levels", type=lambda t: [float(v) for v in t.split(",")], help="of hum and rumble, dB")
parser.add_argument("--seconds", type=float, default=60)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("-v", "--verbose", action="store_true")
ARGS = parser.parse_args()
SONGS = list(songs_in(ARGS.songs))
if not SONGS:
    sys.exit("no songs found; give files or folders with WAV, FLAC or Ogg files")
for name in ARGS.only.split(","):
    print(f"## {name}", flush=True)
    RUNS[name]()
