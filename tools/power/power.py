#!/usr/bin/env python3
"""Build the states of a folder that a power loss may leave behind, from a trace of the system calls of a command.

    strace -f -y -xx -s 16777216 -e trace=CALLS -o TRACE COMMAND      power.py --calls prints CALLS
    power.py TRACE --folder FOLDER --before COPY --out OUT

COPY is the folder as it was before the command. disk.py says what may become of a call. For each moment of the trace, before and after
a call takes effect, the states that it allows are built: all of them if there are at most --bound, else so many, first everything kept,
everything lost, and each change alone lost or kept, the rest at random from --seed.

OUT/states.jsonl gets a line for each distinct state: tree has the SHA-256 of every file, null for a folder, their bytes being in
OUT/blobs; line, printed, removed and exit tell of the last moment that allows it: the line of the trace, what the command had printed,
which files it had removed, and its exit code if it had ended.
"""

import argparse
import hashlib
import itertools
import json
import math
import random
import sys
from pathlib import Path

import strace
from disk import Disk, File


class States:
    """The distinct states so far."""

    def __init__(self, out, bound, seed):
        self.blobs, self.bound, self.random = out / "blobs", bound, random.Random(seed)
        self.found, self.known = {}, {}
        self.moments = self.exhaustive = self.built = 0
        self.blobs.mkdir(parents=True)

    def add(self, disk, **moment):
        """Add what a power loss may leave at a moment."""
        changes = disk.changes()
        places, ways = [change[:2] for change in changes], [change[2] for change in changes]
        choices = choose(ways, self.bound, self.random)
        self.moments += 1
        self.exhaustive += len(choices) == math.prod(ways)
        self.built += len(choices)
        for choice in choices:
            tree = {path: data if data is None else self.blob(data) for path, data in disk.tree(dict(zip(places, choice))).items()}
            self.found[json.dumps(tree, sort_keys=True)] = {**moment, "removed": list(disk.removed)}

    def blob(self, data):
        if data not in self.known:
            self.known[data] = hashlib.sha256(data).hexdigest()
            (self.blobs / self.known[data]).write_bytes(data)
        return self.known[data]


def choose(ways, bound, chance):
    """Return choices of one way for each change, the first way being kept, the second lost."""
    if math.prod(ways) <= bound:
        return list(itertools.product(*map(range, ways)))
    kept, lost = (0,) * len(ways), (1,) * len(ways)
    chosen = dict.fromkeys([kept, lost])
    for at, count in enumerate(ways):
        chosen.update((each[:at] + (way,) + each[at + 1:], None) for each in (kept, lost) for way in range(count))
    while len(chosen) < bound:
        chosen[tuple(chance.randrange(count) for count in ways)] = None
    return list(chosen)[:bound]


def build(trace, disk, states, forces):
    """Add the states of every moment of a trace."""
    calls, code = strace.read(trace)
    events = [(call.began, True, call) for call in calls] + [(call.ended, False, call) for call in calls if call.ended]
    printed = ""
    for line, begins, call in sorted(events, key=lambda event: (event[0], not event[1])):
        says = begins and call.name == "write" and call.descriptor in (1, 2)
        if says:
            printed += call.text.decode()
        if says or (disk.begin(call) if begins else disk.end(call, forces)):
            states.add(disk, line=line, printed=printed, exit=None)
    states.add(disk, line=None, printed=printed, exit=code)


def main():
    if sys.argv[1:] == ["--calls"]:
        print(strace.CALLS)
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trace", type=Path)
    parser.add_argument("--folder", type=Path, required=True, help="absolute, without symbolic links")
    parser.add_argument("--before", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="must not exist")
    parser.add_argument("--bound", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--broken", choices=("files", "folders"), help="a disk that ignores fsync of these, which checks must notice")
    given = parser.parse_args()
    states = States(given.out, given.bound, given.seed)
    build(given.trace, Disk(given.folder, given.before), states,
          lambda node: given.broken != ("files" if isinstance(node, File) else "folders"))
    with open(given.out / "states.jsonl", "w", encoding="utf-8") as file:
        for tree, moment in states.found.items():
            file.write(json.dumps({"tree": json.loads(tree), **moment}) + "\n")
    print(f"{states.moments} moments, {states.exhaustive} of them with all states; {states.built} states, {len(states.found)} distinct")


if __name__ == "__main__":
    main()
