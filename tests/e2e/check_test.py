"""lacquer check, from outside."""

import json
import os
import pty
import select
import subprocess
import time
import unittest

import bench

# The documents of docs/interface.md: None stands for any value, a list for an array of such things.
MEASUREMENTS = {
    "loudness": {"integrated_lufs": None, "range_lu": None, "momentary_max_lufs": None, "short_term_max_lufs": None},
    "peak": {"sample_dbfs": None, "true_dbtp": None, "clipped_runs": None, "intersample_overs": None},
    "dynamics": {"plr_db": None, "psr_median_db": None, "psr_p5_db": None, "crest_db": None},
    "stereo": {"correlation": None, "mono_loss_db": None, "side_to_mid_db": None, "balance_lu": None,
               "bands": [{"low_hz": None, "high_hz": None, "correlation": None, "mono_loss_db": None,
                          "side_to_mid_db": None}]},
    "spectrum": {"target": None, "slope_psd_db_per_octave": None,
                 "third_octaves": [{"hz": None, "level_db": None, "target_db": None, "tolerance_db": None}]},
    "source": {"effective_bits": None, "bandwidth_hz": None, "dc_offset_dbfs": None,
               "hum": {"present": None, "hz": None}, "head_silence_s": None, "tail_silence_s": None},
}
TIMES = [{"from_s": None, "to_s": None}]
CHECK = {
    "lacquer": None, "schema": None,
    "file": {"path": None, "container": None, "codec": None, "sample_rate_hz": None, "bits": None, "channels": None,
             "duration_s": None},
    "role": {"as": None, "for": None, "guessed": None, "why": None},
    "measurements": MEASUREMENTS,
    "findings": [{"item": None, "id": None, "stage": None, "verdict": None, "confidence": None, "title": None,
                  "evidence": [{"metric": None, "value": None, "unit": None, "threshold": None, "distance": None}],
                  "when": TIMES, "why": None, "do": None, "where": None, "listen": None}],
    "faults": [{"id": None, "severity": None, "confidence": None, "when": TIMES, "why": None}],
    "words": [],
    "sections": [{"name": None, "from_s": None, "to_s": None, "loudness_lufs": None}],
}
ITEMS = [("fresh-ears", "before"), ("peak-level", "before"), ("mono-compatibility", "before"),
         ("source-integrity", "before"), ("low-end", "listen"), ("harshness", "listen"), ("stereo-width", "listen"),
         ("translation", "listen"), ("platform-loudness", "export"), ("true-peak-ceiling", "export"),
         ("file-format", "export"), ("playback", "export")]


def differences(shape, value, place=""):
    """Where a document departs from its shape: promised keys, their order, and arrays. More keys may stand beside them."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or [key for key in value if key in shape] != list(shape):
            return [f"{place}: {value if not isinstance(value, dict) else list(value)}"]
        return [one for key in shape for one in differences(shape[key], value[key], f"{place}.{key}")]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [f"{place}: no array"]
        return [one for item in value for one in differences(shape[0], item, f"{place}[]")] if shape else []
    return []


class Check(bench.Case):
    def test_the_report_names_the_twelve_items_within_80_columns(self):
        text = self.succeeds("check", bench.DEMO).stdout.decode()
        for number in range(1, 13):
            self.assertRegex(text, rf"(?m)^\s*\S?\s*{number}\b", f"item {number}")
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        self.assertNotIn("\x1b", text)

    def test_json_has_every_key_of_the_interface(self):
        for path in (bench.DEMO, bench.EXCERPT, bench.INVERTED):
            document = self.json("check", path)
            self.assertEqual(differences(CHECK, document), [])
            self.assertEqual([(one["id"], one["stage"]) for one in document["findings"]], ITEMS)
            self.assertEqual([one["item"] for one in document["findings"]], list(range(1, 13)))
            for finding in document["findings"]:
                self.assertIn(finding["verdict"], ("pass", "look", "fix", "listen", "n/a"))
                self.assertIn(finding["where"], ("mix", "master", "export", "none"))
            for number in (8, 12):
                finding = document["findings"][number - 1]
                if finding["verdict"] != "n/a":
                    self.assertEqual(list(finding["listen"]), ["from_s", "to_s", "how"])

    def test_json_measures_what_another_meter_measures(self):
        measured = self.json("check", bench.EXCERPT)["measurements"]["loudness"]["integrated_lufs"]
        # The other prints to 0.1, so half of that, and 0.02 between the two.
        self.assertAlmostEqual(measured, bench.loudness_by_ffmpeg(bench.EXCERPT), delta=0.07)

    def test_only_loudness_leaves_the_other_groups_out(self):
        document = self.json("check", "--only", "loudness", bench.EXCERPT)
        full = self.json("check", bench.EXCERPT)
        for group in ("loudness", "peak"):
            for key in CHECK["measurements"][group]:
                self.assertEqual(document["measurements"][group][key], full["measurements"][group][key], key)
        for group in ("dynamics", "stereo", "spectrum", "source"):
            self.assertIsNone(document["measurements"][group])
        self.assertEqual(document["findings"], [])
        text = self.succeeds("check", "--only", "loudness", bench.EXCERPT).stdout.decode()
        self.assertIn("LUFS", text)

    def test_the_role_can_be_told(self):
        role = self.json("check", bench.EXCERPT, "--as", "master", "--for", "club")["role"]
        self.assertEqual((role["as"], role["for"], role["guessed"]), ("master", "club", False))
        self.assertTrue(self.json("check", bench.EXCERPT)["role"]["guessed"])

    def test_strict_ends_with_3_where_an_item_says_fix(self):
        self.succeeds("check", "--strict", bench.INVERTED, status=3)
        self.succeeds("check", bench.INVERTED)

    def test_a_page_is_written_whole_and_asks_for_nothing_from_outside(self):
        page = self.path("report.html")
        self.succeeds("check", bench.DEMO, "--html", page)
        with open(page, encoding="utf-8") as file:
            text = file.read()
        self.assertIn("</html>", text)
        self.assertNotIn("<script", text)
        for outside in ('src="http', 'href="http', "url(http", "@import"):
            self.assertNotIn(outside, text)
        self.assertEqual(self.listing(), ["report.html"])

    def test_a_page_without_a_name_stands_beside_the_file(self):
        self.copy(bench.EXCERPT, "mix.wav")
        self.succeeds("check", self.path("mix.wav"), "--html")
        self.assertEqual(self.listing(), ["mix.check.html", "mix.wav"])

    def test_mono_is_judged(self):
        mono = self.path("mono.wav")
        bench.ffmpeg("-i", bench.EXCERPT, "-ac", "1", mono)
        self.assertEqual(self.json("check", mono)["file"]["channels"], 1)


class Batch(bench.Case):
    def test_a_folder_is_checked_in_order_and_a_bad_file_does_not_stop_it(self):
        self.copy(bench.EXCERPT, "c.wav")
        self.copy(bench.INVERTED, "a.wav")
        with open(self.path("b.wav"), "w", encoding="utf-8") as file:
            file.write("this is text")
        os.mkdir(self.path("d"))
        self.copy(bench.EXCERPT, "d/e.wav")
        done = self.fails("check", "--json", self.folder, says="b.wav: ")
        documents = [json.loads(line) for line in done.stdout.decode().splitlines()]
        names = [os.path.relpath(one["file"]["path"], self.folder) for one in documents]
        self.assertEqual(names, ["a.wav", "b.wav", "c.wav", "d/e.wav"])
        self.assertEqual(list(documents[1]), ["file", "error"])
        self.assertEqual(list(documents[1]["file"]), ["path"])
        self.assertIn(documents[1]["error"], done.stderr.decode())

    def test_several_files_get_a_line_each_and_a_summary(self):
        self.copy(bench.EXCERPT, "c.wav")
        self.copy(bench.INVERTED, "a.wav")
        os.mkdir(self.path("d"))
        bench.ffmpeg("-i", bench.EXCERPT, "-af", "volume=-12dB", "-c:a", "pcm_s16le", "-ar", "48000", self.path("d/e.wav"))
        with open(self.path("b.wav"), "w", encoding="utf-8") as file:
            file.write("this is text")
        done = self.fails("check", self.folder, says="b.wav: ")
        text = done.stdout.decode()
        lines, summary = text.split("\n\n")
        names = [name for line in lines.splitlines() for name in ("a.wav", "b.wav", "c.wav", "d/e.wav") if name in line]
        self.assertEqual(names, ["a.wav", "c.wav", "d/e.wav"])
        self.assertRegex(lines, r"(?m)^! a\.wav .* LUFS .* dBTP +\d+ fix")
        self.assertRegex(summary, r"^4 files: 3 with something to fix,.*1 could not be\s+checked\.")
        self.assertRegex(summary, r"(?s)Loudness .* LU apart.*Format .*odd ones out: d/e\.wav")
        self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_only_loudness_of_several_files_is_a_line_each(self):
        text = self.succeeds("check", "--only", "loudness", bench.EXCERPT, bench.INVERTED).stdout.decode()
        self.assertRegex(text, r"(?m)^song-30s\.wav +.* LUFS .* dBTP$")

    def test_several_files_need_several_pages(self):
        self.fails("check", bench.EXCERPT, bench.INVERTED, "--html", self.path("one.html"), status=2, says="one name for 2")
        os.mkdir(self.path("pages"))
        self.succeeds("check", bench.EXCERPT, bench.INVERTED, "--html", self.path("pages"))
        self.assertEqual(self.listing(), ["pages/inverted.check.html", "pages/song-30s.check.html"])


def on_a_terminal(*arguments, **environment):
    """What lacquer writes when both outputs are a terminal."""
    try:
        main, side = pty.openpty()
    except OSError as none:
        raise unittest.SkipTest(f"this system lends no terminal: {none}") from none
    with subprocess.Popen([bench.LACQUER, *arguments], stdout=side, stderr=side, stdin=subprocess.DEVNULL,
                          env=bench.environment(TERM="xterm", **environment)) as program:
        os.close(side)
        text, end = b"", time.monotonic() + bench.PATIENCE_S
        while time.monotonic() < end:
            if not select.select([main], [], [], 1)[0]:
                continue
            try:
                text += os.read(main, 65536)
            except OSError:  # the other side has closed
                break
        program.wait()
    os.close(main)
    return text.decode(errors="replace")


class Terminal(bench.Case):
    def test_a_terminal_gets_colour_and_a_progress_bar(self):
        text = on_a_terminal("check", bench.SONG)
        self.assertRegex(text, "\x1b\\[[0-9;]+m", "colour")
        self.assertRegex(text, r"measuring \[#*\.*\] \d+ %")
        self.assertIn("\r\x1b[K", text)

    def test_no_color_is_respected(self):
        self.assertNotRegex(on_a_terminal("check", bench.SONG, NO_COLOR="1"), "\x1b\\[[0-9;]+m")

    def test_a_pipe_gets_neither(self):
        done = self.succeeds("check", bench.EXCERPT)
        self.assertEqual(done.stderr, b"")
        self.assertNotIn(b"\x1b", done.stdout)

    def test_a_reader_that_goes_away_is_no_error(self):
        with subprocess.Popen([bench.LACQUER, "check", bench.EXCERPT, bench.EXCERPT], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=bench.environment()) as program:
            program.stdout.close()
            self.assertEqual(program.stderr.read(), b"")
            self.assertEqual(program.wait(), 0)

    def test_an_output_that_cannot_be_written_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([bench.LACQUER, "check", bench.EXCERPT], stdout=full, stderr=subprocess.PIPE,
                                  env=bench.environment(), check=False)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr.decode(), r"^lacquer: standard output: .*\n$")


if __name__ == "__main__":
    unittest.main()
