#!/usr/bin/env python3
"""Disturb trainings at random and compare each with an undisturbed one, byte for byte.

    make soak SECONDS=3600 SEED=1

A round trains a small config once without disturbance. It trains the same config again, sends the process SIGKILL, SIGTERM or SIGINT
at random times, damages a file of the run's directory in some of the pauses, and resumes until the run ends. It then verifies,
evaluates and predicts, damages a file of the finished run, and does so again.

The rules, by what was done to the run:

    signals alone          every command exits with its one right code, and every file has the bytes of the undisturbed run
    a damaged file         a command refuses it (exit code 2 or 4, or 1 while it trains), or answers as if it were whole;
                           a resumed run that ends well has the bytes of the undisturbed run; verify finds all but changed times
    any                    no stack trace, no other exit code, no command that hangs

The first answer that breaks a rule ends the soak with exit code 1. The folder of its round is kept: the commands with their output
in commands.log, and the run's directory before each command.
"""

import argparse
import collections
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "target" / "soak"
DONE, FAILED, INPUT, CHECK = 0, 1, 2, 4
REFUSED = (INPUT, CHECK)
SIGNALS = {signal.SIGKILL: "SIGKILL", signal.SIGTERM: "SIGTERM", signal.SIGINT: "SIGINT"}
DAMAGES = ("flip", "truncate", "delete", "append", "zero")
PAUSES = 4
HANGS_AFTER = 300
INTERNALS = re.compile(r"\tat [\w.$]+\(|Exception in thread|java\.lang\.\w+(?:Exception|Error)")
# What a run proves. Times, the log and the lock differ in every run.
PROVEN = ("metrics.jsonl", "steps.bin", "chain.jsonl", "learning_speed.jsonl", "gradient_check.json", "config.yaml", "resolved.yaml",
          "model.safetensors")
# What no seal covers: times, and in run.json the facts of the machine. What was put aside is not covered either.
UNSEALED = ("run.log", "timings.jsonl", "run.json")


class Broken(Exception):
    """A rule was broken."""


class Soak:
    """The jar, the random choices and the counts of one soak."""

    def __init__(self, jar, seed, seconds):
        self.jar = jar
        self.random = random.Random(seed)
        self.end = time.monotonic() + seconds
        self.counts = collections.Counter()
        self.folder = FOLDER / f"seed-{seed}"
        self.round = None

    def soak(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        number = 0
        while time.monotonic() < self.end:
            number += 1
            self.round = self.folder / f"round-{number:05d}"
            self.round.mkdir(parents=True)
            self.train()
            shutil.rmtree(self.round)
            self.count("rounds", "complete")
            left = max(0, round(self.end - time.monotonic()))
            print(f"round {number}: ok, {sum(self.counts.values())} answers, {left} s left", flush=True)

    def count(self, kind, what):
        self.counts[(kind, what)] += 1

    # One round

    def train(self):
        config = self.config()
        whole, run = self.round / "whole", self.round / "run"
        began = time.monotonic()
        self.expect("run", config, "--run-dir", whole, "--quiet", right=(DONE,))
        lasts = time.monotonic() - began
        predictions = self.expect("predict", whole, "--input", self.round / "new.csv", right=(DONE,)).stdout
        evaluation = self.evaluation(self.expect("evaluate", whole, right=(DONE,)))
        damaged = self.disturb(config, run, lasts)
        self.compare(whole, run)
        self.expect("verify", run, "--quiet", right=(DONE,))
        self.check_use(run, predictions, evaluation, right=(DONE,))
        if damaged is not None:
            self.count("damage before resume", "mended")
        self.keep(run)
        name = self.damage(run)
        unsealed = name in UNSEALED or ".aside" in name
        self.expect("verify", run, "--quiet", right=(DONE, *REFUSED) if unsealed else REFUSED)
        self.check_use(run, predictions, evaluation, right=(DONE, *REFUSED))

    def disturb(self, config, run, lasts):
        """Run to the end through signals and damage; return the file that was damaged, or None."""
        damaged = None
        for pause in range(self.random.randrange(1, PAUSES + 1)):
            self.keep(run)
            code = self.interrupted(self.command(config, run), self.random.uniform(0, 1.1 * lasts), damaged)
            if code == DONE:
                return damaged
            if code is None:
                return self.begin_anew(config, run)
            if self.has_ended(run):
                self.count("signals", "came between the end of the run and that of its process")
                return damaged
            if damaged is None and (run / "run.json").exists() and self.random.random() < 0.4:
                damaged = self.damage(run)
        self.keep(run)
        right = (DONE,) if damaged is None else (DONE, FAILED, *REFUSED)
        if self.expect(*self.command(config, run), right=right).returncode != DONE:
            return self.begin_anew(config, run)
        return damaged

    @staticmethod
    def has_ended(run):
        """A signal may come after the record was written: then there is nothing to resume."""
        try:
            return json.loads((run / "run.json").read_text())["state"] == "completed"
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def begin_anew(self, config, run):
        """Train again, as users do whose damaged run was refused; return that nothing of it is damaged."""
        shutil.rmtree(run)
        self.expect("run", config, "--run-dir", run, "--quiet", right=(DONE,))
        self.count("damage before resume", "refused: trained again")
        return None

    def command(self, config, run):
        if (run / "run.json").exists():
            return "resume", run, "--quiet", "--threads", self.random.choice((1, 2))
        return "run", config, "--run-dir", run, "--quiet", "--threads", self.random.choice((1, 2))

    def check_use(self, run, predictions, evaluation, right):
        predicted = self.expect("predict", run, "--input", self.round / "new.csv", right=right)
        if predicted.returncode == DONE and predicted.stdout != predictions:
            raise Broken("predict gives other numbers than for the undisturbed run")
        evaluated = self.expect("evaluate", run, right=right)
        if evaluated.returncode == DONE and self.evaluation(evaluated) != evaluation:
            raise Broken("evaluate gives other numbers than for the undisturbed run")

    @staticmethod
    def evaluation(process):
        """The first line names the run."""
        return process.stdout.split(b"\n", 1)[1]

    # Comparisons

    def compare(self, whole, run):
        for name in self.names(whole) | self.names(run):
            if not self.same(whole / name, run / name):
                raise Broken(f"{name} differs from that of the undisturbed run")
            self.count("files compared", "same bytes")
        results = [json.loads((path / "run.json").read_text())["result"] for path in (whole, run)]
        if results[0] != results[1]:
            raise Broken("the result in run.json differs from that of the undisturbed run")

    @staticmethod
    def names(run):
        return {name for name in PROVEN if (run / name).exists()}

    @staticmethod
    def same(one, other):
        return one.exists() and other.exists() and one.read_bytes() == other.read_bytes()

    # Disturbances

    def interrupted(self, command, after, damaged):
        """Start a command and send it a signal; return its exit code, DONE if it was done first, None if it refused damage."""
        kind = self.random.choice(list(SIGNALS))
        process = subprocess.Popen(self.line(command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.round,
                                   start_new_session=True)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            if kind == signal.SIGKILL:
                os.killpg(process.pid, kind)
            else:
                process.send_signal(kind)
        out, err = self.communicated(process, command)
        self.log(command, process.returncode, out, err, f"{SIGNALS[kind]} after {after:.3f} s")
        if process.returncode == DONE:
            self.count("signals", "came too late")
            return DONE
        if process.returncode in (-kind, 128 + kind):
            self.count("signals", SIGNALS[kind])
            return process.returncode
        if damaged is not None and process.returncode in (FAILED, *REFUSED):
            self.count("commands", f"{command[0]}: exit code {process.returncode}")
            return None
        raise Broken(f"{command[0]} exited with {process.returncode} after {SIGNALS[kind]}")

    def damage(self, run):
        """Damage a file of a run, the name of which is returned."""
        files = sorted(path for path in run.rglob("*") if path.is_file() and path.name != ".lock")
        file = self.random.choice([path for path in files if path.stat().st_size])
        content = bytearray(file.read_bytes())
        how = self.random.choice(DAMAGES)
        at = self.random.randrange(len(content))
        if how == "flip":
            content[at] ^= 1 << self.random.randrange(8)
        elif how == "truncate":
            del content[at:]
        elif how == "append":
            content += self.random.randbytes(self.random.randrange(1, 100))
        elif how == "zero":
            content[at:at + 4096] = bytes(min(4096, len(content) - at))
        if how == "zero" and content == file.read_bytes():
            content.append(0)
        if how == "delete":
            file.unlink()
        else:
            file.write_bytes(content)
        name = file.relative_to(run).as_posix()
        self.write(f"# {how} {name} at byte {at}\n")
        self.count("damages", how)
        self.count("damaged files", re.sub(r"[0-9]+", "N", name))
        return name

    def keep(self, run):
        """Keep the run's directory as it is before a command."""
        if run.exists():
            number = len(list(self.round.glob("before-*"))) + 1
            shutil.copytree(run, self.round / f"before-{number}")

    # Commands

    def line(self, command):
        return ["java", "-jar", str(self.jar), *map(str, command)]

    def expect(self, *command, right):
        process = subprocess.Popen(self.line(command), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.round,
                                   start_new_session=True)
        out, err = self.communicated(process, command)
        self.log(command, process.returncode, out, err, "")
        if process.returncode not in right:
            raise Broken(f"{command[0]} exited with {process.returncode}, not with {' or '.join(map(str, right))}")
        self.count("commands", f"{command[0]}: exit code {process.returncode}")
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def communicated(self, process, command):
        try:
            out, err = process.communicate(timeout=HANGS_AFTER)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise Broken(f"{command[0]} did not end within {HANGS_AFTER} s")
        if INTERNALS.search(err.decode(errors="replace")):
            self.log(command, process.returncode, out, err, "")
            raise Broken(f"{command[0]} shows a stack trace")
        return out, err

    def log(self, command, code, out, err, note):
        self.write(f"$ {' '.join(self.line(command))}    # {note}\n")
        self.write(f"{out.decode(errors='replace')}{err.decode(errors='replace')}exit code {code}\n\n")

    def write(self, text):
        with open(self.round / "commands.log", "a", encoding="utf-8") as log:
            log.write(text)

    # Configs

    def config(self):
        """Write a table and a small config that trains on it for a second or a few."""
        pick = self.random.choice
        classes = self.random.random() < 0.6
        rows = self.random.randrange(60, 400)
        columns = self.random.randrange(2, 8)
        self.table("train.csv", rows, columns, classes)
        self.table("new.csv", 20, columns, classes)
        batch = pick((4, 8, 16))
        layers = [f"{{ type: dense, units: {pick((4, 8, 16, 32))}, activation: {pick(('relu', 'tanh', 'sigmoid'))} }}"]
        if self.random.random() < 0.4:
            layers.append(f"{{ type: dropout, rate: {pick((0.1, 0.3))} }}")
        if self.random.random() < 0.3:
            layers.append("batch_norm")
        layers.append("{ type: dense, units: 3, activation: softmax }" if classes else "{ type: dense, units: 1 }")
        optimizer = pick(("{ type: adam, learning_rate: 0.01 }", "{ type: sgd, learning_rate: 0.01, momentum: 0.9 }",
                          "{ type: rmsprop, learning_rate: 0.005 }"))
        every = pick(("1 epochs", "3 epochs", f"{self.random.randrange(5, 60)} steps"))
        hooks = [f"{{ type: checkpoint, every: {every} }}"]
        if self.random.random() < 0.3:
            hooks.append("learning_speed")
        lines = [
            f"name: soak\nseed: {self.random.randrange(1 << 30)}\nprecision: {pick(('float32', 'float64'))}\n",
            "data:\n  train: { type: csv, file: train.csv, target: kind }\n  test: { fraction: 0.2 }\n",
            f"  transforms: [ standardize ]\n  batch_size: {batch}\n  shuffle: {pick(('true', 'false'))}\n",
            "model:\n" + "".join(f"  - {layer}\n" for layer in layers),
            f"loss: {'cross_entropy' if classes else 'quadratic'}\noptimizer: {optimizer}\n",
            f"training: {{ epochs: {self.random.randrange(20, 120)}, clip_norm: 1 }}\n",
            "hooks:\n" + "".join(f"  - {hook}\n" for hook in hooks),
        ]
        file = self.round / "soak.yaml"
        file.write_text("".join(lines))
        self.count("configs", "classes" if classes else "numbers")
        return file

    def table(self, name, rows, columns, classes):
        lines = [",".join([*(f"c{i}" for i in range(columns)), "kind"])]
        for _ in range(rows):
            cells = [round(self.random.gauss(0, 1), 3) for _ in range(columns)]
            total = sum(cells)
            answer = ("low" if total < -0.7 else "high" if total > 0.7 else "middle") if classes else round(total, 3)
            lines.append(",".join(map(str, [*cells, answer])))
        (self.round / name).write_text("\n".join(lines) + "\n")


def table(counts):
    """Return the counts by kind."""
    lines = []
    for kind in sorted({kind for kind, _ in counts}):
        lines.append(kind)
        lines += [f"  {what:40} {counts[(kind, what)]:7d}" for what in sorted(what for of, what in counts if of == kind)]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description="Disturb trainings at random and compare each with an undisturbed one.")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jar", type=Path, default=ROOT / "pipeline.jar")
    args = parser.parse_args()
    # A shell lets its background jobs ignore SIGINT, and so would every program that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    soak = Soak(args.jar.resolve(), args.seed, args.seconds)
    try:
        soak.soak()
    except Broken as broken:
        print(f"\n{table(soak.counts)}\n\nBROKEN: {broken}\nThe evidence is kept in {soak.round}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped")
    print(f"\n{table(soak.counts)}\n\nno rule was broken with seed {args.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
