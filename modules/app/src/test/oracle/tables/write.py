"""Writes a drawn table into a file, as one of the many programs and people that write tables.

With the bytes comes what somebody who looks at the file sees: where the table begins, what parts its cells, how numbers are written.
"""

import csv
import gzip
import io
from dataclasses import dataclass, field

from draw import MINUS, Number

ENCODINGS = {"utf-8": 6, "utf-8-sig": 2, "utf-16": 1, "utf-16-le": 1, "utf-16-be": 1, "latin-1": 2, "cp1252": 2}
DELIMITERS = {",": 6, ";": 4, "\t": 3, "|": 2, "whitespace": 2}
LAYOUTS = {
    "plain": 24, "preamble": 3, "preamble of comments": 3, "preamble with delimiters": 2, "sep line": 3, "units row": 3, "footer of cells": 2,
    "footer comment": 1, "footer line": 1, "trailing delimiters": 2, "trailing delimiters without header": 2, "unnamed index": 2,
    "row names of R": 2, "duplicate columns": 1, "blank lines": 3, "lines of spaces": 1, "lines of delimiters": 1, "no header": 2,
    "row too long": 2, "row too short": 2, "unclosed quote": 1, "backslash quotes": 1, "first cells like comments": 2, "comments above cells like them": 2, "comments between rows": 1,
    "mixed units": 1, "mixed forms": 1,
}
QUOTING = {"minimal": 6, "all": 3, "texts": 2, "single": 2, "after spaces": 2}
# What cannot be read in one way only, or is no table: an error is all that is right.
BROKEN = {"row too long", "row too short", "unclosed quote", "duplicate columns", "footer line", "mixed units"}
# What may be refused, but must not be misread.
DOUBTFUL = {"backslash quotes", "first cells like comments", "comments above cells like them", "comments between rows", "mixed forms", "footer comment"}


@dataclass
class Seen:
    """What somebody sees who looks at the file."""

    data: bytes
    encoding: str
    delimiter: str
    quote: str
    decimal: str
    thousands: str
    units: list
    text: str = ""
    spaced: bool = False
    before: int = 0
    comment: str = ""
    header: bool = True
    broken: bool = False
    doubtful: bool = False
    kinds: set = field(default_factory=set)


def pick(rng, weights):
    return rng.choices(list(weights), list(weights.values()))[0]


def spell(number, column, table, rng):
    """Return a number as the table writes it."""
    text = number.text
    negative = text.startswith("-")
    text = text.lstrip("-")
    mantissa, e, exponent = text.partition("E" if "E" in text else "e")
    whole, point, fraction = mantissa.partition(".")
    if table.thousands and len(whole) > 3 and not whole.startswith("0") and not e:
        groups = [whole[max(0, i - 3):i] for i in range(len(whole), 0, -3)]
        whole = table.thousands.join(reversed(groups))
    spelled = whole + (table.decimal if point else "") + fraction + e + exponent
    sign = column.minus if negative else "+" if column.plus else ""
    before, after = column.unit
    if before and len(before) == 1 and sign:
        return sign + before + spelled
    return before + sign + spelled + after


def quoted(cell, quoting, delimiter, quote, is_number, first):
    """Return a cell with quotes around it where this style has them."""
    special = any(c in cell for c in (quote, "\n", "\r")) or (delimiter in cell if delimiter != "whitespace" else cell == "" or any(c.isspace() for c in cell))
    style = quoting == "all" or quoting in ("texts", "after spaces") and not is_number and cell != "" or quoting == "single" and not is_number and cell != ""
    if special or style or first and cell.startswith(("sep=", "#")) and not is_number:
        return quote + cell.replace(quote, quote + quote) + quote
    return cell


def grid(table, rng):
    """Return header and rows of text, and which cells are numbers."""
    header = [column.name for column in table.columns]
    rows, marks = [], []
    for i in range(len(table.columns[0].cells)):
        row, mark = [], []
        for column in table.columns:
            cell = column.cells[i]
            is_number = isinstance(cell, Number)
            row.append(column.code if cell is None else spell(cell, column, table, rng) if is_number else cell)
            mark.append(is_number)
        rows.append(row)
        marks.append(mark)
    return header, rows, marks


def certain(cell):
    """Tell whether a number shows that the point is not its decimal mark."""
    return cell.count(".") > 1 or "," in cell and ("." in cell or len(cell.split(",")[1].rstrip(" %\u00a0\u202f\u20ac\u00b0EUR")) != 3 or cell.lstrip("+-").startswith(("0,", ",")))


def adapt(table, encoding):
    """Leave out what the encoding cannot write."""
    for column in table.columns:
        for text, plain in ((column.minus, "minus"), ("".join(column.unit), "unit")):
            try:
                text.encode(encoding)
            except UnicodeEncodeError:
                if plain == "minus":
                    column.minus = "-"
                else:
                    column.unit = ("", "%")


def one_line(table):
    """Write no line breaks within cells: lines are all that spaces leave."""
    for column in table.columns:
        column.name = column.name.replace("\n", " ")
        column.cells = [cell.replace("\n", " ") if isinstance(cell, str) else cell for cell in column.cells]


def write(table, rng, encoding):
    """Return a file and what is seen in it."""
    adapt(table, encoding)
    delimiter = pick(rng, DELIMITERS)
    quoting = pick(rng, QUOTING)
    layout = pick(rng, LAYOUTS)
    if delimiter == "whitespace" and layout.startswith(("trailing", "sep", "unnamed", "lines of", "footer", "backslash")):
        layout = "plain"
    if delimiter == "whitespace" and quoting == "after spaces" or layout in ("backslash quotes", "unclosed quote"):
        quoting = "minimal"
    quote = "'" if quoting == "single" else '"'
    end = rng.choice(["\n", "\n", "\r\n", "\r\n", "\r"])
    gap = {"whitespace": rng.choice([" ", "   ", " \t", "\t "])}.get(delimiter, delimiter)
    if quoting == "after spaces":
        gap += " " if delimiter != "\t" else ""
    if delimiter == "whitespace":
        one_line(table)
    header, rows, marks = grid(table, rng)
    kinds = {"delimiter: " + {"\t": "tab"}.get(delimiter, delimiter), "quotes: " + quoting, "encoding: " + encoding, "layout: " + layout} | table.kinds
    units = sorted({unit.strip() for column in table.columns for unit in column.unit if unit.strip()})
    seen = Seen(b"", encoding, delimiter, quote, table.decimal, table.thousands, units, spaced=quoting == "after spaces", kinds=kinds,
                broken=layout in BROKEN, doubtful=layout in DOUBTFUL)
    if table.thousands == "." and not any(certain(cell) for row, mark in zip(rows, marks) for cell, is_number in zip(row, mark) if is_number):
        # 1.234 alone is a little more than 1.
        seen.decimal, seen.thousands = ".", ""
    width = len(header)
    target = header[table.target]
    numeric = [i for i, column in enumerate(table.columns) if column.kind == "number"]
    head = header
    if layout == "units row":
        rows.insert(0, [rng.choice(["kg", "cm", "m/s", "-", "sec"]) if i in numeric else "" if i == table.target else "text" for i in range(width)])
        marks.insert(0, [False] * width)
    elif layout == "footer of cells":
        rows.append(["Total" if i == 0 and i != table.target else "" for i in range(width)])
        marks.append([False] * width)
    elif layout in ("unnamed index", "row names of R"):
        rows = [[str(i + 1) if layout == "unnamed index" else f"row{i + 1}"] + row for i, row in enumerate(rows)]
        marks = [[layout == "unnamed index"] + mark for mark in marks]
        head = [""] + header if layout == "unnamed index" else header
    elif layout == "duplicate columns":
        head = header + [header[0 if table.target else -1]]
        rows = [row + [row[0]] for row in rows]
        marks = [mark + [mark[0]] for mark in marks]
    elif layout == "row too long":
        rows[rng.randrange(len(rows) // 2, len(rows))].append("1")
        marks = [mark + [True] for mark in marks]
    elif layout == "row too short":
        rows[rng.randrange(len(rows) // 2, len(rows))].pop()
    elif layout in ("first cells like comments", "comments above cells like them"):
        for i in range(0, len(rows), 3):
            rows[i][0] = "#" + str(i)
            marks[i][0] = True
        quoting = "minimal"
    elif layout == "mixed units":
        mix_units(rng, table, rows, seen)
    elif layout == "mixed forms":
        mix_forms(rng, table, rows, seen)
    lines = []
    for n, row in enumerate([head] + rows):
        mark = [False] * len(row) if n == 0 else marks[n - 1]
        line = gap.join(quoted(cell, quoting, delimiter, quote, mark[i], i == 0 and "like" not in layout) for i, cell in enumerate(row))
        if layout.startswith("trailing delimiters") and (n > 0 or "without" not in layout):
            line += delimiter
        lines.append(line)
    lines = arrange(rng, layout, lines, width, delimiter, seen, table)
    if layout == "no header":
        lines, seen.header, target = lines[1:], False, f"column_{table.target + 1}"
    if layout == "backslash quotes":
        lines = [line.replace('""', '\\"') if line.count('""') and '"""' not in line else line for line in lines]
    seen.text = end.join(lines) + ("" if rng.random() < 0.2 else end)
    if layout == "unclosed quote":
        at = seen.text.rfind(end, 0, len(seen.text) - 2) + len(end)
        seen.text = seen.text[:at] + '"' + seen.text[at:]
    if rng.random() < 0.08 and layout == "plain":
        seen.text += end * rng.randint(1, 3)
    seen.data = seen.text.encode(encoding)
    if rng.random() < 0.05:
        seen.data = gzip.compress(seen.data, mtime=0)
        kinds.add("packed: gzip")
    seen.kinds = kinds
    return seen, target


def mix_units(rng, table, rows, seen):
    """Write one column with two units."""
    columns = [i for i, column in enumerate(table.columns) if column.kind == "number" and any(isinstance(c, Number) for c in column.cells)]
    if not columns or rng.random() < 0.3:
        seen.broken = seen.doubtful = False
        return
    i = rng.choice(columns)
    for n, row in enumerate(rows):
        if isinstance(table.columns[i].cells[n], Number):
            unit = table.columns[i].unit
            row[i] = row[i].replace(unit[0], "").replace(unit[1], "") if any(unit) else row[i]
            row[i] += "%" if n % 2 else "$"
    # Left out aloud it does no harm.
    seen.broken, seen.doubtful = False, True
    table.columns[i].kind = "unreadable"


def mix_forms(rng, table, rows, seen):
    """Write half the numbers of one column in another form."""
    columns = [i for i, column in enumerate(table.columns) if column.kind == "number" and any(isinstance(c, Number) for c in column.cells)]
    if not columns:
        seen.doubtful = False
        return
    i = rng.choice(columns)
    for n, row in enumerate(rows):
        if isinstance(table.columns[i].cells[n], Number):
            row[i] = f"{n},{n % 90 + 10}" if n % 2 else f"{n}.{n % 90 + 10}"
    table.columns[i].kind = "unreadable"


def arrange(rng, layout, lines, width, delimiter, seen, table):
    """Put lines before, between and after those of the table."""
    between = rng.randrange(1, len(lines))
    wide = {"whitespace": " "}.get(delimiter, delimiter)
    if layout == "preamble":
        extra = rng.choice([["Measured in May"], ["Export of the farm", "by: Bob"], ["Report", "", "all values as measured"], ["", ""]])
        seen.before = len(extra)
        return extra + lines
    if layout in ("preamble of comments", "comments above cells like them"):
        mark = rng.choice("#%") if layout == "preamble of comments" else "#"
        extra = [f"{mark} exported by a logger", f"{mark} version 3"][: rng.randint(1, 2)]
        seen.before = len(extra)
        return extra + lines
    if layout == "preamble with delimiters":
        extra = [wide.join(["Station", "Berlin"]), wide.join(["Date", "1 May", "2021"]), ""][: rng.randint(1, 3)]
        seen.before = len(extra)
        return extra + lines
    if layout == "sep line":
        seen.before = 1
        return [f"sep={delimiter}"] + lines
    if layout == "footer comment":
        seen.comment = "#"
        return lines + ["# end of the table"]
    if layout == "footer line":
        return lines + ["Source: the office of statistics"] if width > 1 else lines
    if layout == "blank lines":
        return lines[:between] + [""] * rng.randint(1, 2) + lines[between:]
    if layout == "lines of spaces":
        return lines[:between] + ["   "] + lines[between:]
    if layout == "lines of delimiters":
        return lines[:between] + [delimiter * (width - 1)] + lines[between:]
    if layout == "comments between rows":
        seen.comment = "#"
        return lines[:between] + ["# the sensor was changed"] + lines[between:]
    return lines
