"""Reads a table independently of Chainrule: Python's csv module for the cells, and the rules below for their meaning.

The rules, a page:

 1. Spaces of every kind around a cell do not count. A blank line is not a row.
 2. Every row has a cell for each name of the header; or all have one more: an empty last one is no column, else the first column has
    no name. A column without a name is column_1, column_2, … by its place; without a name and a value it is none. Two columns of one
    name are an error, and so are other widths.
 3. A number is a sign (+, -, U+2212), digits with the table's marks, and an exponent, perhaps with one of the table's units before
    or after. Its value is Python's float of the digits. A point is the decimal mark unless the table shows that it is not.
 4. Missing is the empty cell; among numbers also NA, N/A, NaN, null, none, ? and - in upper or lower case; and what is left over in a
    column where nine tenths of the cells that have a value are numbers, if it is ten different texts at most.
 5. A column is one of numbers if all its cells are that have a value, else one of names.
 6. The target is a class if it is one of names; or whole numbers, either two different ones, or up to ten without a gap. Else it is a
    number.
 7. A column tells nothing if it has no value, one value, or an infinite one; if over three tenths of its cells are missing; if it is
    0, 1, 2, … or 1, 2, 3, … in any order; if every row has a name of its own, or if its names are more than half of the rows or
    than 100.
 8. A row is used if it has a value in the target. Those of them that lack one in a column that tells something are used only if they
    are more than a twentieth of all rows, or if a class has no other rows.
 9. Nothing can be learned, which is an error: from a target with one value, with infinite ones, or with more classes than half of the
    rows; without a column that tells something; or with less than half of the rows.
"""

import csv
import io
import math
import re

WORDS = {"na", "n/a", "nan", "null", "none", "?", "-"}
MINUS = "\u2212"


class Wrong(Exception):
    """What is no table, or one from which nothing can be learned."""


def rows_of(seen):
    """Return the cells of the file, by the csv module."""
    text = seen.data
    if text[:2] == b"\x1f\x8b":
        import gzip

        text = gzip.decompress(text)
    text = text.decode(seen.encoding)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[seen.before:]
    if seen.comment:
        lines = [line for line in lines if not line.startswith(seen.comment)]
    if seen.delimiter == "whitespace":
        return [spaced(line, seen.quote) for line in lines if line.strip()]
    body = "\n".join(lines)
    try:
        rows = list(csv.reader(io.StringIO(body, newline=""), delimiter=seen.delimiter, quotechar=seen.quote, skipinitialspace=seen.spaced, strict=True))
    except csv.Error as e:
        raise Wrong(str(e)) from e
    return [[cell.strip() for cell in row] for row in rows]


def spaced(line, quote):
    """Return the cells of a line that runs of spaces part."""
    cells = []
    for match in re.finditer(rf"{quote}((?:[^{quote}]|{quote}{quote})*){quote}|(\S+)", line):
        cells.append(match[1].replace(quote * 2, quote) if match[2] is None else match[2])
    return [cell.strip() for cell in cells]


class Numbers:
    """How numbers are written."""

    def __init__(self, seen):
        self.units = seen.units
        self.decimal = seen.decimal
        self.thousands = seen.thousands
        mark = r"[ \u00a0\u2007\u2009\u202f]" if seen.thousands.isspace() else re.escape(seen.thousands)
        whole = rf"\d{{1,3}}(?:{mark}\d{{3}})+|\d*" if seen.thousands else r"\d*"
        self.form = re.compile(rf"([+\-{MINUS}]?)({whole})(?:{re.escape(seen.decimal)}(\d*))?([eE][+\-{MINUS}]?\d+)?", re.ASCII)

    def parse(self, cell):
        """Return a number; None if the cell is not one."""
        for unit in [""] + self.units:
            for bare in (cell.removeprefix(unit), cell.removesuffix(unit), re.sub(rf"^([+\-{MINUS}]){re.escape(unit)}", r"\1", cell)):
                match = self.form.fullmatch(bare.strip())
                if match and (match[2] or match[3]):
                    whole = re.sub(r"\D", "", match[2])
                    text = match[1] + (whole or "0") + "." + (match[3] or "0") + (match[4] or "")
                    return float(text.replace(MINUS, "-"))
        return None


class Column:
    """A column as the rules read it."""

    def __init__(self, name, cells, numbers):
        self.name = name
        self.cells = cells
        values = [numbers.parse(cell) for cell in cells]
        present = [i for i, cell in enumerate(cells) if cell and (values[i] is not None or cell.lower() not in WORDS)]
        found = sum(values[i] is not None for i in present)
        others = {cells[i] for i in present if values[i] is None}
        self.is_number = found > 0 and (not others or found >= 0.9 * len(present) and len(others) <= 10)
        self.values = values if self.is_number else [cell or None for cell in cells]

    def missing(self):
        return [value is None for value in self.values]

    def different(self):
        return {value for value in self.values if value is not None}

    def is_class(self):
        """Tell whether the target is a class."""
        if not self.is_number:
            return True
        values = self.different()
        return all(v == math.floor(v) for v in values) and (len(values) == 2 or len(values) <= 10 and max(values) - min(values) + 1 == len(values))

    def tells_nothing(self):
        values = self.different()
        rows = len(self.values)
        if len(values) <= 1 or self.is_number and any(math.isinf(v) for v in values) or sum(self.missing()) > 0.3 * rows:
            return True
        if self.is_number:
            ordered = sorted(v for v in self.values if v is not None)
            return rows > 2 and ordered in ([float(i) for i in range(rows)], [float(i + 1) for i in range(rows)])
        return len(values) == rows > 2 or len(values) > min(100, rows // 2)


def columns_of(seen):
    """Return the columns of a table."""
    rows = rows_of(seen)
    narrow = all(len(row) <= 1 for row in rows)
    while rows and (not rows[-1] or rows[-1] == [""]):
        rows.pop()
    rows = [row or [""] for i, row in enumerate(rows) if narrow and i > 0 or row and row != [""]]
    head = rows[0] if seen.header else [""] * len(rows[0])
    rows = rows[1:] if seen.header else rows
    if not rows:
        raise Wrong("no rows")
    width = len(head)
    if seen.header and all(len(row) == width + 1 for row in rows):
        head = head + [""] if all(row[-1] == "" for row in rows) else [""] + head
    if any(len(row) != len(head) for row in rows):
        raise Wrong("ragged")
    numbers = Numbers(seen)
    columns = []
    for i, name in enumerate(head):
        cells = [row[i] for row in rows]
        if name or any(cells):
            columns.append(Column(name or f"column_{i + 1}", cells, numbers))
    if len({column.name for column in columns}) < len(columns):
        raise Wrong("two columns of one name")
    return columns


def used(target, inputs):
    """Return the rows that are learned from."""
    labelled = [i for i, missing in enumerate(target.missing()) if not missing]
    gaps = [column.missing() for column in inputs]
    complete = [i for i in labelled if not any(missing[i] for missing in gaps)]
    lost = target.is_class() and {target.values[i] for i in complete} != {target.values[i] for i in labelled}
    return labelled if lost or len(labelled) - len(complete) > len(target.cells) / 20 else complete


def choose(columns, name):
    """Return the target, and the columns that are learned from."""
    target = next((column for column in columns if column.name == name), None)
    if target is None:
        raise Wrong("no such column")
    inputs = [column for column in columns if column is not target and not column.tells_nothing()]
    values = target.different()
    size = len(target.cells)
    if len(values) < 2 or target.is_number and any(math.isinf(v) for v in values):
        raise Wrong("the target tells nothing")
    if target.is_class() and len(values) > size // 2:
        raise Wrong("too many classes")
    if not inputs:
        raise Wrong("no column tells anything")
    if 2 * len(used(target, inputs)) < size:
        raise Wrong("less than half of the rows")
    return target, inputs
