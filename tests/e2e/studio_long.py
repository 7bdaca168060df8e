"""The studio for a long day: hundreds of uploads, passages and removals, and some renders, end with as much memory and
as many open files and threads as a tenth of them took. LACQUER_UPLOADS says how many (500)."""

import json
import os
import unittest

import bench
import studio_test

UPLOADS = int(os.environ.get("LACQUER_UPLOADS", "500"))
RENDER_EVERY = 50
SECONDS = 3


@unittest.skipUnless(os.path.exists(studio_test.STUDIO), "the studio was not built: npm is missing")
class Soak(bench.Case):
    def setUp(self):
        super().setUp()
        self.data = self.path("data")
        self.studio = studio_test.Studio(self.data)
        short = self.path("short.wav")
        bench.ffmpeg("-t", str(SECONDS), "-i", bench.EXCERPT, "-c:a", "pcm_s16le", "-bitexact", short)
        with open(short, "rb") as file:
            self.content = file.read()

    def tearDown(self):
        self.studio.stop()
        super().tearDown()

    def used(self):
        with open(f"/proc/{self.studio.process.pid}/status", encoding="utf-8") as file:
            status = dict(line.split(":", 1) for line in file)
        return {"MB": int(status["VmRSS"].split()[0]) / 1024, "threads": int(status["Threads"]),
                "files": len(os.listdir(f"/proc/{self.studio.process.pid}/fd"))}

    def one(self, number):
        song = self.studio.json("POST", f"/api/songs?name=song-{number}.wav", self.content)["id"]
        self.studio.wait_for(song, ["check"])
        for way in ("whole", "side"):
            status, _ = self.studio.ask("POST", f"/api/songs/{song}/passage",
                                        json.dumps({"from_s": 0, "to_s": 2, "way": way}))
            self.assertEqual(status.status, 200)
        if number % RENDER_EVERY == 0:
            self.studio.ended(song, self.studio.json("POST", f"/api/songs/{song}/run/plan", {})["job"])
            plan = self.studio.document(song, "plan")
            self.studio.ended(song, self.studio.json("POST", f"/api/songs/{song}/run/master", {"plan": plan})["job"])
        self.studio.json("DELETE", f"/api/songs/{song}")

    def test_memory_stays_flat(self):
        settled = None
        for number in range(UPLOADS):
            self.one(number)
            if number == UPLOADS // 10:
                settled = self.used()
        end = self.used()
        print(f"after {UPLOADS // 10}: {settled}; after {UPLOADS}: {end}")
        # Nine times the work may cost what the allocator keeps in pieces, not what each piece of work took: a leak of
        # one passage in ten would be more than 30 MB.
        self.assertLess(end["MB"], settled["MB"] + 16)
        self.assertLessEqual(end["threads"], settled["threads"] + 1)
        self.assertLessEqual(end["files"], settled["files"] + 4)
        self.assertEqual(os.listdir(os.path.join(self.data, "studio")), [])


if __name__ == "__main__":
    unittest.main()
