"""lacquer sheets, from outside."""

import re
import unittest

import bench

SHEETS = ["gear", "label", "chain", "platforms", "diagnostic", "vocabulary"]


class Sheets(bench.Case):
    def test_the_list_names_the_six(self):
        items = self.json("sheets")["items"]
        self.assertEqual([one["id"] for one in items], SHEETS)
        for one in items:
            self.assertEqual(list(one), ["id", "kind", "topic", "title", "summary"])
        text = self.succeeds("sheets").stdout.decode()
        for one in items:
            self.assertIn(f"{one['id']} ", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_each_prints_on_both_papers_and_reads_as_text(self):
        for name in SHEETS:
            sizes = set()
            for paper in ("a4", "letter"):
                pdf = self.path(f"{name}-{paper}.pdf")
                self.succeeds("sheets", name, "--pdf", pdf, "--paper", paper)
                with open(pdf, "rb") as file:
                    content = file.read()
                self.assertTrue(content.startswith(b"%PDF-"))
                sizes.add(len(content))
            self.assertEqual(len(sizes), 2, name)
            self.assertIn(self.json("sheets", name)["items"][0]["sides"][0]["title"],
                          self.succeeds("sheets", name).stdout.decode())

    def test_sources_on_a_screen_are_links(self):
        for name in SHEETS:
            self.succeeds("sheets", name, "--html", self.path("sheet.html"))
            with open(self.path("sheet.html"), encoding="utf-8") as file:
                links = re.findall(r"<a href=\"([^\"]*)\" rel=\"noopener\">", file.read())
            self.assertTrue(links, name)
            for address in links:
                self.assertRegex(address, r"^https?://[^<>\s]+$")

    def test_two_pages_are_two_drawings(self):
        self.succeeds("sheets", "gear", "--svg", self.path("gear.svg"))
        self.succeeds("sheets", "chain", "--svg", self.path("chain.svg"))
        self.assertEqual(self.listing(), ["chain.svg", "gear-1.svg", "gear-2.svg"])

    def test_a_track_fills_the_sheets(self):
        for name in ("diagnostic", "vocabulary", "platforms", "chain"):
            blank, filled = self.path(f"{name}.pdf"), self.path(f"{name}-filled.pdf")
            self.succeeds("sheets", name, "--pdf", blank)
            self.succeeds("sheets", name, "--pdf", filled, "--file", bench.SONG)
            with open(blank, "rb") as one, open(filled, "rb") as other:
                self.assertNotEqual(one.read(), other.read(), name)

    def test_what_cannot_be_done_is_said(self):
        self.fails("sheets", "qwerty", status=2, says="no sheet qwerty; lacquer sheets lists them")
        self.fails("sheets", "--pdf", self.path("x.pdf"), status=2, says="which sheet is not said")
        self.fails("sheets", "gear", "--file", self.path("nothing.wav"), says="nothing.wav: ")
        self.fails("sheets", "gear", "--pdf", self.path("no/such/folder.pdf"), says="folder.pdf: ")
        song = self.copy(bench.EXCERPT, "song.wav")
        self.fails("sheets", "vocabulary", "--file", song, "--pdf", song, says="would replace the audio")
        self.succeeds("check", song)


if __name__ == "__main__":
    unittest.main()
