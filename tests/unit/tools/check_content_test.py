"""tools/check_content sees what a schema cannot, with file and line, and only that."""

import os
import subprocess
import sys
import tempfile
import unittest

CHECKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../tools/check_content")
HEAD = '# house values\nschema = 1\n'


def check(files):
    """Exit status and messages for a tree whose content/ holds these files."""
    with tempfile.TemporaryDirectory() as tree:
        for name, text in files.items():
            path = os.path.join(tree, "content", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        done = subprocess.run([sys.executable, CHECKER, tree], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout


class Content(unittest.TestCase):
    def refused(self, files, *messages):
        status, text = check(files)
        self.assertEqual(status, 1, text)
        for message in messages:
            self.assertIn(message, text)

    def accepted(self, files):
        status, text = check(files)
        self.assertEqual(status, 0, text)

    def test_plain_words_pass(self):
        self.accepted({"a.toml": HEAD + 'text = "One thing at a time. Then the next one, after a rest."\n'})

    def test_a_sentence_of_51_words_is_refused_where_it_stands(self):
        self.refused({"a.toml": HEAD + 'text = "' + "Short ones. " * 9 + "word " * 50 + 'end."\n'},
                     "content/a.toml:3: a sentence has 51 words")

    def test_a_file_that_is_hard_to_read_is_refused(self):
        sentence = " ".join(f"word{i}" for i in range(20))
        self.refused({"a.toml": HEAD + f'text = "{sentence}."\n'}, "content/a.toml:1: its sentences have 20.0 words")

    def test_a_sentence_that_stands_twice_is_refused_with_both_places(self):
        sentence = "Listen to it once from start to end"
        self.refused({"a.toml": HEAD + f'text = "{sentence}."\n', "b.toml": HEAD + f'\nlead = "First this. {sentence}!"\n'},
                     "content/b.toml:4: this sentence stands at a.toml:3 too")

    def test_short_labels_may_stand_twice(self):
        self.accepted({"a.toml": HEAD + 'text = "Mute each in turn."\n', "b.toml": HEAD + 'text = "Mute each in turn."\n'})

    def test_a_broken_address_is_refused(self):
        self.refused({"a.toml": HEAD + 'url = "htp://example.org"\n'}, "content/a.toml:3: htp://example.org is no address")
        self.refused({"a.toml": HEAD + 'url = "https://nothing"\n'}, "is no address")

    def test_figures_without_a_source_are_refused(self):
        self.refused({"a.toml": "schema = 1\nlimit_db = 3.0\n"}, "content/a.toml:1: no source is named")

    def test_an_abbreviation_that_nothing_explains_is_refused(self):
        self.refused({"a.toml": HEAD + 'text = "Ask for the QZX of it."\n'}, "content/a.toml:3: QZX stands in no glossary")
        self.accepted({"a.toml": HEAD + 'text = "Ask for the QZX of it."\n',
                       "lessons/glossary.toml": 'schema = 1\n[term.qzx]\nword = "QZX"\nmeaning = "A made-up thing."\n'})

    def test_lessons_are_read_too(self):
        lesson = '+++\n# source\nwrite = ["I keep it open because of this …"]\n+++\nI keep it open because of this …\n'
        self.accepted({"lessons/01-a.md": lesson})
        self.refused({"lessons/01-a.md": lesson + "\nTake the QZX.\n"}, "content/lessons/01-a.md:7: QZX")


if __name__ == "__main__":
    unittest.main()
