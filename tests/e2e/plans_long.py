"""The plans of eight pieces of music, against those kept in tests/golden/plans.

The music comes from Debian packages and is laid out here, as far as they are installed (or taken from the folder that
LACQUER_CORPUS names, as NAME.wav); a piece that is not there is skipped and named. What was decided must be the same;
numbers may differ as much as another decoder, compiler or processor makes them.

After a change that is meant: UPDATE_GOLDEN=1, then read the difference.
"""

import os
import re
import shutil
import subprocess
import tomllib
import unittest

import bench

PLANS = os.path.join(bench.SOURCE, "tests/golden/plans")
CORPUS = os.environ.get("LACQUER_CORPUS")
LAID_OUT = os.path.join(bench.CACHE, "pieces")

WESNOTH = "/usr/share/games/wesnoth/1.16/data/core/music/"
STEMS = "/usr/share/games/fretsonfire/data/songs/sectoid/Metal madness/"
LMMS = "/usr/share/lmms/projects/demos/"
# name: Debian package, kind, where it lies; all of them freely licensed, see /usr/share/doc/PACKAGE/copyright.
PIECES = {
    "ambient": ("singularity-music", "ogg", "/usr/share/games/singularity/music/Nebula.ogg"),
    "orchestral": ("wesnoth-1.16-music", "ogg", WESNOTH + "wanderer.ogg"),
    "metal": ("fretsonfire-songs-sectoid", "stems", STEMS),
    "blues": ("openttd-openmsx", "midi", "/usr/share/games/openttd/baseset/openmsx/city_blues_redfarn.mid"),
    "drums": ("hydrogen-data", "hydrogen", "/usr/share/hydrogen/data/demo_songs/tutorial_georgyporgy.h2song"),
    "calm": ("lmms-common", "lmms", LMMS + "Saber-FinalStep.mmpz"),
    "electronic": ("lmms-common", "lmms", LMMS + "Settel-InnerRecreation.mmpz"),
    "reggaeton": ("lmms-common", "lmms", LMMS + "CapDan/CapDan-ReggaetonTry.mmpz"),
}
SOUND_FONT = "/usr/share/sounds/sf3/MuseScore_General_Lite.sf3"
CUT = ("-t", "120", "-bitexact")

# How far a number may be from the one that is kept: of a level, and of anything else as a share of it.
LEVEL_DB = 0.2
SHARE = 0.05


class Missing(Exception):
    """What this machine lacks to lay a piece out."""


def rendered(command, result, home):
    if shutil.which(command[0]) is None:
        raise Missing(f"{command[0]} is not installed")
    surroundings = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": home}
    subprocess.run(command, env=surroundings, check=True, capture_output=True, timeout=600)
    if not os.path.exists(result):
        raise Missing(f"{command[0]} renders nothing here")


def lay_out(kind, source, to, work):
    """Writes the first two minutes of a piece as WAV."""
    if not os.path.exists(source):
        raise Missing(f"{source} is not installed")
    raw = os.path.join(work, "raw.wav")
    if kind == "ogg":
        bench.ffmpeg("-i", source, *CUT, "-c:a", "pcm_f32le", to)
    elif kind == "stems":
        bench.ffmpeg("-i", source + "guitar.ogg", "-i", source + "song.ogg", "-filter_complex",
                     "amix=inputs=2:normalize=0:duration=longest", *CUT, "-c:a", "pcm_f32le", to)
    elif kind == "midi":
        if not os.path.exists(SOUND_FONT):
            raise Missing(f"{SOUND_FONT} is not installed")
        rendered(["fluidsynth", "-ni", "-r", "48000", "-T", "wav", "-O", "s24", "-g", "0.5", "-F", raw, SOUND_FONT, source],
                 raw, work)
        bench.ffmpeg("-i", raw, *CUT, "-c:a", "pcm_s24le", to)
    elif kind == "hydrogen":
        rendered(["h2cli", "-s", source, "-d", "auto", "-r", "44100", "-b", "24", "-o", raw], raw, work)
        bench.ffmpeg("-i", raw, *CUT, "-c:a", "pcm_s24le", to)
    else:
        with open(os.path.join(work, ".lmmsrc.xml"), "w", encoding="utf-8") as file:
            file.write('<?xml version="1.0"?>\n<!DOCTYPE lmms-config-file>\n'
                       '<lmms version="1.2.2" configversion="1"><paths/></lmms>\n')
        rendered(["lmms", "--allowroot", "render", source, "-f", "wav", "-a", "-s", "44100", "-i", "sincfastest", "-o", raw],
                 raw, work)
        bench.ffmpeg("-i", raw, *CUT, "-c:a", "pcm_f32le", to)


def piece(name, work):
    if CORPUS:
        path = os.path.join(CORPUS, name + ".wav")
        if not os.path.exists(path):
            raise Missing(f"{path} does not exist")
        return path
    path = os.path.join(LAID_OUT, name + ".wav")
    if not os.path.exists(path):
        os.makedirs(LAID_OUT, exist_ok=True)
        part = path + ".part.wav"
        lay_out(PIECES[name][1], PIECES[name][2], part, work)
        os.rename(part, path)
    return path


class Plans(bench.Case):
    def near(self, key, value, kept):
        if isinstance(value, (bool, str)):
            self.assertEqual(value, kept, key)
            return
        is_level = re.search(r"_(db|lufs|dbtp|dbfs)$", key)
        self.assertAlmostEqual(value, kept, delta=LEVEL_DB if is_level else max(0.02, SHARE * abs(kept)), msg=key)

    def same_decisions(self, plan, kept):
        for key in ("schema", "target"):
            self.assertEqual(plan.get(key), kept.get(key))
        for key in ("loudness_lufs", "ceiling_dbtp"):
            self.assertEqual(key in plan, key in kept, key)
            if key in kept:
                self.near(key, plan[key], kept[key])
        for stage, before in zip(plan["stages"], kept["stages"], strict=True):
            for key in ("stage", "state", "treatment", "findings"):
                self.assertEqual(stage[key], before[key], before["stage"])
            settings, settings_before = stage.get("parameters", {}), before.get("parameters", {})
            self.assertEqual(list(settings), list(settings_before), before["stage"])
            for key, value in settings.items():
                self.near(key, value, settings_before[key])

    def plan_of(self, name):
        try:
            path = piece(name, self.folder)
        except Missing as missing:
            self.skipTest(f"{name} (package {PIECES[name][0]}): {missing}")
        os.symlink(path, self.path(name + ".wav"))
        self.succeeds("plan", name + ".wav", "-o", "plan.toml", cwd=self.folder)
        with open(self.path("plan.toml"), encoding="utf-8") as file:
            return file.read()

    def check(self, name):
        text = self.plan_of(name)
        kept_as = os.path.join(PLANS, name + ".toml")
        if os.environ.get("UPDATE_GOLDEN"):
            with open(kept_as, "w", encoding="utf-8") as file:
                file.write(text)
        with open(kept_as, "rb") as file:
            self.same_decisions(tomllib.loads(text), tomllib.load(file))


for _name in PIECES:
    setattr(Plans, f"test_{_name}", lambda self, name=_name: self.check(name))


if __name__ == "__main__":
    unittest.main()
