#!/usr/bin/env python3
"""Run the experiments of Nielsen's book, configs/nielsen, and write docs/BOOK.md.

    make book        the quick ones: ten minutes on two cores
    make book-all    all of them: many hours

Needs MNIST. The runs are in target/book. A run is not repeated if it is complete, its files are unmodified, and its config is still
the same apart from comments; an interrupted one is resumed. Remove its folder to train again. The exit code is 1 if a run failed,
otherwise 3 if one missed an expectation.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "tools" / "verify"))

from verify import flaws  # noqa: E402

CONFIGS = ROOT / "configs" / "nielsen"
FOLDER = ROOT / "target" / "book"
LONG = ("ch6-two-convs", "ch6-relu", "ch6-expanded", "ch6-dropout")
DONE, FAILED, MISSED = 0, 1, 3
ABOUT = """# The results of a book

The results that M. Nielsen's "Neural Networks and Deep Learning" publishes for MNIST, and those of the configs in
[configs/nielsen](../configs/nielsen). Their comments derive the band in which each result must lie, and say where they follow the
book's text rather than its code. `make book` runs the quick rows, `make book-all` all; both write this page. A row with a complete
and unmodified run is not repeated. `java -jar pipeline.jar verify target/book/ch1-30` retrains one and compares every bit.

Seconds are those of training and of evaluating each epoch, on one thread of a busy machine: one row runs per processor, and
other programs ran beside them. Alone, a row takes fewer.

| config | experiment | published | expected accuracy | ours | seconds |
|---|---|---|---|---|---|
"""


class Row:
    """An experiment: its config, and its run if there is one."""

    def __init__(self, config, folder=FOLDER):
        self.config = config
        self.run = folder / config.stem
        text = config.read_text(encoding="utf-8")
        self.experiment = re.search(r"^# M\. Nielsen, .*?, (chapter \d+: .+?)\.?$", text, re.M)[1]
        self.published = re.search(r"^# Reported: (.+?)\.?(?:\. .*)?$", text, re.M)[1]
        bands = re.findall(r"^  ((?:train|validation|test)\.\w+): \{ (.*) \}$", text, re.M)
        self.expected = {metric: dict(pair.split(": ") for pair in band.split(", ")) for metric, band in bands}

    def record(self):
        """Return the record of its run, or None if there is none of this config."""
        try:
            if settings(self.run / "config.yaml") == settings(self.config) and not flaws(self.run):
                return json.loads((self.run / "run.json").read_text(encoding="utf-8"))
        except OSError:
            pass
        return None

    def command(self):
        """Return the arguments that bring its run to an end, or None if it has ended."""
        record = self.record()
        if record is None:
            return ["run", self.config, "--run-dir", self.run]
        return None if record["state"] == "completed" else ["resume", self.run]

    def train(self, jar):
        """Run it to the end; return the exit code."""
        command = self.command()
        if command is None:
            return MISSED if self.record()["result"]["missed"] else DONE
        if command[0] == "run":
            shutil.rmtree(self.run, ignore_errors=True)
            self.run.parent.mkdir(parents=True, exist_ok=True)
        return subprocess.run(["java", "-jar", jar, *command, "--threads", "1", "--quiet"], cwd=ROOT).returncode

    def line(self):
        """Return its line of the page."""
        record = self.record()
        cells = [f"[{self.config.stem}](../configs/nielsen/{self.config.name})", self.experiment, self.published]
        cells.append("; ".join(expectation(metric, band) for metric, band in self.expected.items()))
        if record is None or record["state"] != "completed":
            return row([*cells, "not run", ""])
        ours = "; ".join(self.found(record, metric, band.get("at")) for metric, band in self.expected.items())
        return row([*cells, ours + (", **missed**" if record["result"]["missed"] else ""), f"{self.seconds():.0f}"])

    def found(self, record, metric, at):
        epochs = [values[metric] for values in lines(self.run / "metrics.jsonl") if metric in values]
        chosen = {"first": lambda: epochs[0], "highest": lambda: max(epochs), "lowest": lambda: min(epochs)}
        return percent(chosen[at]() if at in chosen else record["result"]["metrics"][metric])

    def seconds(self):
        return sum({epoch["epoch"]: epoch["seconds"] for epoch in lines(self.run / "timings.jsonl")}.values())


def rows(folder=FOLDER):
    return [Row(config, folder) for config in sorted(CONFIGS.glob("*.yaml"))]


def settings(file):
    """Return the text of a config without comments."""
    return re.sub(r"\s*(?<!\S)#.*", "", file.read_text(encoding="utf-8"))


def lines(file):
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def percent(value):
    return f"{100 * float(value):.2f} %"


def expectation(metric, band):
    """Return an expected accuracy in words: of its part of the data, and where in the run."""
    if "min" in band and "max" in band:
        bounds = percent(band["min"])[:-2] + " to " + percent(band["max"])
    else:
        bounds = "at least " + percent(band["min"]) if "min" in band else "at most " + percent(band["max"])
    return f"{metric.split('.')[0]}, {band.get('at', 'last')}: {bounds}{' and rising' if 'rises' in band else ''}"


def row(cells):
    return "| " + " | ".join(cells) + " |\n"


def page(experiments):
    return ABOUT + "".join(experiment.line() for experiment in experiments)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jar", type=Path, default=ROOT / "pipeline.jar")
    parser.add_argument("--all", action="store_true", help="run the long experiments, too")
    options = parser.parse_args()
    experiments = rows()
    codes = []
    with ThreadPoolExecutor(os.cpu_count()) as several:
        # The experiments of the last chapter take longest, so they begin.
        wanted = [experiment for experiment in reversed(experiments) if options.all or experiment.config.stem not in LONG]
        running = {several.submit(experiment.train, options.jar.resolve()): experiment for experiment in wanted}
        try:
            for done in as_completed(running):
                codes.append(done.result())
                print(running[done].line(), end="", flush=True)
                (ROOT / "docs" / "BOOK.md").write_text(page(experiments), encoding="utf-8")
        except KeyboardInterrupt:
            several.shutdown(cancel_futures=True)
            raise
    return FAILED if set(codes) - {DONE, MISSED} else max(codes)


if __name__ == "__main__":
    sys.exit(main())
