"""The library of the studio's server, from outside: searching, sheets, lessons with their exercises, the workbook, gear
and releases; and that no answer of an exercise, and no other file of the machine, ever comes out of it."""

import base64
import json
import os
import time
import unittest

import bench
from studio_test import Studio, StudioCase

EAR = "cardboard-nose-mud"  # words for ranges, on the user's own track
LOUDER = "louder-wins-unfairly"


class StudioLibrary(StudioCase):

    def refused(self, method, path, body=None):
        """The sentence that a request is refused with."""
        text = json.dumps(body) if isinstance(body, dict) else body
        response, content = self.studio.ask(method, path, text)
        self.assertIn(response.status, (400, 404, 409, 413), (path, content[:200]))
        return json.loads(content)["error"]

    def job(self, path, body):
        """Starts work and waits for its end."""
        number = self.studio.json("POST", path, body)["job"]
        connection_end = time.monotonic() + 120
        while time.monotonic() < connection_end:
            response, content = self.studio.ask("GET", f"/api/jobs/{number}")
            self.assertEqual(response.status, 200, content)
            job = json.loads(content)
            if job["state"] not in ("queued", "running"):
                return job
            time.sleep(0.05)
        raise AssertionError(f"{path} did not end")

    # --- search

    def test_search_takes_filters_and_says_which_one_to_leave_out(self):
        found = self.studio.json("GET", "/api/library/find?q=boxy&kind=term")
        self.assertEqual(found["items"][0]["id"], "term-boxy")
        self.assertTrue(all(one["kind"] == "term" for one in found["items"]))
        nothing = self.studio.json("GET", "/api/library/find?q=boxy&kind=platform")
        self.assertEqual(nothing["items"], [])
        self.assertEqual(nothing["without"][0]["filter"], "kind")
        self.assertGreater(nothing["without"][0]["found"], 0)
        self.assertTrue(self.refused("GET", "/api/library/find?q=boxy&kind=nonsense"))
        self.assertTrue(self.refused("GET", "/api/library/find?q=" + "x" * 300))

    def test_filters_alone_list_everything_that_they_let_through(self):
        filters = self.studio.json("GET", "/api/library/filters")
        self.assertEqual(len(filters["courses"]), 3)
        lessons = self.studio.json("GET", "/api/library/find?kind=lesson")["items"]
        self.assertEqual(len(lessons), 30)
        items = self.studio.json("GET", "/api/library/find?kind=item")["items"]
        self.assertEqual(len(items), 12)
        nothing = self.studio.json("GET", "/api/library/find?kind=item&course=building-the-beat")
        self.assertEqual({one["filter"] for one in nothing["without"]}, {"kind", "course"})

    def test_every_page_that_is_found_can_be_read(self):
        for kind in self.studio.json("GET", "/api/library/filters")["kinds"]:
            for entry in self.studio.json("GET", f"/api/library/find?kind={kind}")["items"]:
                page = self.studio.json("GET", "/api/library/pages/" + entry["id"])
                self.assertTrue(page["title"], entry["id"])
                self.assertTrue(page["rows"] or page["links"], entry["id"])
                for link in page["links"]:
                    self.opens(link["to"])
        self.assertTrue(self.refused("GET", "/api/library/pages/term-nonsense"))

    known = {}

    def opens(self, to):
        where, _, which = to.partition("/")
        path = {"pages": "/api/library/pages/", "sheets": "/api/library/sheets/", "lessons": "/api/lessons/",
                "workbook": "/api/workbook", "gear": "/api/gear"}[where] + which
        if path not in self.known:
            self.known[path] = self.status("GET", path)
        self.assertEqual(self.known[path], 200, to)

    # --- sheets

    def test_sheets_are_pictures_and_paper(self):
        for sheet in self.studio.json("GET", "/api/library/sheets")["items"]:
            path = "/api/library/sheets/" + sheet["id"]
            sides = self.studio.json("GET", path)["sides"]
            for number in range(1, len(sides) + 1):
                response, svg = self.studio.ask("GET", f"{path}/{number}.svg?paper=letter")
                self.assertEqual(response.getheader("Content-Type"), "image/svg+xml")
                self.assertIn(b"<svg", svg[:400])
            _, pdf = self.studio.ask("GET", path + "/print")
            self.assertEqual(pdf[:5], b"%PDF-")
        self.assertEqual(self.status("GET", "/api/library/sheets/nonsense"), 404)

    def test_a_sheet_is_filled_from_a_song(self):
        song = self.studio.open(bench.EXCERPT, ())
        self.assertEqual(self.status("GET", f"/api/songs/{song}/sheets/diagnostic/1.svg"), 404)
        done = self.job(f"/api/songs/{song}/run/sheet", {"sheet": "diagnostic", "paper": "a4"})
        self.assertEqual(done["state"], "done", done)
        _, filled = self.studio.ask("GET", f"/api/songs/{song}/sheets/diagnostic/1.svg?paper=a4")
        _, blank = self.studio.ask("GET", "/api/library/sheets/diagnostic/1.svg?paper=a4")
        self.assertIn(b"<svg", filled[:400])
        self.assertNotEqual(filled, blank)
        _, pdf = self.studio.ask("GET", f"/api/songs/{song}/sheets/diagnostic/sheet.pdf?paper=a4")
        self.assertEqual(pdf[:5], b"%PDF-")
        for body in ({"sheet": "../x"}, {"sheet": "gear", "paper": "--pdf"}):
            self.assertTrue(self.refused("POST", f"/api/songs/{song}/run/sheet", body))

    # --- lessons

    def test_a_lesson_is_read_and_answered(self):
        self.assertEqual(len(self.studio.json("GET", "/api/lessons")["items"]), 30)
        lesson = self.studio.json("GET", "/api/lessons/5")
        self.assertEqual(lesson["number"], 5)
        self.assertIn("<p>", lesson["sections"][0]["html"])
        for theme in ("light", "dark"):
            self.assertIn(b"<svg", self.studio.ask("GET", f"/api/lessons/13/{theme}.svg")[1][:400])
        said = "<img src=x onerror=alert(1)> \u201cfirst\u201d"
        for text in (said, "second"):
            answered = self.studio.json("POST", "/api/lessons/5/answers", {"prompt": 1, "text": text})
        self.assertEqual(answered["answers"][0]["first"]["text"], said)
        self.assertEqual(answered["answers"][0]["newest"]["text"], "second")
        self.assertIsNotNone(answered["started"])
        self.assertIsNotNone(self.studio.json("POST", "/api/lessons/5/done", {})["done"])
        for body in ({"prompt": 0, "text": "x"}, {"prompt": 99, "text": "x"}, {"prompt": 1, "text": ""}, {"prompt": "x"}):
            self.assertTrue(self.refused("POST", "/api/lessons/5/answers", body))
        self.assertEqual(self.status("GET", "/api/lessons/nonsense"), 404)

    def test_every_lesson_has_its_page(self):
        for number in range(1, 31):
            lesson = self.studio.json("GET", f"/api/lessons/{number}")
            self.assertEqual(len(lesson["sections"]), 6, number)
            self.assertNotIn("<script", json.dumps(lesson))
            self.assertTrue(lesson["exercise"]["does"], number)

    # --- exercises

    def ready(self, lesson, song):
        done = self.job(f"/api/lessons/{lesson}/run", {"inputs": [{"song": song}]})
        self.assertEqual(done["state"], "done", done)
        return self.studio.json("GET", f"/api/lessons/{lesson}/exercise")

    def sealed(self, lesson):
        with open(os.path.join(self.data, "studio", "lessons", lesson, "made", "exercise.sealed"), encoding="utf-8") as file:
            return json.loads(base64.b64decode("".join(file.readlines()[1:])))

    def test_ear_training_keeps_its_answers_until_all_are_given(self):
        song = self.studio.open(bench.EXCERPT, ())
        exercise = self.ready(EAR, song)
        self.assertEqual(exercise["state"], "ready")
        right = self.sealed(EAR)["hidden"]["answers"]
        # What the page is told is the same whatever the answers are: nothing of them, of the seed or of a path.
        self.assertEqual(set(exercise["ready"]), {"files", "readings", "questions"})
        told = json.dumps(exercise)
        for word in ("seed", "hidden", "answers", self.data):
            self.assertNotIn(word, told)
        self.assertEqual({json.dumps(one["choices"]) for one in exercise["ready"]["questions"]},
                         {json.dumps(exercise["ready"]["questions"][0]["choices"])})
        trials = [one["name"] for one in exercise["ready"]["files"] if one["name"].startswith("trial-")]
        self.assertEqual(len(trials), len(right))
        for sound in exercise["ready"]["files"]:
            response, wav = self.studio.ask("GET", f"/api/lessons/{EAR}/sounds/{sound['name']}")
            self.assertEqual((response.status, wav[:4]), (200, b"RIFF"))
        for name in ("exercise.sealed", "..%2fround.json", "..%2f..%2f..%2fx.wav", "nonsense.wav"):
            self.assertIn(self.status("GET", f"/api/lessons/{EAR}/sounds/{name}"), (400, 404), name)
        # A missing answer is asked for, and none of the right ones is told.
        self.assertTrue(self.refused("POST", f"/api/lessons/{EAR}/score", {"trial-01": right[0]}))
        self.assertEqual(self.studio.json("GET", f"/api/lessons/{EAR}/exercise")["state"], "ready")
        said = {f"trial-{i + 1:02}": one for i, one in enumerate(right)}
        scored = self.studio.json("POST", f"/api/lessons/{EAR}/score", said)
        self.assertEqual(scored["state"], "scored")
        self.assertIn(f"{len(right)} of {len(right)} right", scored["outcome"]["summary"])
        self.assertIn("% of cases", scored["outcome"]["summary"])  # the chance of guessing as well
        # Once told, it cannot be answered again; the next round is harder.
        self.assertTrue(self.refused("POST", f"/api/lessons/{EAR}/score", said))
        self.assertEqual(self.studio.json("GET", f"/api/lessons/{EAR}")["newest_score"]["verdict"],
                         scored["outcome"]["summary"])
        harder = self.ready(EAR, song)
        self.assertNotEqual(harder["ready"]["readings"], exercise["ready"]["readings"])

    def test_names_of_sounds_say_nothing_of_what_they_are(self):
        song = self.studio.open(bench.EXCERPT, ())
        exercise = self.ready(LOUDER, song)
        louder = self.sealed(LOUDER)["hidden"]["louder"]
        self.assertEqual(len(set(louder)), 2)  # both, so that a name could have told
        named = {(one["name"][-6:], one["what"]) for one in exercise["ready"]["files"]}
        self.assertEqual(named, {("-a.wav", "A"), ("-b.wav", "B")})
        sizes = {len(self.studio.ask("GET", f"/api/lessons/{LOUDER}/sounds/{one['name']}")[1])
                 for one in exercise["ready"]["files"][:6]}
        self.assertEqual(len(sizes), 1)

    def test_an_exercise_without_files_is_scored_at_once_or_asked(self):
        first = self.studio.json("GET", "/api/lessons/1")["exercise"]["first"]
        said = {one["id"]: "The chorus lifts above -9 LUFS and the bass is heard on a phone" if one["form"] == "text"
                else "1" for one in first}
        done = self.job("/api/lessons/1/run", {"first": said})
        self.assertEqual(done["state"], "done", done)
        self.assertIn(self.studio.json("GET", "/api/lessons/1/exercise")["state"], ("ready", "scored"))

    def test_an_exercise_takes_nothing_but_what_was_handed_over(self):
        for inputs in ([{"file": "../../../../etc/passwd"}], [{"file": "/etc/passwd"}], [{"song": "../x"}],
                       [{"song": "0" * 16}], ["/etc/passwd"], [{"file": "missing.wav"}], [3], [{}] * 100):
            self.assertTrue(self.refused("POST", f"/api/lessons/{EAR}/run", {"inputs": inputs}), inputs)
        for first in ({"--output": "x"}, {"x": 3}, {"x": "y" * 30000}, [1]):
            self.assertTrue(self.refused("POST", "/api/lessons/1/run", {"first": first}), first)
        for name in ("..%2fx.wav", "%2fetc%2fx", ".hidden", "a%2f.b", "a%00b", "%ff", "x" * 300, "", "a%2fb%2fc%2fd%2fe%2ff"):
            self.assertTrue(self.refused("POST", f"/api/lessons/{EAR}/files?name={name}", "x"), name)
        kept = self.studio.json("POST", f"/api/lessons/{EAR}/files?name=a%20kick.wav", "no audio")
        self.assertEqual(kept["files"], [{"name": "a kick.wav", "bytes": 8}])
        failed = self.job(f"/api/lessons/{EAR}/run", {"inputs": [{"file": "a kick.wav"}]})
        self.assertEqual(failed["state"], "failed")
        self.assertNotIn(self.data, failed["error"])
        self.assertEqual(self.studio.json("DELETE", f"/api/lessons/{EAR}/files?name=a%20kick.wav")["files"], [])

    def test_of_a_project_only_names_are_taken(self):
        path = "/api/lessons/names-that-survive-a-year"
        self.assertEqual(self.studio.json("POST", path + "/names", {"names": ["kick final FINAL.wav", "b.wav"]})["names"], 2)
        for names in ([], ["a/b"], [".."], ["x" * 300], [3], "x"):
            self.assertTrue(self.refused("POST", path + "/names", {"names": names}), names)

    # --- the workbook

    def test_the_workbook_is_kept_changed_and_printed(self):
        self.studio.json("POST", "/api/lessons/5/answers", {"prompt": 1, "text": "three records"})
        book = self.studio.json("POST", "/api/workbook/notes", {"subject": "room", "text": "the bass is late"})
        note = book["notes"][0]
        book = self.studio.json("PUT", f"/api/workbook/notes/{note['id']}", {"subject": "room", "text": "the bass is early"})
        self.assertEqual([one["text"] for one in book["notes"]], ["the bass is early"])
        lesson = book["courses"][0]["lessons"][4]
        self.assertEqual(lesson["prompts"][0]["first"]["text"], "three records")
        written = self.studio.ask("GET", "/api/workbook/print?paper=letter")[1]
        blank = self.studio.ask("GET", "/api/workbook/print?blank")[1]
        self.assertEqual((written[:5], blank[:5]), (b"%PDF-", b"%PDF-"))
        self.assertNotEqual(written, blank)
        self.assertEqual(self.studio.json("DELETE", f"/api/workbook/notes/{book['notes'][0]['id']}")["notes"], [])
        self.assertTrue(self.refused("POST", "/api/workbook/notes", {"text": ""}))
        self.assertTrue(self.refused("DELETE", "/api/workbook/notes/99"))

    def test_the_workbook_goes_away_and_comes_back_whole_or_not_at_all(self):
        self.studio.json("POST", "/api/lessons/5/answers", {"prompt": 1, "text": "three \u201crecords\u201d"})
        self.studio.json("POST", "/api/workbook/notes", {"subject": "", "text": "a note"})
        for ending in ("json", "md"):
            response, exported = self.studio.ask("GET", "/api/workbook/export." + ending)
            self.assertIn("attachment", response.getheader("Content-Disposition"))
            other = Studio(self.path("other-" + ending))
            self.addCleanup(other.stop)
            changed = exported.replace(b"a note", b"a lie")
            response, why = other.ask("POST", "/api/workbook/import", changed)
            self.assertEqual(response.status, 400)
            self.assertTrue(json.loads(why)["error"])
            self.assertEqual(other.json("GET", "/api/workbook")["notes"], [])
            told = json.loads(other.ask("POST", "/api/workbook/import", exported)[1])["summary"]
            self.assertIn("1 answer", told)
            self.assertEqual(other.ask("GET", "/api/workbook/export." + ending)[1], exported)
        for nonsense in (b"", b"{}", b"\x00" * 1000, b"# Lacquer workbook\n"):
            self.assertTrue(self.refused("POST", "/api/workbook/import", nonsense))

    # --- gear

    def test_five_questions_are_weighed_kept_and_closed(self):
        self.studio.open(bench.EXCERPT)
        answers = {"device": "bus compressor", "problem": {"song": "song-30s", "time": "0:12", "wrong": "the snare is late"},
                   "price": {"price": 300.0, "uses_per_month": 10, "hours": 5},
                   "test": {"stays_if": "the chorus is louder at the same peak", "from": "2031-12-01"}}
        weighed = self.studio.json("POST", "/api/gear", {"answers": answers})
        self.assertEqual([one["id"] for one in weighed["questions"]], ["problem", "practice", "step", "price", "test"])
        self.assertEqual(weighed["cost"]["each"], 2.5)
        self.assertEqual(weighed["evidence"]["checks"], 1)
        self.assertIsNone(weighed["id"])
        self.assertEqual(self.studio.json("GET", "/api/gear")["items"], [])
        kept = self.studio.json("POST", "/api/gear", {"answers": answers, "keep": True})
        response, calendar = self.studio.ask("GET", f"/api/gear/{kept['id']}.ics")
        self.assertIn("text/calendar", response.getheader("Content-Type"))
        self.assertIn(b"BEGIN:VEVENT", calendar)
        self.assertIn(kept["due"].replace("-", "").encode(), calendar)
        closed = self.studio.json("POST", f"/api/gear/{kept['id']}/close", {"outcome": "bought"})["items"][0]
        self.assertEqual(closed["state"], "bought")
        self.assertTrue(self.refused("POST", f"/api/gear/{kept['id']}/close", {"outcome": "eaten"}))
        self.assertTrue(self.refused("POST", "/api/gear/99/close", {"outcome": "kept"}))
        # The command line knows the same decision.
        listed = json.loads(self.succeeds("gear", "--list", "--json", env=bench.environment(LACQUER_DATA=self.data)).stdout)
        self.assertEqual(listed["items"][0]["title"], "bus compressor")

    def test_gear_answers_are_held_to_their_limits(self):
        for answers in ({"price": {"price": -1}}, {"price": {"price": "x"}}, {"test": {"from": "2026-02-31"}}, {"x": 1},
                        {"problem": {"x": "y"}}, {"step": {"missing": "x"}}, {"problem": "x"}, {"device": ["x"]},
                        {"device": {"a": {"b": 1}}}, {"device\"]\nx=1\n[\"": "x"}, [], "x"):
            self.assertTrue(self.refused("POST", "/api/gear", {"answers": answers}), answers)
        quoted = {"device": "a \"quoted\" \\ thing\n[price]\nprice = 1 \u266b"}
        self.assertEqual(self.studio.json("POST", "/api/gear", {"answers": quoted})["answers"]["device"], quoted["device"])

    def test_what_is_due_is_told_at_the_start(self):
        self.assertEqual(self.studio.json("GET", "/api/due")["items"], [])
        answers = {"device": "reverb", "needed": True, "test": {"stays_if": "it is used", "from": "2020-01-01"}, "answer": "buy"}
        kept = self.studio.json("POST", "/api/gear", {"answers": answers, "keep": True})
        due = self.studio.json("GET", "/api/due")["items"]
        if kept["due"] <= time.strftime("%Y-%m-%d"):
            self.assertIn("reverb", due[0]["summary"])
            self.assertNotIn("lacquer", due[0]["summary"])
        else:
            self.assertEqual(due, [])

    # --- releases

    def test_a_release_is_checked_from_what_was_handed_over(self):
        release = self.studio.json("POST", "/api/releases", {})
        path = "/api/releases/" + release["id"]
        with open(bench.EXCERPT, "rb") as file:
            self.studio.json("POST", path + "/files?name=masters%2f01%20First.wav", file.read())
        about = self.studio.json("POST", path + "/template", {})["about"]
        self.assertIn("masters/01 First.wav", about)
        about = about.replace('title = ""', 'title = "Low Tide"', 1)
        self.assertEqual(self.studio.json("PUT", path + "/about", about.encode())["about"], about)
        done = self.job(path + "/check", {})
        self.assertEqual(done["state"], "done", done)
        checked = self.studio.json("GET", path)
        self.assertEqual(checked["title"], "Low Tide")
        self.assertTrue({one["verdict"] for one in checked["checked"]["items"]} >= {"fix", "pass"})
        self.assertNotIn(self.data, json.dumps(checked["checked"]["release"]))
        self.assertEqual(self.studio.ask("GET", path + "/readiness.pdf")[1][:5], b"%PDF-")
        response, page = self.studio.ask("GET", path + "/readiness.html")
        self.assertIn("sandbox", response.getheader("Content-Security-Policy"))
        self.assertIn(b"Low Tide", page)
        self.studio.json("DELETE", path)
        self.assertEqual(self.studio.json("GET", "/api/releases")["releases"], [])
        self.assertEqual(self.status("GET", path), 404)

    def test_a_release_is_a_folder_of_the_studio_and_no_other(self):
        release = self.studio.json("POST", "/api/releases", {})
        path = "/api/releases/" + release["id"]
        for name in ("..%2f..%2fx", "%2ftmp%2fx", ".env", "a%2f..%2fb", "a%5cb", ""):
            self.assertTrue(self.refused("POST", path + "/files?name=" + name, "x"), name)
            self.assertTrue(self.refused("DELETE", path + "/files?name=" + name), name)
        for other in ("/api/releases/..%2f..", "/api/releases/" + "0" * 16, "/api/releases/%2fetc"):
            self.assertIn(self.status("GET", other), (400, 404), other)
        self.assertTrue(self.refused("GET", path + "/readiness.pdf"))
        # A release.toml that names files elsewhere, or is none, is told so; nothing elsewhere is opened.
        for about in ('schema = 1\nartwork = "/etc/passwd"\n[[track]]\nfile = "../../../../etc/passwd"\n', "no toml [", "\0"):
            self.studio.ask("PUT", path + "/about", about.encode())
            done = self.job(path + "/check", {})
            told = json.dumps(self.studio.json("GET", path)["checked"])
            self.assertNotIn("root:", told + str(done["error"]))

    def test_what_is_too_large_or_too_much_is_refused_unread(self):
        release = self.studio.json("POST", "/api/releases", {})["id"]
        import socket
        for path in (f"/api/releases/{release}/files?name=x.wav", f"/api/lessons/{EAR}/files?name=x.wav",
                     "/api/workbook/import"):
            connection = socket.create_connection(("127.0.0.1", self.studio.port), timeout=20)
            connection.sendall((f"POST {path} HTTP/1.1\r\nHost: {self.studio.host}\r\nCookie: {self.studio.cookie}\r\n"
                                f"Content-Length: {7 << 30}\r\n\r\n").encode())
            self.assertIn(b" 413 ", connection.recv(200), path)
            connection.close()
        self.assertEqual(self.status("PUT", f"/api/releases/{release}/about", "x" * (3 << 20)), 413)

    def test_an_advance_is_earned_back_as_on_the_command_line(self):
        figures = {"advance": 5000, "share_pct": 50, "costs": 3000, "per_stream": 0.003}
        here = self.studio.json("POST", "/api/deal", figures)
        there = json.loads(self.succeeds("release", "--advance", "5000", "--share", "50", "--costs", "3000",
                                         "--per-stream", "0.003", "--json").stdout)["items"][0]["recoupment"]
        self.assertEqual(here, there)
        self.assertEqual(here["costs_off_the_top"]["receipts"], 13000)
        for wrong in ({"advance": -1, "share_pct": 50}, {"advance": 1, "share_pct": 0}, {"advance": "x", "share_pct": 5},
                      {"advance": 1e300, "share_pct": 5}, {}):
            self.assertTrue(self.refused("POST", "/api/deal", wrong), wrong)


if __name__ == "__main__":
    unittest.main()
