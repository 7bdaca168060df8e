"""What the command line prints, against the texts kept beside this file.

After a change that is meant: UPDATE_GOLDEN=1 ctest --preset release -R golden, then read the difference.
"""

import os
import re
import shutil
import unittest

import bench

HERE = os.path.dirname(os.path.abspath(__file__))


class Golden(bench.Case):
    def same(self, name, text):
        path = os.path.join(HERE, name)
        text = re.sub(r"\d+(\.\d+)? ?× real time", "N × real time", text)  # the one number that a clock decides
        if os.environ.get("UPDATE_GOLDEN"):
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(text, file.read(), f"{name} is no longer what it was; see this file's head")

    def printed(self, *arguments, status=0):
        return self.succeeds(*arguments, cwd=self.folder, status=status).stdout.decode()

    def setUp(self):
        super().setUp()
        shutil.copyfile(bench.DEMO, self.path("demo.wav"))
        shutil.copyfile(bench.INVERTED, self.path("inverted.wav"))

    def test_help(self):
        self.same("help.txt", self.printed("--help"))
        for command in ("check", "plan", "master", "platforms", "codecs", "systems", "words", "clips", "history",
                        "target", "sheets", "gear", "release", "learn", "workbook", "find", "studio"):
            self.same(f"help-{command}.txt", self.printed(command, "--help"))

    def test_check(self):
        self.same("check-demo.txt", self.printed("check", "demo.wav"))

    def test_systems(self):
        self.same("systems-demo.txt", self.printed("systems", "demo.wav"))

    def test_plan(self):
        self.same("plan-demo.txt", self.printed("plan", "demo.wav", "-o", "plan.toml"))
        with open(self.path("plan.toml"), encoding="utf-8") as file:
            self.same("plan-demo.toml", file.read())

    def test_master(self):
        self.same("master-demo.txt", self.printed("master", "demo.wav"))

    def test_master_that_stops(self):
        text = self.printed("master", "inverted.wav", status=4)
        self.same("master-inverted.txt", text.replace(bench.LACQUER, "lacquer"))

    def test_errors(self):
        errors = ""
        for arguments in (["check", "nothing.wav"], ["check"], ["polish"], ["master", "demo.wav", "--bits", "12"],
                          ["master", "demo.wav", "--loudness", "-1"], ["master", "demo.wav", "-o", "demo.wav"]):
            done = bench.run(*arguments, cwd=self.folder)
            errors += f"$ lacquer {' '.join(arguments)}\n{done.stderr.decode()}[{done.returncode}]\n"
        self.same("errors.txt", errors)


if __name__ == "__main__":
    unittest.main()
