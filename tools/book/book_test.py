#!/usr/bin/env python3
"""Test which rows book.py trains, and what it writes about them, on runs written by hand: python3 book_test.py."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

from book import ROOT, page, rows
from verify import digest, read, sha256

EPOCHS = ('{"epoch":0,"validation.accuracy":0.8657,"validation.start":0.8657}\n'
          '{"epoch":1,"validation.accuracy":0.97,"validation.start":0.97}\n')


class BookTest(unittest.TestCase):

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.row = next(row for row in rows(self.folder) if row.config.stem == "ch3-30-large")
        self.run_command = ["run", self.row.config, "--run-dir", self.row.run]

    def write_run(self, state, config="", missed=()):
        """Write a sealed run of the row's config, with a change of that."""
        self.row.run.mkdir()
        (self.row.run / "config.yaml").write_text(self.row.config.read_text(encoding="utf-8") + config, encoding="utf-8")
        (self.row.run / "metrics.jsonl").write_text(EPOCHS)
        (self.row.run / "timings.jsonl").write_text('{"epoch":0,"seconds":2.5}\n{"epoch":1,"seconds":1.0}\n')
        metrics = {"validation.accuracy": 0.9651, "validation.start": 0.9651}
        record = {"state": state, "result": {"metrics": metrics, "missed": list(missed)}}
        record["seal"] = {"files": {name: sha256(self.row.run / name) for name in ("config.yaml", "metrics.jsonl")}, "digest": "*"}
        (self.row.run / "run.json").write_text(json.dumps(record))
        record["seal"]["digest"] = digest(read(self.row.run))
        (self.row.run / "run.json").write_text(json.dumps(record))

    def test_command_noRun_trains(self):
        self.assertEqual(self.run_command, self.row.command())

    def test_command_completeRun_isNone(self):
        self.write_run("completed", config="# another comment\n")
        self.assertIsNone(self.row.command())

    def test_command_interruptedRun_resumes(self):
        self.write_run("interrupted")
        self.assertEqual(["resume", self.row.run], self.row.command())

    def test_command_changedConfig_trains(self):
        self.write_run("completed", config="allow: []\n")
        self.assertEqual(self.run_command, self.row.command())

    def test_command_editedRun_trains(self):
        self.write_run("completed")
        (self.row.run / "metrics.jsonl").write_text(EPOCHS.replace("0.97", "0.98"))
        self.assertEqual(self.run_command, self.row.command())

    def test_line_completeRun_hasPublishedExpectedOursAndSeconds(self):
        self.write_run("completed")
        cells = self.row.line().split(" | ")
        self.assertEqual("chapter 3: 784-30-10, η = 0.1, λ = 5.0, large initial weights", cells[1])
        self.assertEqual("86.43 % of the validation images after the first epoch, 96.37 % after the last of 30", cells[2])
        self.assertEqual("validation, last: 95.77 to 96.97 %; validation, first: 85.43 to 87.43 %", cells[3])
        self.assertEqual("96.51 %; 86.57 %", cells[4])
        self.assertEqual("4 |\n", cells[5])

    def test_line_missedExpectation_saysSo(self):
        self.write_run("completed", missed=["validation.start: …"])
        self.assertIn("86.57 %, **missed** | ", self.row.line())

    def test_line_noCompleteRun_saysNotRun(self):
        self.write_run("interrupted")
        self.assertTrue(self.row.line().endswith(" | not run |  |\n"))

    def test_page_committed_hasEveryRow(self):
        committed = (ROOT / "docs" / "BOOK.md").read_text(encoding="utf-8").splitlines()
        shown = [line.split(" | ")[:4] for line in committed]
        experiments = rows(self.folder)
        self.assertEqual(25, len(experiments))
        self.assertEqual(shown, [line.split(" | ")[:4] for line in page(experiments).splitlines()])
        for row in experiments:
            self.assertTrue(row.expected, row.config)


if __name__ == "__main__":
    unittest.main()
