#!/usr/bin/env python3
"""How long the studio lets one wait, over its HTTP interface: first waveform, findings, and from a change of the
plan to its sound. On an idle machine; wall time, and the CPU time of the server and its workers beside it.

    benchmarks/studio_latency.py [SONG]      LACQUER names the program; 4 minutes of noise where no song is named
"""

import http.client
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import time

LACQUER = os.environ.get("LACQUER", "build/release/bin/lacquer")
PASSAGE_S = 15.0
CHANGES = 8


class Studio:
    def __init__(self, data):
        self.process = subprocess.Popen([LACQUER, "studio", "--no-browser"], stdout=subprocess.PIPE,
                                        env={**os.environ, "LACQUER_DATA": data})
        self.process.stdout.readline()
        port, opening = re.search(rb"127\.0\.0\.1:(\d+)(/\S+)", self.process.stdout.readline()).groups()
        self.connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=600)
        self.cookie = ""
        self.cookie = self.ask("GET", opening.decode())[0].getheader("Set-Cookie").split(";")[0]

    def ask(self, method, path, body=None):
        self.connection.request(method, path, body, {"Cookie": self.cookie})
        response = self.connection.getresponse()
        return response, response.read()

    def json(self, method, path, body=None):
        response, content = self.ask(method, path, body if body is None or isinstance(body, bytes) else json.dumps(body))
        assert response.status < 300, (path, content[:300])
        return json.loads(content)

    def wait(self, song, done):
        while True:
            told = self.json("GET", f"/api/songs/{song}")
            failed = [job for job in told["jobs"] if job["state"] == "failed"]
            assert not failed, failed
            if done(told):
                return told
            time.sleep(0.01)

    def cpu_s(self):
        """Of the server and of every worker that has ended."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(") ", 1)[1].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.terminate()
        self.process.wait()


def song_of_noise(path):
    subprocess.run(["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "anoisesrc=c=pink:r=44100:a=0.4:d=240:s=1",
                    "-f", "lavfi", "-i", "anoisesrc=c=pink:r=44100:a=0.4:d=240:s=2", "-filter_complex",
                    "amerge=inputs=2", "-c:a", "pcm_s24le", path], check=True)


def measured(studio, name, work):
    wall, cpu = time.monotonic(), studio.cpu_s()
    result = work()
    print(f"{name:44}{1000 * (time.monotonic() - wall):8.0f} ms  {1000 * (studio.cpu_s() - cpu):8.0f} ms CPU", flush=True)
    return result


def main():
    with tempfile.TemporaryDirectory() as folder:
        song_file = sys.argv[1] if len(sys.argv) > 1 else os.path.join(folder, "noise.wav")
        if len(sys.argv) < 2:
            song_of_noise(song_file)
        with open(song_file, "rb") as file:
            content = file.read()
        studio = Studio(os.path.join(folder, "data"))
        try:
            report(studio, content, os.path.basename(song_file))
        finally:
            studio.close()


def report(studio, content, name):
    song = measured(studio, "upload", lambda: studio.json("POST", f"/api/songs?name={name}", content))["id"]
    begun = time.monotonic(), studio.cpu_s()

    def since(what):
        print(f"{what:44}{1000 * (time.monotonic() - begun[0]):8.0f} ms  "
              f"{1000 * (studio.cpu_s() - begun[1]):8.0f} ms CPU", flush=True)

    while True:
        response, drawn = studio.ask("GET", f"/api/songs/{song}/overview?from=0&to=10&columns=100")
        if response.status == 200 and any(struct.unpack(f"<{len(drawn) // 2}h", drawn)):
            break
        time.sleep(0.005)
    since("first waveform, from the end of the upload")
    while studio.ask("GET", f"/api/songs/{song}/loudness")[1] == b"":
        time.sleep(0.005)
    since("first loudness")
    told = studio.wait(song, lambda one: one["decoded"])
    since("whole waveform")
    studio.wait(song, lambda one: "check" in one["documents"])
    since("findings")
    measured(studio, "plan", lambda: (studio.json("POST", f"/api/songs/{song}/run/plan", {}),
                                      studio.wait(song, lambda one: "plan" in one["documents"])))
    plan = studio.json("GET", f"/api/songs/{song}/documents/plan")
    middle = told["decoded"]["duration_s"] / 2

    def passage(**asked):
        body = {"from_s": middle, "to_s": middle + PASSAGE_S, **asked}
        response, wav = studio.ask("POST", f"/api/songs/{song}/passage", json.dumps(body))
        assert response.status == 200, wav[:200]

    measured(studio, "first passage through the plan (the page warms)", lambda: passage(plan=plan))
    for stage, parameter, values in (("gain-staging", "trim_db", range(CHANGES)),
                                     ("limiting", "release_ms", range(100, 100 + CHANGES))):
        waits = []
        for value in values:
            one = next(each for each in plan["stages"] if each["stage"] == stage)
            one["parameters"][parameter] = float(value)
            begin = time.monotonic()
            passage(plan=plan)
            waits.append(1000 * (time.monotonic() - begin))
        print(f"{f'a changed {parameter}, {PASSAGE_S:.0f} s passage':44}{sorted(waits)[len(waits) // 2]:8.0f} ms  "
              f"(median of {len(waits)}, longest {max(waits):.0f})", flush=True)
    for way in ({"way": "mono"}, {"way": "system", "name": "phone"}, {"way": "codec", "name": "aac-256"},
                {"way": "platform", "name": "spotify/normal"}, {"way": "removed"}):
        measured(studio, f"the master, {way.get('name', way['way'])}", lambda way=way: passage(plan=plan, **way))


if __name__ == "__main__":
    main()
