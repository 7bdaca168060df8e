"""The studio's server, from outside: who may talk to it, what it takes, what it keeps, and that its masters are
those of the command line."""

import http.client
import json
import math
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import time
import unittest

import bench

STUDIO = os.path.join(os.path.dirname(bench.LACQUER), "lacquer-studio")


class Studio:
    """A running studio and one browser's cookie."""

    def __init__(self, data):
        self.data = data
        self.process = subprocess.Popen(
            [bench.LACQUER, "studio", "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "LACQUER_DATA": data})
        lines = [self.process.stdout.readline().decode() for _ in range(2)]
        found = re.search(r"http://127\.0\.0\.1:(\d+)(/open\?token=[0-9a-f]{32})", lines[1])
        assert found, (lines, self.process.stderr.read() if self.process.poll() is not None else "")
        self.port = int(found.group(1))
        self.host = f"127.0.0.1:{self.port}"
        self.opening = found.group(2)
        response, _ = self.ask("GET", self.opening, cookie=None)
        assert response.status == 303
        self.cookie = response.getheader("Set-Cookie").split(";")[0]
        self.full_cookie = response.getheader("Set-Cookie")

    def ask(self, method, path, body=None, cookie="", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        all_headers = {"Host": self.host, **(headers or {})}
        if cookie == "":
            all_headers["Cookie"] = self.cookie
        elif cookie is not None:
            all_headers["Cookie"] = cookie
        connection.request(method, path, body, all_headers)
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response, content

    def json(self, method, path, body=None):
        text = json.dumps(body) if isinstance(body, dict) else body
        response, content = self.ask(method, path, text)
        assert response.status < 300, (path, response.status, content[:300])
        return json.loads(content)

    def wait_for(self, song, documents, seconds=120):
        """Until a song was read and has these documents."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            told = self.json("GET", f"/api/songs/{song}")
            failed = [job for job in told["jobs"] if job["state"] == "failed"]
            assert not failed, failed
            if told["decoded"] and set(documents) <= set(told["documents"]):
                return told
            time.sleep(0.05)
        raise AssertionError(f"{documents} did not come")

    def ended(self, song, number, state="done", seconds=120):
        """Waits until a job has come to an end, which is to be this one."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            job = [one for one in self.json("GET", f"/api/songs/{song}")["jobs"] if one["job"] == number][0]
            if job["state"] not in ("queued", "running"):
                assert job["state"] == state, job
                return
            time.sleep(0.05)
        raise AssertionError(f"job {number} did not end")

    def open(self, path, documents=("check",)):
        with open(path, "rb") as file:
            song = self.json("POST", "/api/songs?name=" + os.path.basename(path), file.read())["id"]
        self.wait_for(song, documents)
        return song

    def document(self, song, name):
        return self.json("GET", f"/api/songs/{song}/documents/{name}")

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(timeout=30)
        self.process.stdout.close()
        self.process.stderr.close()


@unittest.skipUnless(os.path.exists(STUDIO), "the studio was not built: npm is missing")
class StudioCase(bench.Case):
    """A studio of its own for each test."""
    def setUp(self):
        super().setUp()
        self.data = self.path("data")
        self.studio = Studio(self.data)

    def tearDown(self):
        self.studio.stop()
        super().tearDown()

    def status(self, *arguments, **options):
        return self.studio.ask(*arguments, **options)[0].status


class StudioServer(StudioCase):

    # --- who may talk to it

    def test_it_answers_on_this_machine_only(self):
        listening = subprocess.run(["ss", "-ltnH"], stdout=subprocess.PIPE, text=True, check=False).stdout \
            if shutil.which("ss") else ""
        for line in listening.splitlines():
            if f":{self.studio.port} " in line:
                self.assertIn(f"127.0.0.1:{self.studio.port}", line)
        other = [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
                 if not info[4][0].startswith("127.")]
        for address in other:
            with self.assertRaises(OSError):
                socket.create_connection((address, self.studio.port), timeout=2)

    def test_without_the_cookie_nothing_is_told(self):
        for path in ("/", "/api/songs", "/api/facts", "/api/events", "/assets/studio.js"):
            self.assertEqual(self.status("GET", path, cookie=None), 401, path)
        wrong = self.studio.cookie[:-1] + ("0" if self.studio.cookie[-1] != "0" else "1")
        self.assertEqual(self.status("GET", "/api/songs", cookie=wrong), 401)
        self.assertEqual(self.status("GET", "/open?token=" + "0" * 32, cookie=None), 401)
        self.assertEqual(self.status("GET", "/api/songs"), 200)

    def test_the_cookie_stays_with_this_page(self):
        self.assertIn("HttpOnly", self.studio.full_cookie)
        self.assertIn("SameSite=Strict", self.studio.full_cookie)

    def test_another_name_for_this_machine_is_refused(self):
        # What a page elsewhere does whose own name was made to lead here.
        for host in ("evil.example", f"evil.example:{self.studio.port}", "127.0.0.1", ""):
            self.assertEqual(self.status("GET", "/api/songs", headers={"Host": host}), 403, host)
        self.assertEqual(self.status("GET", "/api/songs", headers={"Host": f"localhost:{self.studio.port}"}), 200)

    def test_another_page_is_refused(self):
        for origin in ("http://evil.example", "null", "https://" + self.studio.host):
            self.assertEqual(self.status("POST", "/api/demo", headers={"Origin": origin}), 403, origin)
        own = {"Origin": "http://" + self.studio.host}
        self.assertEqual(self.status("GET", "/api/songs", headers=own), 200)

    def test_pages_may_run_their_own_script_only(self):
        response, _ = self.studio.ask("GET", "/")
        policy = response.getheader("Content-Security-Policy")
        self.assertIn("default-src 'none'", policy)
        self.assertIn("script-src 'self'", policy)
        self.assertNotIn("unsafe-inline", policy)
        self.assertEqual(response.getheader("X-Content-Type-Options"), "nosniff")

    # --- hostile requests

    def test_no_path_leads_out_of_the_studio(self):
        for path in ("/api/songs/../../../etc/passwd", "/assets/../../etc/passwd", "/assets/%2e%2e%2fpasswd",
                     "/api/songs/0123456789abcdef/documents/..%2f..%2fx", "/api/songs/0123456789abcdef/audio",
                     "/api/songs/0123456789abcdef/masters/1/audio", "/api/library/sheets/..%2fgear/page"):
            self.assertIn(self.status("GET", path), (400, 404), path)

    def test_what_is_too_large_is_refused_unread(self):
        connection = socket.create_connection(("127.0.0.1", self.studio.port), timeout=20)
        head = (f"POST /api/songs?name=x.wav HTTP/1.1\r\nHost: {self.studio.host}\r\nCookie: {self.studio.cookie}\r\n"
                f"Content-Length: {7 << 30}\r\n\r\n")
        connection.sendall(head.encode())
        self.assertIn(b" 413 ", connection.recv(200))
        connection.close()
        song = "0" * 16
        self.assertEqual(self.status("PUT", f"/api/songs/{song}/documents/notes", "x" * (3 << 20)), 413)
        self.assertEqual(os.listdir(os.path.join(self.data, "studio")), [])

    def test_nonsense_gets_a_sentence(self):
        song = self.studio.open(bench.EXCERPT, ())
        for body in ("[]", "{", "[" * 100000, '{"plan": {"stages": 3}}', '{"from_s": 1e308}',
                     '{"from_s": 0, "to_s": 5, "way": "../x"}', '{"from_s": 0, "to_s": 5, "way": "system", "name": "x"}'):
            response, content = self.studio.ask("POST", f"/api/songs/{song}/passage", body)
            self.assertEqual(response.status, 400, body[:40])
            self.assertTrue(json.loads(content)["error"], body[:40])
        for command, body in (("rm", {}), ("check", {"as": "; rm -rf /"}), ("plan", {"loudness": 1e9}),
                              ("plan", {"accept": ["--output=/tmp/x"]}), ("master", {}), ("master", {"plan": {}})):
            response, content = self.studio.ask("POST", f"/api/songs/{song}/run/{command}", json.dumps(body))
            self.assertEqual(response.status, 400, command)
        self.assertEqual(self.status("POST", f"/api/songs/{'f' * 16}/run/check", "{}"), 400)

    def test_a_broken_file_is_told_and_the_studio_goes_on(self):
        for name, content in (("noise.wav", os.urandom(50000)), ("text.mp3", b"not audio\n" * 100)):
            song = self.studio.json("POST", "/api/songs?name=" + name, content)["id"]
            end = time.monotonic() + 60
            while time.monotonic() < end:
                jobs = self.studio.json("GET", f"/api/songs/{song}")["jobs"]
                if all(job["state"] == "failed" for job in jobs):
                    break
                time.sleep(0.05)
            for job in jobs:
                self.assertEqual(job["state"], "failed", job)
                self.assertNotIn(self.data, job["error"])
        self.studio.open(bench.EXCERPT)

    def test_an_empty_file_leaves_nothing(self):
        response, content = self.studio.ask("POST", "/api/songs?name=empty.wav", b"")
        self.assertEqual(response.status, 400)
        self.assertIn("empty", json.loads(content)["error"])
        self.assertEqual(os.listdir(os.path.join(self.data, "studio")), [])

    def test_an_upload_that_breaks_off_leaves_nothing(self):
        connection = socket.create_connection(("127.0.0.1", self.studio.port), timeout=20)
        connection.sendall((f"POST /api/songs?name=x.wav HTTP/1.1\r\nHost: {self.studio.host}\r\n"
                            f"Cookie: {self.studio.cookie}\r\nContent-Length: 100000\r\n\r\nRIFF").encode())
        connection.close()
        end = time.monotonic() + 20
        while os.listdir(os.path.join(self.data, "studio")) and time.monotonic() < end:
            time.sleep(0.05)
        self.assertEqual(os.listdir(os.path.join(self.data, "studio")), [])

    # --- what it does

    def test_the_judgement_is_that_of_the_command_line(self):
        song = self.studio.open(bench.EXCERPT)
        theirs = self.studio.document(song, "check")
        ours = self.json("check", bench.EXCERPT, "--no-history")
        for key in ("measurements", "faults", "words"):
            self.assertEqual(theirs[key], ours[key], key)

    def test_a_plan_gives_the_same_bits_as_on_the_command_line(self):
        song = self.studio.open(bench.EXCERPT)
        self.studio.json("POST", f"/api/songs/{song}/run/plan", {})
        self.studio.wait_for(song, ["plan"])
        plan = self.studio.document(song, "plan")
        self.studio.json("POST", f"/api/songs/{song}/run/master", {"plan": plan, "bits": "24"})
        end = time.monotonic() + 120
        while not self.studio.json("GET", f"/api/songs/{song}")["masters"] and time.monotonic() < end:
            time.sleep(0.05)
        _, audio = self.studio.ask("GET", f"/api/songs/{song}/masters/1/audio")
        _, plan_file = self.studio.ask("GET", f"/api/songs/{song}/masters/1/plan")
        with open(self.path("plan.toml"), "wb") as file:
            file.write(plan_file)
        self.succeeds("master", bench.EXCERPT, "--plan", self.path("plan.toml"), "--anyway", "-o", self.path("m.wav"),
                      "--no-history")
        with open(self.path("m.wav"), "rb") as file:
            self.assertEqual(samples(file.read()), samples(audio))
        response, page = self.studio.ask("GET", f"/api/songs/{song}/masters/1/report")
        self.assertIn(b"<html", page)
        _, paper = self.studio.ask("GET", f"/api/songs/{song}/masters/1/paper")
        self.assertTrue(paper.startswith(b"%PDF"))
        self.assertIn("sandbox", response.getheader("Content-Security-Policy"))

    def test_a_passage_is_as_loud_as_the_passage(self):
        song = self.studio.open(bench.EXCERPT, ())
        whole = self.passage(song, {"way": "whole"})
        power = lambda x: sum(v * v for v in x) / len(x)
        for way in ({"way": "mono"}, {"way": "band", "low_hz": 200, "high_hz": 2000}, {"way": "system", "name": "phone"}, {"way": "codec", "name": "vorbis-96"}):
            heard = self.passage(song, way)
            self.assertEqual(len(heard), len(whole), way)
            self.assertNotEqual(heard, whole, way)
            # K-weighting is not flat, so equally loud is not equally strong; a factor of 30 covers a phone.
            self.assertLess(abs(power(heard) / power(whole) - 1.0), 30.0)
        # With every stage at rest and no loudness asked for, the chain changes nothing but what passes the ceiling.
        self.studio.json("POST", f"/api/songs/{song}/run/plan", {})
        self.studio.wait_for(song, ["plan"])
        plan = self.studio.document(song, "plan")
        for stage in plan["stages"]:
            stage["state"] = "on" if stage["stage"] in ("gain-staging", "limiting") else "off"
            stage["parameters"] = {}
        plan["loudness_lufs"], plan["ceiling_dbtp"] = None, 0.0
        made = self.passage(song, {"plan": plan})
        self.assertLess(max(abs(a - b) for a, b in zip(made, whole)), 0.12)

    def test_a_platform_plays_at_its_own_level(self):
        song = self.studio.open(bench.EXCERPT)
        loudness = self.studio.document(song, "check")["measurements"]["loudness"]["integrated_lufs"]
        whole = self.passage(song, {"way": "whole"})
        heard = self.passage(song, {"way": "platform", "name": "youtube/default"})
        gain_db = 20 * math.log10(max(map(abs, heard)) / max(map(abs, whole)))
        self.assertAlmostEqual(gain_db, min(0.0, -14.0 - loudness), delta=0.1)

    def test_a_plan_is_a_file_that_tells_its_faults_by_line_and_key(self):
        song = self.studio.open(bench.EXCERPT)
        self.studio.json("POST", f"/api/songs/{song}/run/plan", {})
        self.studio.wait_for(song, ["plan"])
        plan = self.studio.document(song, "plan")
        _, toml = self.studio.ask("POST", "/api/plan/write", json.dumps(plan))
        again = self.studio.json("POST", "/api/plan/read", toml)
        self.assertEqual(again["stages"], plan["stages"])
        self.assertEqual(again["loudness_lufs"], plan["loudness_lufs"])
        broken = re.sub(rb"ceiling_dbtp = .*", b"ceiling_dbtp = 40", toml, count=1)
        response, content = self.studio.ask("POST", "/api/plan/read", broken)
        self.assertEqual(response.status, 400)
        self.assertRegex(json.loads(content)["error"], r"^line \d+: ceiling_dbtp is 40")

    def test_references_are_judged_against_and_heard(self):
        song = self.studio.open(bench.EXCERPT)
        before = self.studio.document(song, "check")["measurements"]["spectrum"]["target"]
        with open(bench.DEMO, "rb") as file:
            told = self.studio.json("POST", f"/api/songs/{song}/references?name=My%20record.wav", file.read())
        self.assertEqual([one["name"] for one in told["references"]], ["My record.wav"])
        self.assertEqual(self.again(song, "check")["measurements"]["spectrum"]["target"], "reference")
        self.assertEqual(self.again(song, "plan")["target"], "reference")
        heard = self.passage(song, {"way": "reference", "name": "1"})
        self.assertEqual(len(heard), len(self.passage(song, {"way": "whole"})))
        response, content = self.studio.ask("POST", f"/api/songs/{song}/references?name=x.wav", b"no audio at all")
        self.assertEqual(response.status, 400)
        self.assertNotIn(self.data, json.loads(content)["error"])
        told = self.studio.json("DELETE", f"/api/songs/{song}/references/1")
        self.assertEqual(told["references"], [])
        self.assertEqual(self.again(song, "check")["measurements"]["spectrum"]["target"], before)

    def again(self, song, command):
        job = self.studio.json("POST", f"/api/songs/{song}/run/{command}", {})["job"]
        self.studio.ended(song, job)
        return self.studio.document(song, command)

    def test_versions_of_a_song_are_compared(self):
        first = self.studio.open(bench.EXCERPT)
        with open(bench.INVERTED, "rb") as file:
            second = self.studio.json("POST", f"/api/songs?name=other.wav&version_of={first}", file.read())["id"]
        self.studio.wait_for(second, ["check"])
        items = self.studio.json("GET", f"/api/songs/{second}/history")["items"]
        versions = [item for item in items if item["kind"] == "version"]
        self.assertEqual(len(versions), 2)
        self.assertIn(second, versions[1]["path"])
        self.assertTrue(any(change["id"] == "mono-compatibility" for change in versions[1]["changes"]))
        other = self.passage(first, {"way": "version", "name": second})
        self.assertNotEqual(other, self.passage(first, {"way": "whole"}))

    def test_loudness_is_known_second_by_second(self):
        song = self.studio.open(bench.EXCERPT)
        loudness = self.studio.document(song, "check")["measurements"]["loudness"]
        _, content = self.studio.ask("GET", f"/api/songs/{song}/loudness")
        values = struct.unpack(f"<{len(content) // 4}f", content)
        integrated, short_term = values[0::2], values[1::2]
        self.assertIn(len(integrated), (29, 30))
        self.assertAlmostEqual(integrated[-1], loudness["integrated_lufs"], delta=0.2)
        self.assertLessEqual(max(short_term), loudness["short_term_max_lufs"] + 0.01)

    def passage(self, song, way):
        response, wav = self.studio.ask("POST", f"/api/songs/{song}/passage", json.dumps({"from_s": 5, "to_s": 9, **way}))
        self.assertEqual(response.status, 200, wav[:200])
        self.assertEqual(wav[:4], b"RIFF")
        return struct.unpack(f"<{(len(wav) - 44) // 4}f", wav[44:])

    def test_the_song_plays_in_ranges(self):
        song = self.studio.open(bench.EXCERPT, ())
        _, whole = self.studio.ask("GET", f"/api/songs/{song}/audio")
        response, part = self.studio.ask("GET", f"/api/songs/{song}/audio", headers={"Range": "bytes=1000-1999"})
        self.assertEqual(response.status, 206)
        self.assertEqual(part, whole[1000:2000])

    def test_the_waveform_is_that_of_the_samples(self):
        song = self.studio.open(bench.EXCERPT, ())
        _, wav = self.studio.ask("GET", f"/api/songs/{song}/audio")
        values = struct.unpack(f"<{(len(wav) - 44) // 4}f", wav[44:])
        duration = self.studio.json("GET", f"/api/songs/{song}")["decoded"]["duration_s"]
        for columns in (1, 700):
            _, drawn = self.studio.ask("GET", f"/api/songs/{song}/overview?from=0&to={duration}&columns={columns}")
            numbers = struct.unpack(f"<{len(drawn) // 2}h", drawn)
            self.assertEqual(len(numbers), 3 * columns)
            self.assertAlmostEqual(min(numbers[0::3]) / 32767, max(-1.0, min(values)), delta=2e-4)
            self.assertAlmostEqual(max(numbers[1::3]) / 32767, min(1.0, max(values)), delta=2e-4)
        self.assertIn(self.status("GET", f"/api/songs/{song}/overview?from=0&to=1&columns=1000000"), (400,))

    # --- what it keeps

    def test_killed_and_started_again_nothing_is_lost(self):
        song = self.studio.open(bench.EXCERPT)
        notes = {"noticed": [{"at_s": 3, "text": "the \u201cbass\u201d \u266b"}], "heard": True, "verdicts": {}}
        self.studio.json("PUT", f"/api/songs/{song}/documents/notes", notes)
        check = self.studio.document(song, "check")
        self.studio.json("POST", f"/api/songs/{song}/run/codecs", {})
        self.studio.stop(signal.SIGKILL)
        self.studio = Studio(self.data)
        self.assertEqual([one["id"] for one in self.studio.json("GET", "/api/songs")["songs"]], [song])
        self.assertEqual(self.studio.document(song, "notes"), notes)
        self.assertEqual(self.studio.document(song, "check"), check)

    def test_work_is_cancelled(self):
        song = self.studio.open(bench.SONG)
        jobs = [self.studio.json("POST", f"/api/songs/{song}/run/{command}", {})["job"]
                for command in ("codecs", "systems", "plan", "check")]
        # What still waits ends at once, what runs as soon as its process has.
        for job in reversed(jobs):
            self.studio.json("DELETE", f"/api/jobs/{job}")
            self.studio.ended(song, job, "cancelled", 20)
        self.assertNotIn("codecs", self.studio.json("GET", f"/api/songs/{song}")["documents"])

    def test_a_song_that_is_removed_is_gone(self):
        song = self.studio.open(bench.EXCERPT, ())
        self.studio.json("DELETE", f"/api/songs/{song}")
        self.assertEqual(os.listdir(os.path.join(self.data, "studio")), [])
        self.assertIn(self.status("GET", f"/api/songs/{song}"), (400, 404))

    def test_a_port_that_is_taken_is_told(self):
        run = subprocess.run([bench.LACQUER, "studio", "--no-browser", "--port", str(self.studio.port)],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30, check=False,
                             env={**os.environ, "LACQUER_DATA": self.path("other")})
        self.assertEqual(run.returncode, 1)
        self.assertIn("is taken by another program", run.stderr.decode())


def samples(wav):
    """The content of the data chunk."""
    at = 12
    while at + 8 <= len(wav):
        size = struct.unpack("<I", wav[at + 4:at + 8])[0]
        if wav[at:at + 4] == b"data":
            return wav[at + 8:at + 8 + size]
        at += 8 + size + size % 2
    raise AssertionError("no data chunk")


if __name__ == "__main__":
    unittest.main()
