#!/usr/bin/python3
"""Reference matching as Matchering 2.0 does it, written anew from its published description.

  matchering.py MIX REFERENCE OUT

https://github.com/sergree/matchering: both files at 44.1 kHz; cut into pieces of at most 15 s, of which those at least as
loud (RMS of the middle) as the mean count; levels matched by RMS; mean magnitude spectra (4,096 points) of the loud pieces,
their ratio smoothed over log frequency by a local line and applied as a linear-phase filter, middle and side apart; level of
the middle corrected four times under clipping; a limiter of 1 ms attack and 3 s release at -0.01 dBFS of sample peak.
"""
import sys
import numpy as np
import soundfile as sf
from scipy import signal

RATE, FFT, PIECE_S, SPAN, CEILING = 44100, 4096, 15, 0.0375, 0.998138


def read(path):
    x, rate = sf.read(path, always_2d=True)
    if x.shape[1] == 1:
        x = np.repeat(x, 2, axis=1)
    return x[:, :2] if rate == RATE else signal.resample_poly(x[:, :2], RATE, rate, axis=0)


def rms(x):
    return float(np.sqrt(np.mean(x ** 2) + 1e-20))


def loud_pieces(mid, side):
    count = max(1, -(-len(mid) // (PIECE_S * RATE)))
    size = len(mid) // count
    pieces = [(mid[i * size:(i + 1) * size], side[i * size:(i + 1) * size]) for i in range(count)]
    levels = np.array([rms(m) for m, _ in pieces])
    mean = np.sqrt(np.mean(levels ** 2))
    chosen = [p for p, level in zip(pieces, levels) if level >= mean - 1e-12] or pieces
    return chosen, float(np.sqrt(np.mean([rms(m) ** 2 for m, _ in chosen])))


def spectrum(parts):
    return np.mean([np.abs(signal.stft(p, RATE, "boxcar", FFT, 0, boundary=None)[2]).mean(1) for p in parts], axis=0)


def local_line(y, span):
    n, half = len(y), max(2, int(round(len(y) * span)) // 2)
    offsets = np.arange(-half, half + 1)
    weights = (1 - (np.abs(offsets) / (half + 1)) ** 3) ** 3
    out = np.empty(n)
    for i in range(n):
        k = np.clip(offsets + i, 0, n - 1)
        sw, sx, sy = weights.sum(), (weights * k).sum(), (weights * y[k]).sum()
        sxx, sxy = (weights * k * k).sum(), (weights * k * y[k]).sum()
        d = sw * sxx - sx * sx
        slope = (sw * sxy - sx * sy) / d if d > 0 else 0.0
        out[i] = (sy - slope * sx) / sw + slope * i
    return out


def matching_fir(target, reference):
    ratio = spectrum(reference) / np.maximum(spectrum(target), 1e-6)
    line = np.linspace(0, RATE / 2, FFT // 2 + 1)
    grid = RATE / 2 / FFT * np.logspace(0, np.log10(FFT / 2 * 2), FFT // 2 * 4 + 1)
    smooth = local_line(np.interp(grid, line, ratio), SPAN)
    back = np.interp(line, grid, smooth)
    back[0], back[1] = 0.0, ratio[1]
    fir = np.fft.fftshift(np.fft.irfft(np.maximum(back, 0)))
    return fir * signal.windows.hann(len(fir))


def limit(x):
    over = np.maximum(np.abs(x).max(1) / CEILING, 1.0)
    if over.max() <= 1.0:
        return x
    hold = int(0.001 * RATE)
    need = 1.0 / over
    from scipy.ndimage import minimum_filter1d
    gain = minimum_filter1d(need, 2 * hold + 1)
    b, a = signal.butter(1, 1000 / 3000 * 2 / RATE)
    released = np.minimum(gain, 1 - signal.lfilter(b, a, 1 - gain))
    attacked = signal.filtfilt(np.ones(hold) / hold, [1.0], np.minimum(gain, released))
    return x * np.minimum(attacked, need)[:, None]


def main():
    mix, reference = read(sys.argv[1]), read(sys.argv[2])
    reference = reference * (CEILING / max(np.abs(reference).max(), 1e-9))
    mid, side = mix.mean(1), (mix[:, 0] - mix[:, 1]) / 2
    rmid, rside = reference.mean(1), (reference[:, 0] - reference[:, 1]) / 2
    pieces, level = loud_pieces(mid, side)
    rpieces, rlevel = loud_pieces(rmid, rside)
    gain = rlevel / level
    pieces = [(m * gain, s * gain) for m, s in pieces]
    new_mid = signal.fftconvolve(mid * gain, matching_fir([m for m, _ in pieces], [m for m, _ in rpieces]), "same")
    new_side = signal.fftconvolve(side * gain, matching_fir([s for _, s in pieces], [s for _, s in rpieces]), "same")
    for _ in range(4):
        clipped = np.clip(new_mid, -1, 1)
        correction = rlevel / loud_pieces(clipped, new_side)[1]
        new_mid, new_side = new_mid * correction, new_side * correction
    out = limit(np.stack([new_mid + new_side, new_mid - new_side], axis=1))
    sf.write(sys.argv[3], out, RATE, "PCM_24")


if __name__ == "__main__":
    main()
