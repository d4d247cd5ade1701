"""Read the file store of MLflow as its documentation describes it, without MLflow.

mlruns.py FOLDER prints, for each run of each experiment, its name, status, parameters, tags and metrics as JSON.
"""
import json
import pathlib
import sys


def scalar(text):
    if text.startswith("'"):
        assert text.endswith("'") and len(text) > 1, text
        return text[1:-1].replace("''", "'")
    return None if text == "null" else [] if text == "[]" else int(text) if text.isdigit() else text


def meta(folder):
    lines = (folder / "meta.yaml").read_text("utf-8").splitlines()
    return {key: scalar(value) for key, value in (line.split(": ", 1) for line in lines)}


def texts(folder):
    return {file.name: file.read_text("utf-8") for file in sorted(folder.iterdir())}


def history(text):
    assert text.endswith("\n"), text
    rows = [line.split(" ") for line in text.splitlines()]
    assert all(len(row) == 3 and int(row[0]) > 0 for row in rows), rows
    return [[int(step), float(value)] for _, value, step in rows]


runs = []
for experiment in sorted(path for path in pathlib.Path(sys.argv[1]).iterdir() if path.is_dir()):
    about = meta(experiment)
    assert about["experiment_id"] == experiment.name and about["lifecycle_stage"] == "active", about
    for folder in sorted(path for path in experiment.iterdir() if path.is_dir()):
        run = meta(folder)
        assert run["run_id"] == run["run_uuid"] == folder.name and len(folder.name) == 32, run
        assert run["experiment_id"] == experiment.name and run["artifact_uri"].endswith("/artifacts"), run
        assert run["end_time"] is None or run["start_time"] <= run["end_time"], run
        runs.append({
            "experiment": about["name"], "name": run["run_name"], "status": run["status"],
            "ended": run["end_time"] is not None,
            "params": texts(folder / "params"), "tags": texts(folder / "tags"),
            "metrics": {key: history(text) for key, text in texts(folder / "metrics").items()}})
print(json.dumps(runs))
