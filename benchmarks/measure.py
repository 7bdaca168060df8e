#!/usr/bin/env python3
"""What measuring costs, beside its peers and beside decoding alone, on real music.

    cmake --preset release -DLACQUER_BENCHMARKS=ON && cmake --build --preset release
    benchmarks/measure.py FOLDER [--build build/release] [--rounds 5] [--lengths]

FOLDER holds wav/*.wav and flac/*.flac. In each round every program takes its turn on a file, so that a busy
moment of the machine hits all of them; the figure of a file is the median of its rounds, a ratio is taken
within a round first. One thread means one CPU (sched_setaffinity); two threads decode beside measuring.
--lengths times 1, 10 and 100 minutes of one file, with the memory each took.
"""

import argparse
import glob
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ONE_CPU = {min(os.sched_getaffinity(0))}


def seconds_of(command, one_cpu):
    """Wall-clock seconds of a whole process."""
    pin = (lambda: os.sched_setaffinity(0, ONE_CPU)) if one_cpu else None
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=pin)
    return time.perf_counter() - began


def measured_seconds(command):
    """What the program itself says it took, on one CPU: without its start."""
    done = subprocess.run(command, check=True, capture_output=True, text=True,
                          preexec_fn=lambda: os.sched_setaffinity(0, ONE_CPU))
    return float(done.stdout.split()[0])


class Programs:
    def __init__(self, build):
        self.bin = os.path.join(build, "bin")

    def tool(self, name, *words):
        return [os.path.join(self.bin, name), *words]

    def contenders(self, path):
        check = self.tool("lacquer", "check", "--json", "--no-history")
        loudness = [*check, "--only", "loudness", path]
        found = {
            "decode alone": lambda: measured_seconds(self.tool("peer_decode", path)),
            "libebur128 I+LRA+TP": lambda: measured_seconds(self.tool("peer_ebur128", path)),
            "measure all, 1 thread": lambda: measured_seconds(self.tool("bench_measure", "all", path)),
            "measure loudness, 1 thread": lambda: measured_seconds(self.tool("bench_measure", "loudness", path)),
            "check, 1 CPU": lambda: seconds_of([*check, path], True),
            "check, all CPUs": lambda: seconds_of([*check, path], False),
            "check --only loudness, 1 CPU": lambda: seconds_of(loudness, True),
            "check --only loudness, all CPUs": lambda: seconds_of(loudness, False),
        }
        if shutil.which("ffmpeg"):
            ffmpeg = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", path, "-af", "ebur128=peak=true", "-f",
                      "null", "-"]
            found["ffmpeg ebur128=peak=true"] = lambda: seconds_of(ffmpeg, True)
        return found


def compare(programs, paths, rounds):
    """{contender: [seconds, one median a file]} and {contender: [[seconds of each round] a file]}."""
    rows = {}
    for path in paths:
        contenders = programs.contenders(path)
        times = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, run in contenders.items():
                times[name].append(run())
        for name, values in times.items():
            rows.setdefault(name, []).append(values)
    return rows


def ratio(rows, slow, fast):
    """The median over all files and rounds of how many times faster, round by round."""
    return statistics.median(s / f for ss, ff in zip(rows[slow], rows[fast]) for s, f in zip(ss, ff))


def report(kind, rows):
    print(f"\n{kind}")
    for name, files in rows.items():
        print(f"  {name:34} {sum(statistics.median(rounds) for rounds in files) * 1000:9.1f} ms in all")
    for peer in ("libebur128 I+LRA+TP", "ffmpeg ebur128=peak=true"):
        if peer not in rows:
            continue
        for ours in ("measure all, 1 thread", "check, 1 CPU", "check, all CPUs", "measure loudness, 1 thread",
                     "check --only loudness, 1 CPU", "check --only loudness, all CPUs"):
            print(f"  {ours:34} {ratio(rows, peer, ours):9.2f} x faster than {peer}")
    for ours in ("measure all, 1 thread", "measure loudness, 1 thread", "check, all CPUs",
                 "check --only loudness, 1 CPU", "check --only loudness, all CPUs"):
        print(f"  {ours:34} {1 / ratio(rows, 'decode alone', ours):9.2f} x the time of decoding alone")


def write_minutes(source, minutes, path):
    """The music again and again, as 24-bit WAV, until it is as long as asked."""
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-stream_loop", "-1", "-i", source, "-t",
                    str(minutes * 60), "-c:a", "pcm_s24le", path], check=True)


def lengths(programs, source):
    print("\nlinear time, constant memory")
    with tempfile.TemporaryDirectory() as folder:
        for minutes in (1, 10, 100):
            path = os.path.join(folder, "music.wav")
            write_minutes(source, minutes, path)
            command = programs.tool("lacquer", "check", "--json", "--no-history", path)
            began = time.perf_counter()
            with open(os.devnull, "wb") as nowhere:
                child = subprocess.Popen(command, stdout=nowhere)
                _, status, used = os.wait4(child.pid, 0)
            took = time.perf_counter() - began
            if status != 0:
                sys.exit("the program failed")
            print(f"  {minutes:4} min {took:8.2f} s {took / minutes * 1000:8.1f} ms a minute"
                  f" {used.ru_maxrss / 1024:7.1f} MiB at most")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--build", default="build/release")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--lengths", action="store_true")
    arguments = parser.parse_args()
    programs = Programs(arguments.build)
    for kind, pattern in (("WAV", "wav/*.wav"), ("FLAC", "flac/*.flac")):
        paths = sorted(glob.glob(os.path.join(arguments.folder, pattern)))
        if paths:
            report(f"{kind}, {len(paths)} files", compare(programs, paths, arguments.rounds))
    if arguments.lengths:
        lengths(programs, sorted(glob.glob(os.path.join(arguments.folder, "wav/*.wav")))[0])


if __name__ == "__main__":
    main()
