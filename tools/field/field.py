#!/usr/bin/env python3
"""Run init and the config it writes on tables from elsewhere, and write docs/FIELD.md.

    make field                     with pipeline.jar
    make field BEFORE=old.jar      beside what the init of an older jar makes of the same tables

Needs Python, apt-get, dpkg and npm. Runs that are finished are not repeated: remove target/field to start over.
"""

import argparse
import csv
import datetime
import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
from functools import partial
from pathlib import Path

from commands import Commands
from tables import TABLES, fetch, table

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "target" / "field"
FEW_ROWS = 1000
SPLITS = 5
SPLITS_OF_FEW_ROWS = 20
ABOUT = """# Tables from the field

Tables from elsewhere, from the packages scikit-learn and Weka of Debian and vega-datasets of npm: the outcome of `init` for
each, and the result of the config that it wrote, unedited. `make field` fetches the tables, runs `init` and `run`, and writes
this page.

Rows are those of the table, and those that are used: all that have a value in the column to be learned; `init` fills the gaps of the
others. The result is that of the test rows, a fifth (of the training rows if the table has fewer than 20): the accuracy, or the mean
absolute error in the column's own unit, as a mean with its standard error over {splits} splits, or over {splits_of_few_rows} for
tables of fewer than {few_rows} rows, which have too few test rows for {splits}. The baseline is the result of always answering
with the most frequent class, or with the mean of the column (over all rows).

The results are those of {version}, of {date}.
"""
COMPARED = """
The columns on the right are those of {version}
(`make field BEFORE=old.jar`), comparable if it uses the same rows and, for the same seed, the same test rows. A result is worse
or better if it differs by more than the larger of the two standard errors; a few do so by chance.
"""


def process(jar, *args):
    """Run a command in a JVM of its own, as older versions require; return its exit code and its output."""
    command = ["java", "-jar", jar, *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=FOLDER, env=os.environ | {"NO_COLOR": "1"})
    return done.returncode, done.stdout + done.stderr


def version(jar):
    """Return what a jar calls itself."""
    return process(jar.resolve(), "--version")[1].strip()


def first(said):
    """Return what the first error is, without the file."""
    lines = [line for line in said.splitlines() if "error: " in line] or said.splitlines()
    return lines[0].split("error: ", 1)[-1]


def tried(program, folder, file, column):
    """Return what a jar makes of a table: its rows and a record for each seed, or the error."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.yaml"
    code, said = program("init", "--force", "--csv", file, "--target", column, "-o", config)
    if code:
        return {"error": first(said)}
    said_used, rows = re.search(r": (?:(\d+) of )?(\d+) rows", said).groups()
    seeds = range(1, (SPLITS_OF_FEW_ROWS if int(rows) < FEW_ROWS else SPLITS) + 1)
    runs = [trained(program, config, seed) for seed in seeds]
    if any("error" in run for run in runs):
        return next(run for run in runs if "error" in run)
    used = sum(part["examples"] for part in runs[0]["data"].values())
    return {"rows": int(rows), "used": used, "silent": used != int(said_used or rows), "runs": runs} | judged(runs)


def trained(program, config, seed):
    """Return the record of a run, or the error; one that has finished before is not repeated."""
    record = config.parent / f"seed-{seed}" / "run.json"
    if not finished(record):
        shutil.rmtree(record.parent, ignore_errors=True)
        code, said = program("run", config, "--quiet", "--threads", 1, "--run-dir", record.parent, "--set", f"seed={seed}")
        if code:
            return {"error": first(said)}
    return json.loads(record.read_text())


def finished(record):
    return record.exists() and "metrics" in json.loads(record.read_text()).get("result", {})


def judged(runs):
    """Return the kind of target, the mean result and its standard error."""
    scores = []
    for run in runs:
        metrics = run["result"]["metrics"]
        part = "test" if "test" in run["data"] else "train"
        kind = "class" if f"{part}.accuracy" in metrics else "number"
        scores.append(metrics[f"{part}.accuracy" if kind == "class" else f"{part}.mae"])
    deviation = statistics.stdev(scores) / len(scores) ** 0.5
    classes = len(runs[0]["data"]["train"].get("classes", {}))
    return {"kind": f"{classes} classes" if kind == "class" else "number", "mean": statistics.mean(scores), "deviation": deviation}


def baseline(found, file, column):
    """Return the result of a constant answer: the most frequent class on the test rows, or the column's mean on all rows."""
    if found["kind"] == "number":
        values = numbers(file, column)
        mean = statistics.mean(values)
        return statistics.mean(abs(value - mean) for value in values)
    scores = []
    for run in found["runs"]:
        counts = run["data"]["test" if "test" in run["data"] else "train"]["classes"]
        known = run["data"]["train"]["classes"]
        scores.append(counts.get(max(known, key=known.get), 0) / sum(counts.values()))
    return statistics.mean(scores)


def numbers(file, column):
    """Return the numbers of a column, read without Chainrule."""
    text = (gzip.open(file, "rt") if file.suffix == ".gz" else open(file, encoding="utf-8-sig")).read()
    lines = text.splitlines()
    delimiter = next((mark for mark in ",\t" if mark in lines[1]), None)
    rows = list(csv.reader(lines, delimiter=delimiter)) if delimiter else [line.split() for line in lines]
    place = int(column[len("column_"):]) - 1 if column.startswith("column_") else next(row.index(column) for row in rows if column in row)
    values = []
    for row in rows:
        try:
            values.append(float(row[place]))
        except (ValueError, IndexError):
            pass
    return values


def compared(new, old):
    """Return the older result beside the new one, and how they differ."""
    if "error" in old:
        return f"error: {old['error']}", ""
    result = shown(old)
    if old["used"] != new["used"] or old["kind"] != new["kind"]:
        return f"{result} on {old['used']} rows, {old['kind']}", ""
    gain = (new["mean"] - old["mean"]) * (1 if "class" in new["kind"] else -1)
    deviation = max(new["deviation"], old["deviation"])
    return result, "worse" if gain < -deviation else "better" if gain > deviation else "same"


def number(value):
    return "" if value is None else f"{value:.3f}" if abs(value) < 10 else f"{value:.4g}"


def shown(found):
    return f"{number(found['mean'])} ± {number(found['deviation'])}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jar", type=Path, default=ROOT / "pipeline.jar")
    parser.add_argument("--before", type=Path, help="an older jar to compare with")
    options = parser.parse_args()
    files = fetch(FOLDER)
    program = Commands(options.jar.resolve(), FOLDER)
    before = partial(process, options.before.resolve()) if options.before else None
    lines = ["| table | rows | used | column | target | result | baseline |" + (" before | |" if options.before else "")]
    lines.append("|---|---|---|---|---|---|---|" + ("---|---|" if options.before else ""))
    counts = {"worse": 0, "same": 0, "better": 0, "": 0}
    silent = 0
    for path, column in TABLES:
        file = table(files, path, FOLDER / "csv")
        name = re.sub(r"[^A-Za-z0-9.]+", "-", f"{file.name.split('.csv')[0]}-{column}").strip("-")
        new = tried(program, FOLDER / "now" / name, file, column)
        if "error" in new:
            row = [name, "", "", column, "", "error: " + new["error"], ""]
        else:
            silent += new["silent"]
            row = [name, new["rows"], new["used"], column, new["kind"], shown(new), number(baseline(new, file, column))]
        if options.before:
            old = tried(before, FOLDER / "before" / name, file, column)
            row += compared(new, old) if "error" not in new else (old.get("error", shown(old) if "runs" in old else ""), "")
            counts[row[-1]] += 1
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |")
        print(lines[-1], flush=True)
    text = ABOUT.format(
        splits=SPLITS,
        splits_of_few_rows=SPLITS_OF_FEW_ROWS,
        few_rows=FEW_ROWS,
        version=version(options.jar),
        date=datetime.date.today(),
    )
    text += (COMPARED.format(version=version(options.before)) if options.before else "") + "\n" + "\n".join(lines) + "\n"
    text += f"\n{len(TABLES)} tables; of {silent} the run used other rows than init had said.\n"
    if options.before:
        text += f"\n{counts['worse']} worse, {counts['same']} the same, {counts['better']} better, {counts['']} not comparable.\n"
    (ROOT / "docs" / "FIELD.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
