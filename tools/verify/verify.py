"""Check the seals of runs: a second implementation of "The seal" in docs/REPRODUCIBILITY.md.

    python3 tools/verify/verify.py RUN...

RUN is a run's directory. Prints a line per run: its path, a tab, and what differs from the seal. Exit code 4 if anything does.
Nothing is trained again: `java -jar pipeline.jar verify RUN` does that.
"""

import hashlib
import json
import os
import re
import sys

TIME_OR_MACHINE = re.compile(
    r"/started|/ended|/resumed/[0-9]+/time"
    r"|(/resumed/[0-9]+)?/program/(java|os|architecture|processor|processors|threads|vector_bits)"
    r"|/working_directory|/config(/bases/[0-9]+)?/(file|folder)|/start/file"
    r"|/files/[0-9]+/(found|from_run)|/plugins/[0-9]+/(jar|from_run)|/plugins/[0-9]+/libraries/[0-9]+/jar"
    r"|/seal/digest"
)
GROWING = ("running", "unfinished")
NOT_SEALED = {"run.json", "run.json.sig", "run.log", "timings.jsonl", "report.html"}
PACKED = ("data/", "plugins/")
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
DEEPEST = 64


class Digits(str):
    """A number as the file writes it."""


def whole(text):
    if not -(1 << 63) <= int(text) < 1 << 63:
        raise ValueError("too large")
    return Digits(text)


def mapping(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


def refuse(constant):
    raise ValueError(constant)


def read(folder):
    with open(os.path.join(folder, "run.json"), "rb") as file:
        text = file.read().decode("utf-8")
    record = json.loads(
        text, object_pairs_hook=mapping, parse_int=whole, parse_float=Digits, parse_constant=refuse
    )
    if not isinstance(record, dict):
        raise ValueError("not a mapping")
    return record


def quoted(text):
    return '"' + re.sub(r'["\\\x00-\x1f]', lambda c: ESCAPES.get(c[0], f"\\u{ord(c[0]):04x}"), text) + '"'


def lines(value, pointer="", depth=0):
    """Yield the canonical form: pointer, tab, value."""
    if depth >= DEEPEST and isinstance(value, (dict, list)):
        raise ValueError("nested too deeply")
    if isinstance(value, dict):
        yield f"{pointer}\t{{\n"
        for key, inner in value.items():
            escaped = quoted(key)[1:-1].replace("~", "~0").replace("/", "~1")
            yield from lines(inner, f"{pointer}/{escaped}", depth + 1)
    elif isinstance(value, list):
        yield f"{pointer}\t[\n"
        for index, inner in enumerate(value):
            yield from lines(inner, f"{pointer}/{index}", depth + 1)
    elif TIME_OR_MACHINE.fullmatch(pointer):
        yield f"{pointer}\t*\n"
    elif isinstance(value, Digits):
        yield f"{pointer}\t{value}\n"
    elif isinstance(value, str):
        yield f"{pointer}\t{quoted(value)}\n"
    else:
        yield f"{pointer}\t{json.dumps(value)}\n"


def digest(record):
    return hashlib.sha256(b"".join(sorted(line.encode("utf-8") for line in lines(record)))).hexdigest()


def files(folder):
    """Return the files that count, by their names with slashes."""
    found = {}
    for place, _, names in os.walk(folder, followlinks=True):
        for name in names:
            path = os.path.join(place, name)
            inner = os.path.relpath(path, folder).replace(os.sep, "/")
            hidden = any(part.startswith(".") for part in inner.split("/"))
            if os.path.isfile(path) and not hidden and inner not in NOT_SEALED and not inner.endswith(".aside"):
                if not inner.startswith(PACKED):
                    found[inner] = path
    return found


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def flaws(folder):
    try:
        record = read(folder)
        now = digest(record)
    except (ValueError, RecursionError, OSError):
        return ["run.json is damaged"]
    seal = record.get("seal")
    if not isinstance(seal, dict) or seal.get("digest") is None:
        return ["run.json has no seal: it was written before records were sealed, or the seal was removed"]
    differing = [] if now == seal["digest"] else ["run.json was edited after the run"]
    listed = seal["files"] if isinstance(seal.get("files"), dict) else {}
    found = files(folder)
    data = record["files"] if isinstance(record.get("files"), list) else []
    data = [file.get("name") for file in data if isinstance(file, dict)]
    for name in sorted(set(listed) | set(found)):
        if name not in found:
            differing.append(f"{name} is missing")
        elif name not in listed:
            if record.get("state") not in GROWING and name not in data:
                differing.append(f"{name} was added after the run: run.json does not list it")
        elif sha256(found[name]) != listed[name]:
            differing.append(f"{name} was edited after the run")
    return differing


def main(folders):
    worst = 0
    for folder in folders:
        differing = flaws(folder)
        print(f"{folder}\t{'; '.join(differing) or 'as it was written'}")
        worst = 4 if differing else worst
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
