"""lacquer plan and lacquer master, from outside."""

import json
import os
import re
import subprocess
import unittest
import wave

import bench

STAGES = ["gain-staging", "corrective-eq", "multiband-compression", "enhancing-eq", "saturation", "stereo-width",
          "limiting"]
PLAN = ["schema", "source", "rendered", "album", "target", "loudness_lufs", "ceiling_dbtp", "why", "stages", "loudness_curve"]
STAGE = ["stage", "tag", "treatment", "state", "reason", "findings", "trial", "too_far", "parameters"]
MASTER = ["schema", "plan", "output", "preview", "before", "after", "items", "verified", "loudness_curve", "realtime_factor", "stopped"]


class Plan(bench.Case):
    def test_json_lists_all_seven_stages_with_every_key(self):
        plan = self.json("plan", bench.EXCERPT)
        self.assertEqual(list(plan), PLAN)
        self.assertEqual(plan["source"], {"path": bench.EXCERPT, "sha256": bench.sha256(bench.EXCERPT)})
        self.assertEqual([one["stage"] for one in plan["stages"]], STAGES)
        for stage in plan["stages"]:
            self.assertEqual(list(stage), STAGE)
            self.assertTrue(stage["reason"], stage["stage"])
            self.assertIn(stage["state"], ("on", "offered", "off"))

    def test_the_file_says_what_json_says_in_the_same_order(self):
        plan = self.json("plan", bench.EXCERPT, "--loudness", "-16", "-o", self.path("plan.toml"))
        with open(self.path("plan.toml"), encoding="utf-8") as file:
            toml = file.read()
        places = [re.search(rf"(?m)^{key}\b", toml) for key in PLAN if plan[key] is not None and key not in ("stages", "loudness_curve")]
        self.assertEqual(sorted(match.start() for match in places), [match.start() for match in places])
        self.assertEqual(re.findall(r'(?m)^stage = "(.*)"$', toml), STAGES)
        self.assertIn("loudness_lufs = -16.0\n", toml)
        self.assertIn("ceiling_dbtp = -1.0\n", toml)

    def test_an_edited_plan_file_is_kept(self):
        for _ in range(2):
            self.succeeds("plan", bench.EXCERPT, "-o", self.path("plan.toml"))
        self.assertEqual(self.listing(), ["plan-2.toml", "plan.toml"])
        self.succeeds("plan", bench.EXCERPT, "-o", self.path("plan.toml"), "--overwrite")
        self.assertEqual(self.listing(), ["plan-2.toml", "plan.toml"])


class Master(bench.Case):
    def test_the_demo_mix_becomes_a_master_with_a_report(self):
        mix = self.copy(bench.DEMO, "demo.wav")
        before = bench.sha256(mix)
        text = self.succeeds("master", mix, "--html").stdout.decode()
        self.assertEqual(self.listing(), ["demo.master.html", "demo.master.plan.toml", "demo.master.wav", "demo.wav"])
        self.assertEqual(bench.sha256(mix), before)
        self.assertIn("demo.master.wav", text)
        self.assertIn("demo.master.html", text)
        self.assertLessEqual(max(len(line) for line in text.splitlines() if "/" not in line), 80)

    def test_the_twelve_items_come_before_the_master(self):
        text = self.succeeds("master", bench.EXCERPT, "--anyway", "-o", self.path("m.wav")).stdout.decode()
        self.assertLess(text.index("Mono compatibility"), text.index("m.wav"))

    def test_a_real_song_lands_where_it_was_asked_to(self):
        for asked in (-14.0, -9.5):
            out = self.path(f"m{asked}.wav")
            document = self.json("master", bench.SONG, "--anyway", "--force", "--loudness", asked, "-o", out)
            self.assertEqual(list(document), MASTER)
            self.assertAlmostEqual(document["after"]["loudness"]["integrated_lufs"], asked, delta=0.1)
            # The other meter prints to 0.1.
            self.assertAlmostEqual(bench.loudness_by_ffmpeg(out), asked, delta=0.16)
            self.assertTrue(all(claim["holds"] for claim in document["verified"]), document["verified"])
            self.assertLessEqual(document["after"]["peak"]["true_dbtp"], -0.95)
            self.assertEqual([one["item"] for one in document["items"]], list(range(1, 13)))
            self.assertEqual(document["output"]["bits"], 24)

    def test_the_output_has_the_length_rate_and_format_asked_for(self):
        for name, options, codec, rate in (
                ("a.wav", [], "pcm_s24le", 44100), ("b.flac", ["--bits", "16"], "flac", 44100),
                ("c.aif", ["--rate", "48000"], "pcm_s24be", 48000), ("d.wav", ["--bits", "32f"], "pcm_f32le", 44100),
                ("e.wav", ["--bits", "16", "--dither", "shaped"], "pcm_s16le", 44100)):
            document = self.json("master", bench.EXCERPT, "--anyway", "-o", self.path(name), *options)
            self.assertTrue(all(claim["holds"] for claim in document["verified"]), document["verified"])
            file = self.json("check", self.path(name))["file"]
            self.assertEqual((file["codec"], file["sample_rate_hz"]), (codec, rate), name)
            self.assertAlmostEqual(file["duration_s"], 30, delta=0.001)

    def test_the_same_plan_gives_the_same_bits(self):
        plan = self.path("plan.toml")
        self.succeeds("plan", bench.EXCERPT, "-o", plan)
        for name in ("a.wav", "b.wav"):
            self.succeeds("master", bench.EXCERPT, "--anyway", "--plan", plan, "-o", self.path(name))
        self.assertEqual(bench.sha256(self.path("a.wav")), bench.sha256(self.path("b.wav")))

    def test_a_plan_and_the_master_made_with_it_agree_to_the_bit(self):
        plan = self.path("plan.toml")
        self.succeeds("plan", bench.SONG, "-o", plan)
        self.succeeds("master", bench.SONG, "--anyway", "-o", self.path("a.wav"))
        self.succeeds("master", bench.SONG, "--anyway", "--plan", plan, "-o", self.path("b.wav"))
        self.assertEqual(bench.sha256(self.path("a.wav")), bench.sha256(self.path("b.wav")))

    def test_the_record_beside_a_master_renders_it_again_to_the_bit(self):
        for name, options in (("a.wav", []), ("b.flac", ["--bits", "16", "--dither", "shaped", "--rate", "48000"]),
                              ("c.aiff", ["--bits", "24"])):
            out = self.path(name)
            document = self.json("master", bench.EXCERPT, "--anyway", "-o", out, *options)
            record = document["output"]["record"]
            self.assertEqual(record, self.path(name.split(".")[0] + ".plan.toml"))
            with open(record, encoding="utf-8") as file:
                text = file.read()
            self.assertIn(f'rendered.sha256 = "{bench.sha256(out)}"', text)
            self.assertIn(f'source.sha256 = "{bench.sha256(bench.EXCERPT)}"', text)
            self.assertIn('rendered.program = "Lacquer ', text)
            again = self.path("again-" + name)
            self.succeeds("master", bench.EXCERPT, "--anyway", "--plan", record, "-o", again)
            self.assertEqual(bench.sha256(again), bench.sha256(out), name)
            # Options say more than the record does.
            other = self.json("master", bench.EXCERPT, "--anyway", "--plan", record, "-o", self.path("24.wav"),
                              "--format", "wav", "--bits", "24", "--dither", "plain", "--rate", "44100", "--overwrite")
            self.assertEqual(other["plan"]["rendered"]["bits"], 24)

    def test_a_record_that_is_there_is_kept_unless_its_master_is_replaced(self):
        out = self.path("m.wav")
        with open(self.path("m.plan.toml"), "w", encoding="utf-8") as file:
            file.write("precious")
        self.assertEqual(self.json("master", bench.EXCERPT, "--anyway", "-o", out)["output"]["record"], self.path("m.plan-2.toml"))
        os.remove(self.path("m.plan.toml"))
        for _ in range(2):
            self.assertEqual(self.json("master", bench.EXCERPT, "--anyway", "-o", out)["output"]["record"],
                             self.path("m.plan.toml"))

    def test_the_masters_tags_say_how_it_was_made(self):
        for name, key in (("m.flac", "as_worked"), ("m.wav", "coding_history"), ("m.aiff", "as_worked")):
            self.succeeds("master", bench.EXCERPT, "--anyway", "-o", self.path(name))
            probed = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format_tags", "-of", "json", self.path(name)],
                                    capture_output=True, check=True)
            tags = {tag.lower(): value for tag, value in json.loads(probed.stdout)["format"]["tags"].items()}
            self.assertRegex(tags[key], rf"Lacquer \S+; plan sha256 [0-9a-f]{{64}}; mix sha256 {bench.sha256(bench.EXCERPT)}")

    def test_a_preview_is_a_passage_of_the_master_bit_for_bit(self):
        mix = self.copy(bench.SONG, "song.wav")
        document = self.json("master", mix, "--anyway", "--preview", "12")
        self.assertEqual(self.listing(), ["song.preview-a-mix.wav", "song.preview-b-master.wav", "song.preview.wav", "song.wav"])
        self.assertEqual(list(document), MASTER)
        self.assertTrue(document["preview"]["why"])
        self.succeeds("master", mix, "--anyway", "-o", self.path("m.wav"))
        with wave.open(self.path("song.preview.wav")) as part, wave.open(self.path("m.wav")) as whole:
            self.assertEqual(part.getnframes(), 12 * part.getframerate())
            whole.setpos(round(document["preview"]["from_s"] * whole.getframerate()))
            self.assertEqual(part.readframes(part.getnframes()), whole.readframes(part.getnframes()))
        pair = [self.json("check", "--only", "loudness", self.path(f"song.preview-{name}.wav"))["measurements"]
                for name in ("a-mix", "b-master")]
        self.assertAlmostEqual(pair[0]["loudness"]["integrated_lufs"], pair[1]["loudness"]["integrated_lufs"], delta=0.02)
        for one in pair:
            self.assertLessEqual(one["peak"]["true_dbtp"], -0.99)

    def test_the_curve_of_what_loudness_buys_stands_in_plan_and_master(self):
        plan = self.json("plan", bench.EXCERPT, "--html", self.path("plan.html"))["loudness_curve"]
        master = self.json("master", bench.EXCERPT, "--anyway", "-o", self.path("m.wav"))["loudness_curve"]
        self.assertEqual(plan, master)
        for key in ("bass_intermodulation_pct", "reduction_p95_db", "psr_lost_db"):
            self.assertGreater(plan[-1][key], plan[0][key], key)
        for band in range(4):
            self.assertGreater(plan[-1]["bands"][band]["crest_lost_db"], 0, band)
        with open(self.path("plan.html"), encoding="utf-8") as file:
            self.assertIn("What loudness buys", file.read())

    def test_without_every_stage_between_only_gain_and_ceiling_are_left(self):
        between = [one for stage in STAGES[1:-1] for one in ("--without", stage)]
        stages = self.json("plan", bench.SONG, *between)["stages"]
        self.assertEqual([one["stage"] for one in stages if one["state"] == "on"], ["gain-staging", "limiting"])

    def test_an_offer_is_applied_when_accepted_and_only_then(self):
        stages = self.json("plan", bench.SONG)["stages"]
        for stage in [one["stage"] for one in stages if one["state"] == "offered"]:
            again = self.json("plan", bench.SONG, "--accept", stage)["stages"]
            self.assertEqual([one["state"] for one in again if one["stage"] == stage], ["on"])

    def test_steps_and_delta_are_as_long_as_the_mix(self):
        self.succeeds("master", bench.EXCERPT, "--anyway", "-o", self.path("m.wav"), "--steps", self.path("steps"),
                      "--delta", self.path("delta.wav"))
        steps = [os.path.join(self.path("steps"), name) for name in os.listdir(self.path("steps"))]
        self.assertTrue(any(name.endswith("1-gain-staging.wav") for name in steps), steps)
        for file in [self.path("delta.wav"), *steps]:
            self.assertAlmostEqual(self.json("check", file)["file"]["duration_s"], 30, delta=0.001)

    def test_a_plan_edited_by_hand_is_rendered_as_it_stands(self):
        plan = self.path("plan.toml")
        self.succeeds("plan", bench.EXCERPT, "--loudness", "-16", "-o", plan)
        with open(plan, encoding="utf-8") as file:
            text = file.read()
        with open(plan, "w", encoding="utf-8") as file:
            file.write(text.replace("loudness_lufs = -16.0", "loudness_lufs = -18").replace(
                "ceiling_dbtp = -1.0", "ceiling_dbtp = -3"))
        after = self.json("master", bench.EXCERPT, "--anyway", "--plan", plan, "-o", self.path("m.wav"))["after"]
        self.assertAlmostEqual(after["loudness"]["integrated_lufs"], -18, delta=0.1)
        self.assertLessEqual(after["peak"]["true_dbtp"], -2.95)

    def test_a_plan_for_another_file_is_rendered_with_a_note(self):
        self.succeeds("plan", bench.EXCERPT, "-o", self.path("plan.toml"))
        done = self.succeeds("master", bench.DEMO, "--anyway", "--plan", self.path("plan.toml"), "-o", self.path("m.wav"))
        self.assertIn("made for another file", done.stderr.decode())

    def test_an_existing_master_is_kept_and_a_number_added(self):
        mix = self.copy(bench.EXCERPT, "mix.wav")
        with open(self.path("mix.master.wav"), "w", encoding="utf-8") as file:
            file.write("precious")
        document = self.json("master", mix, "--anyway")
        self.assertEqual(document["output"]["path"], self.path("mix.master-2.wav"))
        with open(self.path("mix.master.wav"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "precious")
        document = self.json("master", mix, "--anyway", "--overwrite")
        self.assertEqual(document["output"]["path"], self.path("mix.master.wav"))
        self.assertEqual(self.json("check", self.path("mix.master.wav"))["file"]["codec"], "pcm_s24le")

    def test_an_earlier_master_under_the_name_asked_for_is_replaced_and_nothing_else(self):
        mix = self.copy(bench.EXCERPT, "mix.wav")
        for name in ("m.wav", "m.flac", "m.aiff"):
            out = self.path(name)
            first = self.json("master", mix, "--anyway", "-o", out, "--loudness", "-16")
            again = self.json("master", mix, "--anyway", "-o", out, "--loudness", "-18")
            self.assertEqual((first["output"]["path"], again["output"]["path"]), (out, out))
            self.assertAlmostEqual(self.json("check", out)["measurements"]["loudness"]["integrated_lufs"], -18, delta=0.11)
        foreign = self.copy(bench.DEMO, "foreign.wav")
        before = bench.sha256(foreign)
        self.assertEqual(self.json("master", mix, "--anyway", "-o", foreign)["output"]["path"], self.path("foreign-2.wav"))
        self.assertEqual(bench.sha256(foreign), before)

    def test_an_amount_says_how_far_towards_a_reference(self):
        def distance_and_moves(amount):
            plan = self.json("plan", bench.EXCERPT, "--reference", bench.DEMO, "--amount", amount)
            eq = plan["stages"][1]
            return eq["reason"], [abs(v) for k, v in eq["parameters"].items() if k.startswith("match_mid_")]
        none, _ = distance_and_moves("0")
        part, few_db = distance_and_moves("30")
        whole, many_db = distance_and_moves("100")
        self.assertNotIn("Towards your reference", none)
        self.assertIn("Towards your reference by 30", part)
        self.assertIn("Towards your reference by 100", whole)
        self.assertLess(max(few_db), max(many_db))

    def test_several_files_are_mastered_in_turn(self):
        for name in ("a.wav", "b.wav"):
            self.copy(bench.EXCERPT, name)
        done = self.succeeds("master", self.folder, "--anyway", "--json")
        paths = [json.loads(line)["output"]["path"] for line in done.stdout.splitlines()]
        self.assertEqual(paths, [self.path("a.master.wav"), self.path("b.master.wav")])
        self.assertEqual(bench.sha256(paths[0]), bench.sha256(paths[1]))

    def test_tags_are_carried_over(self):
        mix = self.path("tagged.flac")
        bench.ffmpeg("-i", bench.EXCERPT, "-metadata", "title=Größe", "-metadata", "artist=Someone", mix)
        self.succeeds("master", mix, "--anyway", "-o", self.path("m.flac"))
        probed = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format_tags", "-of", "json", self.path("m.flac")],
                                capture_output=True, check=True)
        tags = {key.lower(): value for key, value in json.loads(probed.stdout)["format"]["tags"].items()}
        self.assertEqual((tags["title"], tags["artist"]), ("Größe", "Someone"))

    def test_a_loudness_out_of_reach_writes_nothing_and_names_the_nearest(self):
        done = self.fails("master", bench.EXCERPT, "--anyway", "--loudness", "-1", "-o", self.path("m.wav"))
        nearest = re.search(r"nearest .*--loudness (-[\d.]+)", done.stderr.decode())
        self.assertIsNotNone(nearest, done.stderr.decode())
        self.assertEqual(self.listing(), [])
        self.succeeds("master", bench.EXCERPT, "--anyway", "--loudness", nearest.group(1), "-o", self.path("m.wav"))
        self.fails("plan", bench.EXCERPT, "--loudness", "-1", says="nearest")


class MixMustBeFixed(bench.Case):
    def test_master_stops_with_4_and_its_command_masters_anyway(self):
        mix = self.copy(bench.INVERTED, "it's a $mix.wav")
        done = self.succeeds("master", mix, "--loudness", "-20", status=4)
        text = done.stdout.decode()
        self.assertEqual(self.listing(), ["it's a $mix.wav"])
        self.assertIn("The mix should be fixed", text)
        command = [line.strip() for line in text.splitlines() if "--anyway" in line][-1]
        subprocess.run(["sh", "-c", command], check=True, stdout=subprocess.DEVNULL, env=bench.environment())
        self.assertEqual(self.listing(), ["it's a $mix.master.plan.toml", "it's a $mix.master.wav", "it's a $mix.wav"])
        after = self.json("check", self.path("it's a $mix.master.wav"))["measurements"]
        self.assertAlmostEqual(after["loudness"]["integrated_lufs"], -20, delta=0.1)

    def test_the_command_works_for_names_that_are_no_text(self):
        name = b"b\xff\x1b[31m\nc.wav"
        with open(os.path.join(os.fsencode(self.folder), name), "wb") as file, open(bench.INVERTED, "rb") as mix:
            file.write(mix.read())
        done = self.succeeds("master", name, cwd=self.folder, status=4)
        self.assertNotIn(b"\x1b", done.stdout)
        command = done.stdout[done.stdout.rindex(os.fsencode(bench.LACQUER)):]
        subprocess.run(["sh", "-c", command], check=True, cwd=self.folder, stdout=subprocess.DEVNULL,
                       env=bench.environment())
        self.assertIn(b"b\xff\x1b[31m\nc.master.wav", os.listdir(os.fsencode(self.folder)))

    def test_json_says_what_to_do(self):
        document = self.json("master", bench.INVERTED, status=4)
        self.assertEqual(list(document), MASTER)
        self.assertIsNone(document["output"])
        self.assertTrue(document["stopped"]["do"])
        self.assertIn("--anyway", document["stopped"]["command"])
        self.assertEqual(document["items"][2]["before"], "fix")


if __name__ == "__main__":
    unittest.main()
