"""tools/check_arrows sees an arrow that runs the wrong way, and only that."""

import os
import subprocess
import sys
import tempfile
import unittest

CHECKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../tools/check_arrows")


def check(files):
    """Exit status and messages for a tree that holds these files."""
    with tempfile.TemporaryDirectory() as tree:
        for name, text in files.items():
            path = os.path.join(tree, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run([sys.executable, CHECKER, tree], capture_output=True, text=True, check=False)
        return done.returncode, done.stderr


class Arrows(unittest.TestCase):
    def refused(self, path, include, why):
        status, messages = check({path: f'#pragma once\n#include "{include}"\n'})
        self.assertEqual(status, 1, f"{path} includes {include}")
        self.assertIn(f"{path}:2: {why}", messages)

    def accepted(self, path, include):
        status, messages = check({path: f'#include "{include}"\n#include <vector>\n'})
        self.assertEqual((status, messages), (0, ""), f"{path} includes {include}")

    def test_inside_the_engine_a_room_sees_only_the_rooms_above(self):
        self.accepted("engine/measure/a.h", "dsp/fft.h")
        self.accepted("engine/measure/a.h", "measure/b.h")
        self.refused("engine/dsp/a.h", "measure/meters.h", "dsp may not include measure")
        self.refused("engine/core/a.h", "dsp/fft.h", "core may not include dsp")

    def test_the_engine_knows_nothing_outside_itself(self):
        for header in ["audio_io/open.h", "api/json.h", "app/check.h", "library/content.h", "faces/cli/terminal.h"]:
            room = header.split("/")[0]
            self.refused("engine/session/a.cpp", header, f"session may not include {room}")

    def test_the_outer_rooms_keep_their_arrows(self):
        self.accepted("audio_io/a.cpp", "core/error.h")
        self.refused("audio_io/a.cpp", "dsp/fft.h", "audio_io may not include dsp")
        self.accepted("report/a.cpp", "library/content.h")
        self.refused("report/a.cpp", "api/json.h", "report may not include api")
        self.refused("api/a.cpp", "report/html.h", "api may not include report")
        self.refused("library/a.cpp", "api/json.h", "library may not include api")
        self.accepted("app/a.cpp", "audio_io/open.h")
        self.refused("app/a.cpp", "faces/cli/terminal.h", "app may not include faces")

    def test_a_face_calls_the_app_and_no_other_face(self):
        self.accepted("faces/cli/a.cpp", "app/check.h")
        self.accepted("faces/cli/a.cpp", "faces/cli/b.h")
        self.refused("faces/cli/a.cpp", "audio_io/open.h", "faces may not include audio_io")
        self.refused("faces/cli/a.cpp", "faces/studio/b.h", "one face may not include another")

    def test_unit_tests_keep_the_arrows_of_their_room(self):
        self.accepted("tests/unit/dsp/a_test.cpp", "dsp/fft.h")
        self.accepted("tests/unit/dsp/a_test.cpp", "support/signals.h")
        self.refused("tests/unit/dsp/a_test.cpp", "chain/limiter.h", "dsp may not include chain")

    def test_the_long_way_of_naming_a_room_is_seen_too(self):
        self.refused("engine/core/a.h", "engine/dsp/fft.h", 'write "dsp/fft.h"')
        self.refused("engine/attic/a.h", "core/error.h", "attic is no room")

    def test_an_empty_tree_proves_nothing(self):
        self.assertEqual(check({})[0], 1)

    def test_this_tree_is_in_order(self):
        done = subprocess.run([sys.executable, CHECKER], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
