"""Reports as PDF, and data of one's own."""

import os
import re
import unittest

import bench


class Paper(bench.Case):
    def pdf(self, *arguments):
        """The bytes that a command writes, twice the same."""
        first, second = self.path("a.pdf"), self.path("b.pdf")
        for name in (first, second):
            self.succeeds(*arguments, "--pdf", name)
        with open(first, "rb") as one, open(second, "rb") as other:
            data = one.read()
            self.assertEqual(data, other.read(), "not the same bytes")
        self.assertTrue(data.startswith(b"%PDF-"))
        self.assertIn(b"FontFile", data, "no font is embedded")
        self.assertIn(b"/Outlines", data)
        self.assertIn(b"/StructTreeRoot", data)
        self.assertRegex(data, rb"/MediaBox \[ 0 0 595\.27\d* 841\.88\d* \]")
        return data

    def test_every_report_can_be_kept_on_paper(self):
        for arguments in (("check", "--no-history", bench.EXCERPT), ("plan", bench.EXCERPT), ("platforms", bench.EXCERPT),
                          ("codecs", bench.EXCERPT, "--codec", "mp3-128"), ("systems", bench.EXCERPT)):
            self.pdf(*arguments)

    def test_the_master_and_its_two_reports_come_together(self):
        mix = self.copy(bench.DEMO, "demo.wav")
        text = self.succeeds("master", mix, "--html", "--pdf").stdout.decode()
        self.assertEqual(self.listing(), ["demo.master.html", "demo.master.pdf", "demo.master.plan.toml", "demo.master.wav",
                                          "demo.wav"])
        self.assertIn("demo.master.pdf", text)

    def test_a_report_without_a_name_lies_beside_the_file(self):
        mix = self.copy(bench.EXCERPT, "mix.wav")
        self.succeeds("plan", mix, "--pdf", "--html")
        self.succeeds("systems", mix, "--pdf")
        self.assertEqual(self.listing(), ["mix.plan.html", "mix.plan.pdf", "mix.systems.pdf", "mix.wav"])

    def test_a_name_before_the_files_is_the_reports(self):
        self.succeeds("platforms", "--pdf", self.path("a.pdf"), bench.EXCERPT)
        self.assertEqual(self.listing(), ["a.pdf"])

    def test_a_slip_of_the_name_costs_no_song(self):
        mix = self.copy(bench.EXCERPT, "mix.wav")
        other = self.copy(bench.EXCERPT, "other.wav")
        before = os.path.getsize(other)
        self.fails("check", mix, "--html", other, says="another kind")
        self.assertEqual(os.path.getsize(other), before)

    def test_letter_is_there_for_who_prints_on_it(self):
        self.succeeds("platforms", bench.EXCERPT, "--pdf", self.path("a.pdf"), "--paper", "letter")
        with open(self.path("a.pdf"), "rb") as file:
            self.assertRegex(file.read(), rb"/MediaBox \[ 0 0 612 792 \]")

    def test_a_report_is_written_whole_or_not_at_all(self):
        self.fails("platforms", bench.EXCERPT, "--pdf", "/proc/a.pdf")
        self.fails("platforms", "--pdf", self.path("a.pdf"), status=2, says="name one")
        self.fails("check", bench.EXCERPT, "--only", "loudness", "--pdf", self.path("a.pdf"), status=2, says="--pdf")
        self.assertEqual(self.listing(), [])


CONTENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "content")


class OwnData(bench.Case):
    def changed(self, name, old, new):
        with open(os.path.join(CONTENT, name), encoding="utf-8") as file:
            text = file.read()
        self.assertIn(old, text)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text.replace(old, new, 1))
        return self.path(name)

    def test_a_system_of_ones_own_is_played_on(self):
        path = self.changed("systems.toml", "[system.kitchen]", "[system.attic]")
        names = [one["system"] for one in self.json("systems", bench.EXCERPT, "--data", path)["items"]]
        self.assertIn("attic", names)
        self.assertNotIn("kitchen", names)

    def test_a_platform_of_ones_own_is_listed(self):
        path = self.changed("platforms.toml", "reference_lufs = -14.0", "reference_lufs = -20.0")
        levels = {one["reference_lufs"] for one in self.json("platforms", "--data", path)["items"]}
        self.assertIn(-20, levels)
        self.json("platforms", bench.EXCERPT, "--data", path)

    def test_a_broken_file_names_file_line_and_field(self):
        for command, name, old, new, field in (
                ("systems", "systems.toml", "limit_db = 8", "limit_db = 800", "limit_db"),
                ("systems", "systems.toml", "music_dba = 78", "musik_dba = 78", "musik_dba"),
                ("systems", "systems.toml", "width_above = 0.5", "", "width_above"),
                ("platforms", "platforms.toml", "reference_lufs = -14.0", "reference_lufs = 14.0", "reference_lufs")):
            path = self.changed(name, old, new)
            done = self.fails(command, bench.EXCERPT, "--data", path, says=field)
            self.assertRegex(done.stderr.decode(), rf"{re.escape(path)}:\d+: .*{field}")
        self.fails("systems", bench.EXCERPT, "--data", self.path("nothing.toml"), says="nothing.toml")
        with open(self.path("big.toml"), "wb") as file:
            file.write(b"#" * (1 << 21))
        self.fails("systems", bench.EXCERPT, "--data", self.path("big.toml"), says="no playback systems")


if __name__ == "__main__":
    unittest.main()
