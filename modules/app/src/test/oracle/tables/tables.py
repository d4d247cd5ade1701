#!/usr/bin/env python3
"""Write tables as people and programs write them, each with an independent reading: one JSON object per line.

    python3 modules/app/src/test/oracle/tables/tables.py FIRST COUNT    tables FIRST, FIRST + 1, … to standard output

Needs nothing but Python. A table is a pure function of its number: draw.py draws what it means, write.py how it is written, read.py
reads the bytes again, by Python's csv module and a page of rules. TableReadingTests has Chainrule read the same bytes and compares.
What was drawn and what is read must agree about every number, or this script fails.

    kinds     what is special about the table
    bytes     of the file, in base64
    target    the column to be learned
    wrong     why nothing can be read or learned; null if something can
    doubtful  whether an error is right, too
    columns   every column: its numbers, in hexadecimal, or its names, with null for a missing one
    inputs    the columns to learn from
    classes   whether the target is a class
    aloud     columns that may be left out, as their numbers are not written plainly
"""

import base64
import json
import random
import sys

from draw import Number, draw
from read import Wrong, choose, columns_of
from write import ENCODINGS, pick, write


def agree(table, columns, seen):
    """Check that numbers are read as they were drawn, unless the file does not tell what its points are."""
    if table.thousands != seen.thousands:
        return
    for drawn in table.columns:
        read = next((column for column in columns if column.name == drawn.name), None)
        if read is None or not read.is_number or drawn.kind != "number":
            continue
        meant = [cell.value for cell in drawn.cells if isinstance(cell, Number)]
        got = [value for value in read.values if value is not None]
        if len(meant) != len(got) and "layout: plain" not in seen.kinds:
            continue
        assert meant == got, f"{drawn.name}: drawn {meant[:5]}, read {got[:5]}"


def made(index):
    """Return a table by its number."""
    rng = random.Random(f"table {index}")
    encoding = pick(rng, ENCODINGS)
    table = draw(rng, encoding)
    seen, target = write(table, rng, encoding)
    result = {"index": index, "kinds": sorted(seen.kinds), "bytes": base64.b64encode(seen.data).decode(), "target": target, "wrong": None,
              "doubtful": seen.doubtful}
    try:
        if seen.broken:
            raise Wrong("broken")
        columns = columns_of(seen)
        if seen.header:
            agree(table, columns, seen)
        goal, inputs = choose(columns, target)
    except Wrong as e:
        return result | {"wrong": str(e)}
    unplain = {column.name for column in table.columns if column.kind == "unreadable"}
    marked = seen.decimal != "." or seen.thousands or seen.units
    result["columns"] = {
        column.name: {"numbers": [None if value is None else value.hex() for value in column.values]} if column.is_number
        else {"names": column.values}
        for column in columns
        if column.name not in unplain
    }
    result["inputs"] = [column.name for column in inputs]
    result["classes"] = goal.is_class()
    result["aloud"] = [column.name for column in columns if column.name in unplain or marked and column.is_number]
    return result


if __name__ == "__main__":
    first, count = int(sys.argv[1]), int(sys.argv[2])
    for number in range(first, first + count):
        print(json.dumps(made(number), ensure_ascii=True, separators=(",", ":")))
