#!/usr/bin/env python3
"""Run init and the config it writes on tables that nobody here wrote, and write docs/FIELD.md.

    make field                     with pipeline.jar
    make field BEFORE=old.jar      beside what the init of an older jar makes of the same tables

Needs Python, apt-get, dpkg and npm. Every result is a mean over SEEDS splits of the table, with its standard error; both jars split
alike where they use the same rows.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
from pathlib import Path

from tables import TABLES, fetch, table

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "target" / "field"
SEEDS = range(1, 6)


def program(jar, *args):
    """Run a command; return its exit code and what it said."""
    done = subprocess.run(["java", "-jar", jar, *map(str, args)], capture_output=True, text=True, cwd=FOLDER, env=os.environ | {"NO_COLOR": "1"})
    return done.returncode, done.stdout + done.stderr


def results(jar, folder, file, column, settings):
    """Return what a jar makes of a table: the rows, and a result for each seed; or the error."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.yaml"
    code, said = program(jar, "init", "--force", "--csv", file, "--target", column, "-o", config)
    if code:
        return {"error": first(said)}
    rows = re.search(r": (?:(\d+) of )?(\d+) rows", said)
    found = {"rows": int(rows[2]), "used": int(rows[1] or rows[2]), "runs": []}
    for seed in SEEDS:
        run = folder / f"seed-{seed}"
        record = run / "run.json"
        if not record.exists() or json.loads(record.read_text())["state"] != "completed":
            subprocess.run(["rm", "-rf", run])
            code, said = program(jar, "run", config, "--quiet", "--run-dir", run, "--set", f"seed={seed}", *settings)
            if code:
                return found | {"error": first(said)}
        record = json.loads(record.read_text())
        found["runs"].append(record["result"]["metrics"])
        found["used"] = sum(record.get("examples", {}).values()) or found["used"]
    return found


def first(said):
    """Return the first line that says what is wrong, without the file."""
    lines = [line for line in said.splitlines() if "error" in line] or said.splitlines()
    return re.sub(r"^.*?error: ", "", lines[0])


def score(metrics):
    """Return what judges a run: accuracy, or the mean absolute error; of the test data, or of the training data where there are none."""
    part = "test" if any(name.startswith("test.") for name in metrics) else "train"
    return ("accuracy", metrics[f"{part}.accuracy"]) if f"{part}.accuracy" in metrics else ("error", metrics[f"{part}.mae"])


def summary(found):
    """Return the kind of result, its mean over the seeds and the standard error of that."""
    scores = [score(metrics) for metrics in found["runs"]]
    values = [value for _, value in scores]
    return scores[0][0], statistics.mean(values), statistics.stdev(values) / len(values) ** 0.5
