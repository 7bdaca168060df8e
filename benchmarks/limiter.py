#!/usr/bin/python3
"""Limiters side by side on real music: at equal loudness and equal true peak, who changes less?

    limiter.py --lacquer build/release/bin/lacquer FILE…
      --push 6        how far the highest peak is driven over the ceiling (sets the loudness all must reach)
      --ceiling -1    dBTP
      --seconds 60    of the middle of each file; 0 is all of it
      --peers LIST    of dpl,lsp,alimiter
      --overshoot     instead: the true peak of Lacquer's masters less the ceiling, for pushes of 3, 6 and
                      12 dB, ceilings -0.1, -1 and -2, at 44.1, 48 and 96 kHz

Needs python3-numpy, python3-scipy, python3-soundfile and ffmpeg; for the peers Debian's x42-plugins (dpl) and
lsp-plugins-lv2, hosted by ffmpeg's lv2 filter. Every peer's input gain is solved for the loudness after its
output is scaled to the ceiling, so that overshoot earns nothing.

    psr_p5    5th percentile of PSR: true peak less short-term loudness in gated windows of 3 s (higher: freer)
    crest     peak less RMS in the same windows, mean, in four bands (higher: freer)
    residual  power of out - a * in, aligned, a by least squares, re a * in (lower: changed less)
    over      true peak above the ceiling before scaling
"""
import argparse
import math
import os
import subprocess
import sys
import tempfile

import numpy as np
import soundfile as sf
from scipy import signal

BANDS = ((20, 120), (120, 500), (500, 4000), (4000, 16000))
PEERS = ("dpl", "lsp", "alimiter")


def db(power):
    return 10.0 * math.log10(max(power, 1e-30))


def k_weighting(rate):
    """ITU-R BS.1770-5 by the analogue parameters behind its 48 kHz tables (bilinear at any rate)."""
    def section(f0, q, high, band, low):
        k = math.tan(math.pi * f0 / rate)
        a0 = 1 + k / q + k * k
        return [(high + band * k / q + low * k * k) / a0, 2 * (low * k * k - high) / a0,
                (high - band * k / q + low * k * k) / a0, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
    shelf = 10 ** (3.999843853973347 / 20)
    high_pass = section(38.13547087602444, 0.5003270373238773, 1.0, 0.0, 0.0)
    return np.array([section(1681.974450955533, 0.7071752369554196, shelf, shelf ** 0.4996667741545416, 1.0),
                     [1, -2, 1, *high_pass[3:]]])


def windows(power, rate, seconds, hop=0.1):
    total = np.concatenate([[0.0], np.cumsum(power)])
    width = round(seconds * rate)
    starts = np.rint(np.arange(0, max(0, len(power) - width) + 1, hop * rate)).astype(int)
    return starts, (total[starts + width] - total[starts]) / width


def loudness(x, rate):
    """Integrated loudness and the relative gate."""
    power = (signal.sosfilt(k_weighting(rate), x, axis=0) ** 2).sum(axis=1)
    blocks = windows(power, rate, 0.4)[1]
    blocks = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    gate = blocks.mean() / 10
    return -0.691 + db(blocks[blocks > gate].mean()), -0.691 + db(gate), power


def interpolator(ratio, half):
    n = np.arange(-half * ratio, half * ratio + 1)
    taps = np.sinc(n / ratio) * np.kaiser(len(n), 12.0)
    return taps * ratio / taps.sum()


def peaks(x, ratio=4, half=32):
    """|x| between samples, one value a frame: the highest of a 4-fold grid over all channels."""
    taps = interpolator(ratio, half)
    best = np.abs(x).max(axis=1)
    for phase in range(1, ratio):
        row = taps[phase::ratio]
        for c in range(x.shape[1]):
            y = signal.oaconvolve(np.concatenate([np.zeros(half), x[:, c], np.zeros(half)]), row, mode="valid")
            np.maximum(best, np.abs(y[:len(best)]), out=best)
    return best


def true_peak(x, ratio=32, half=64):
    """32-fold, wherever the 4-fold grid comes within 0.75 dB of its highest."""
    coarse = peaks(x)
    near = np.flatnonzero(coarse >= coarse.max() * 10 ** (-0.75 / 20))
    near = np.unique(np.clip(np.concatenate([near - 1, near, near + 1]), 0, len(x) - 1))
    taps = interpolator(ratio, half)
    rows = np.stack([taps[k:k + 2 * half * ratio:ratio][::-1] for k in range(ratio)])
    padded = np.concatenate([np.zeros((half, x.shape[1])), x, np.zeros((half + 1, x.shape[1]))])
    highest = 0.0
    for start in range(0, len(near), 4096):
        at = near[start:start + 4096]
        for c in range(x.shape[1]):
            highest = max(highest, np.abs(padded[at[:, None] + np.arange(1, 2 * half + 1), c] @ rows.T).max())
    return 20 * math.log10(max(highest, np.abs(x).max(), 1e-12))


def aligned(reference, out):
    """`out` moved in time, to a fraction of a sample, onto the reference."""
    size = 1 << (len(reference) + len(out)).bit_length()
    a, b = np.fft.rfft(reference.sum(axis=1), size), np.fft.rfft(out.sum(axis=1), size)
    cross = np.fft.irfft(b * np.conj(a), size)
    lag = int(np.argmax(cross))
    before, at, after = cross[lag - 1], cross[lag], cross[(lag + 1) % size]
    fraction = 0.5 * (before - after) / (before - 2 * at + after)
    lag = lag - size if lag > size // 2 else lag
    moved = np.zeros_like(reference)
    part = out[max(0, lag):max(0, lag) + len(reference)]
    moved[max(0, -lag):max(0, -lag) + len(part)] = part[:len(reference) - max(0, -lag)]
    if abs(fraction) > 0.02:
        turn = np.exp(2j * np.pi * fraction * np.fft.rfftfreq(size))
        moved = np.stack([np.fft.irfft(np.fft.rfft(moved[:, c], size) * turn, size)[:len(reference)]
                          for c in range(moved.shape[1])], axis=1)
    return moved


def judge(source, out, rate):
    """`out` at the ceiling, aligned with its source."""
    integrated, gate, power = loudness(out, rate)
    starts, means = windows(power, rate, 3.0)
    width = round(3.0 * rate)
    heard = -0.691 + 10 * np.log10(means + 1e-30) > gate
    high = peaks(out)
    psr = [20 * math.log10(high[s:s + width].max()) - (-0.691 + db(m))
           for s, m, h in zip(starts, means, heard) if h]
    crest = []
    for low, up in BANDS:
        sos = signal.butter(4, (low, up), "bandpass", fs=rate, output="sos")
        band = signal.sosfiltfilt(sos, out, axis=0)
        top = np.abs(band).max(axis=1)
        rms = windows((band ** 2).mean(axis=1), rate, 3.0)[1]
        crest.append(np.mean([20 * math.log10(top[s:s + width].max() + 1e-9) - db(m)
                              for s, m, h in zip(starts, rms, heard) if h]))
    scale = (source * out).sum() / (source ** 2).sum()
    residual = db(((out - scale * source) ** 2).sum() / ((scale * source) ** 2).sum())
    return {"lufs": integrated, "psr_p5": float(np.percentile(psr, 5)), "crest": crest, "residual": residual}


def hosted(name, rate, ceiling):
    limit = 10 ** (ceiling / 20)
    if name == "dpl":
        return rf"lv2=p=http\\://gareus.org/oss/lv2/dpl#stereo:c=truepeak=1|threshold={ceiling}|gain=0"
    if name == "lsp":
        return (r"lv2=p=http\\://lsp-plug.in/plugins/lv2/limiter_stereo:"
                rf"c=ovs=20|th={limit:.6f}|boost=0|alr=0")
    return (f"aresample={4 * rate},alimiter=limit={limit:.6f}:level=disabled:attack=5:release=50,"
            f"aresample={rate}")


def run_peer(name, source, rate, gain_db, ceiling, folder):
    """The peer's output after `gain_db`, aligned; longer by nothing."""
    given, made = os.path.join(folder, "in.wav"), os.path.join(folder, name + ".wav")
    tail = np.zeros((round(0.3 * rate), source.shape[1]))
    sf.write(given, np.concatenate([source * 10 ** (gain_db / 20), tail]), rate, subtype="FLOAT")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", given, "-af", hosted(name, rate, ceiling),
                    "-c:a", "pcm_f32le", made], check=True)
    return aligned(source, sf.read(made, always_2d=True)[0])


def at_loudness(run, wanted_lufs, rate, ceiling, gain_db):
    """Solves the input gain for `wanted_lufs` with the output scaled to the ceiling. Without a wish: once."""
    tried = []
    for _ in range(8):
        out = run(gain_db)
        over = true_peak(out) - ceiling
        out *= 10 ** (-over / 20)
        reached = loudness(out, rate)[0]
        if wanted_lufs is None or abs(reached - wanted_lufs) < 0.02:
            break
        tried.append((gain_db, reached))
        slope = 0.7
        if len(tried) > 1 and abs(tried[-1][0] - tried[-2][0]) > 1e-6:
            slope = (tried[-1][1] - tried[-2][1]) / (tried[-1][0] - tried[-2][0])
        gain_db += (wanted_lufs - reached) / min(1.0, max(0.15, slope))
    return out, over, reached


def master(lacquer, path, out, wanted_lufs, ceiling):
    subprocess.run([lacquer, "master", path, "-o", out, "--overwrite", "--anyway", "--force", "--no-history",
                    "--loudness", f"{wanted_lufs:.2f}", "--ceiling", str(ceiling), "--bits", "32f",
                    *sum((["--without", s] for s in ("corrective-eq", "multiband-compression", "enhancing-eq",
                                                     "saturation", "stereo-width")), [])],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return sf.read(out, always_2d=True)[0]


def reachable(lacquer, path, out, wanted_lufs, ceiling):
    """The master at the loudness wanted, or as near below it as there is."""
    while True:
        try:
            return master(lacquer, path, out, wanted_lufs, ceiling)
        except subprocess.CalledProcessError:
            wanted_lufs -= 1.0


def excerpt(path, seconds):
    audio, rate = sf.read(path, always_2d=True)
    if audio.shape[1] == 1:
        audio = np.repeat(audio, 2, axis=1)
    length = round(seconds * rate)
    if 0 < length < len(audio):
        start = (len(audio) - length) // 2
        audio = audio[start:start + length]
    return audio, rate


def show(name, who, result, over):
    crest = " ".join(f"{value:6.2f}" for value in result["crest"])
    print(f"{name:12} {who:9} {result['lufs']:7.2f} LUFS  psr_p5 {result['psr_p5']:6.2f}  crest {crest}  "
          f"residual {result['residual']:7.2f}  over {over:+.3f} dB", flush=True)


def compare(args, path, folder):
    source, rate = excerpt(path, args.seconds)
    name = os.path.splitext(os.path.basename(path))[0]
    gain_db = args.ceiling - true_peak(source) + args.push
    wanted, results = None, {}
    for peer in args.peers:
        out, over, reached = at_loudness(
            lambda gain, peer=peer: run_peer(peer, source, rate, gain, args.ceiling, folder), wanted, rate,
            args.ceiling, gain_db)
        wanted = reached if wanted is None else wanted  # the first one's push sets the loudness for all
        results[peer] = judge(source, out, rate)
        show(name, peer, results[peer], over)
    given = os.path.join(folder, "mix.wav")
    sf.write(given, source, rate, subtype="FLOAT")
    out = master(args.lacquer, given, os.path.join(folder, "out.wav"), wanted, args.ceiling)
    over = true_peak(out) - args.ceiling
    results["lacquer"] = judge(source, out * 10 ** (-over / 20), rate)
    show(name, "lacquer", results["lacquer"], over)
    return results


def summary(all_results):
    """For each peer: by how much Lacquer is better, the mean and the worst piece."""
    for peer in all_results[0]:
        if peer == "lacquer":
            continue
        rows = {"psr_p5": [r["lacquer"]["psr_p5"] - r[peer]["psr_p5"] for r in all_results],
                "residual": [r[peer]["residual"] - r["lacquer"]["residual"] for r in all_results]}
        for b, (low, up) in enumerate(BANDS):
            rows[f"crest {low}-{up}"] = [r["lacquer"]["crest"][b] - r[peer]["crest"][b] for r in all_results]
        print(f"better than {peer} by: " + "; ".join(
            f"{what} {np.mean(values):+.2f} (worst {min(values):+.2f})" for what, values in rows.items()))


def overshoot(args, path, folder):
    name = os.path.splitext(os.path.basename(path))[0]
    worst = -99.0
    for rate in (44100, 48000, 96000):
        given = os.path.join(folder, "mix.wav")
        source, own_rate = excerpt(path, args.seconds)
        sf.write(given, source, own_rate, subtype="FLOAT")
        if rate != own_rate:
            moved = os.path.join(folder, "moved.wav")
            subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", given, "-ar", str(rate), "-c:a", "pcm_f32le",
                            moved], check=True)
            given = moved
            source = sf.read(given, always_2d=True)[0]
        peak, lufs = true_peak(source), loudness(source, rate)[0]
        for ceiling in (-0.1, -1.0, -2.0):
            for push in (3, 6, 12):
                # Below the push by what limiting takes back, so that the loudness can be reached.
                wanted = lufs + ceiling - peak + 0.6 * push
                over = true_peak(reachable(args.lacquer, given, os.path.join(folder, "out.wav"), wanted,
                                        ceiling)) - ceiling
                worst = max(worst, over)
                print(f"{name:12} {rate:6} Hz  ceiling {ceiling:5.1f}  push {push:2}  over {over:+.4f} dB",
                      flush=True)
    return worst


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--lacquer", required=True)
    parser.add_argument("--push", type=float, default=6.0)
    parser.add_argument("--ceiling", type=float, default=-1.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--peers", type=lambda text: text.split(","), default=list(PEERS))
    parser.add_argument("--overshoot", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.overshoot:
            print(f"worst: {max(overshoot(args, path, folder) for path in args.files):+.4f} dB")
            return
        summary([compare(args, path, folder) for path in args.files])


if __name__ == "__main__":
    sys.exit(main())
