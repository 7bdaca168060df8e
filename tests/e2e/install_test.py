"""cmake --install, the manual page, the completions, and ./run."""

import os
import re
import shutil
import subprocess
import unittest

import bench

BUILD = os.environ["LACQUER_BUILD"]


def commands_and_options():
    """As --help tells them: {command: [option…]}."""
    def names(*arguments):
        return re.findall(r"(?m)^  (?:-\w,)?(--[\w-]+)", bench.run(*arguments, "--help").stdout.decode())
    program = bench.run("--help").stdout.decode()
    commands = re.findall(r"(?m)^  ([a-z]+)  +\S", program[program.index("Subcommands:"):])
    return {command: names(command) for command in commands}


class Install(bench.Case):
    def setUp(self):
        super().setUp()
        subprocess.run(["cmake", "--install", BUILD, "--prefix", self.folder], check=True, stdout=subprocess.DEVNULL)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def test_the_installed_program_works(self):
        done = subprocess.run([self.path("bin/lacquer"), "check", "--json", bench.EXCERPT], capture_output=True,
                              env=bench.environment(), check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_manual_page_holds_every_command_and_option(self):
        page = self.path("share/man/man1/lacquer.1")
        text = self.read("share/man/man1/lacquer.1").replace("\\-", "-")
        if shutil.which("man"):
            done = subprocess.run(["man", "--warnings", "-l", page], capture_output=True, check=False,
                                  env=bench.environment(MANPAGER="cat", MANWIDTH="80"))
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            self.assertIn(b"EXIT STATUS", done.stdout)
        commands = commands_and_options()
        self.assertEqual(list(commands), ["check", "plan", "master", "platforms", "codecs", "systems", "words", "clips",
                                          "history", "target", "sheets", "gear", "release", "learn", "workbook", "find",
                                          "studio"])
        for command, options in commands.items():
            section = text[text.index(f".SS lacquer {command}\n"):]
            section = section[:section.index(".SS", 3) if ".SS" in section[3:] else section.index(".SH")]
            if command != "studio":  # it answers in pages
                self.assertIn("--json", options)
            for option in options:
                self.assertIn(f"{option}\\fR", section, f"{command} {option}")

    def test_the_completions_hold_every_command_and_option(self):
        for name, written in (("share/bash-completion/completions/lacquer", "{}"), ("share/zsh/site-functions/_lacquer", "{}"),
                              ("share/fish/vendor_completions.d/lacquer.fish", "-l {}")):
            text = self.read(name)
            for command, options in commands_and_options().items():
                self.assertIn(command, text)
                for option in options:
                    self.assertIn(written.format(option if written == "{}" else option[2:]), text, f"{name} {option}")

    def test_bash_completes_commands_options_and_their_words(self):
        script = self.path("share/bash-completion/completions/lacquer")

        def completed(*words):
            program = ("source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _lacquer; "
                       "printf '%s\\n' \"${COMPREPLY[@]}\"")
            return subprocess.run(["bash", "-c", program, "bash", script, "lacquer", *words], capture_output=True,
                                  text=True, check=True).stdout.split()
        self.assertEqual(completed("ma"), ["master"])
        self.assertEqual(completed("master", "--ove"), ["--overwrite"])
        self.assertEqual(completed("master", "--bits", ""), ["16", "24", "32f"])


class Run(bench.Case):
    def test_run_passes_on_every_command_there_is(self):
        with open(os.path.join(bench.SOURCE, "run"), encoding="utf-8") as file:
            known = re.search(r"(?ms)^  check \| .*?\)", file.read()).group(0)
        for command in commands_and_options():
            self.assertRegex(known, rf"\b{command}\b")

    @unittest.skipUnless(BUILD == os.path.join(bench.SOURCE, "build/release"), "./run builds the release build only")
    def test_run_again_needs_no_network_and_prints_nothing_of_its_own(self):
        mix = self.copy(bench.EXCERPT, "two words.wav")
        # unshare needs rights that a container may not give; then the run itself is still tested.
        apart = ["unshare", "--net", "--map-root-user"]
        if subprocess.run(apart + ["true"], capture_output=True, check=False).returncode != 0:
            apart = []
        run = apart + [os.path.join(bench.SOURCE, "run")]
        done = subprocess.run(run + ["check", "--json", mix], capture_output=True, check=False, env=bench.environment())
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        done = subprocess.run(run + ["two words.wav", "--anyway"], capture_output=True, check=False, cwd=self.folder,
                              env=bench.environment())
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(self.listing(), ["two words.master.html", "two words.master.plan.toml", "two words.master.wav", "two words.wav"])


if __name__ == "__main__":
    unittest.main()
