"""Makes the audio that the end-to-end tests use, once for a build folder."""

import os
import subprocess
import sys

import bench

STEMS = "/usr/share/games/fretsonfire/data/songs/sectoid/Metal madness"  # MIT licence, fretsonfire-songs-sectoid


def make(path, write, made_from=()):
    """Writes `path` unless it is there and no older than what it is made from."""
    if os.path.exists(path) and all(os.path.getmtime(path) >= os.path.getmtime(source) for source in made_from):
        return
    part = path + ".part.wav"
    write(part)
    os.rename(part, path)


def song(path):
    stems = [os.path.join(STEMS, name) for name in ("guitar.ogg", "song.ogg")]
    bench.ffmpeg("-i", stems[0], "-i", stems[1], "-filter_complex", "amix=inputs=2:normalize=0,volume=-6dB",
                 "-c:a", "pcm_s24le", "-bitexact", path)


def main():
    os.makedirs(bench.CACHE, exist_ok=True)
    program = os.environ["LACQUER_DEMO_MIX"]
    make(bench.DEMO, lambda path: subprocess.run([program, path], check=True), [program])
    make(bench.FLAWED, lambda path: subprocess.run([program, "--flawed", path], check=True), [program])
    make(bench.INVERTED, lambda path: bench.ffmpeg("-i", bench.DEMO, "-t", "20", "-af", "pan=stereo|c0=c0|c1=-1*c0",
                                                   "-c:a", "pcm_s24le", "-bitexact", path), [bench.DEMO])
    make(bench.SONG, song)
    make(bench.EXCERPT, lambda path: bench.ffmpeg("-ss", "30", "-t", "30", "-i", bench.SONG, "-c:a", "pcm_s24le",
                                                  "-bitexact", path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
