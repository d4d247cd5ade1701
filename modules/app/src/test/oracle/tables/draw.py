"""Draws a table: what it means, before anybody wrote it into a file.

A cell is None for a missing value, a Number, or a text. The form of numbers is one for the whole table, as one program wrote it;
a unit, signs and exponents are those of a column.
"""

from dataclasses import dataclass, field

MINUS = "\u2212"
SPACES = {" ": "space", "\u00a0": "no-break space", "\u2009": "thin space", "\u202f": "narrow no-break space"}
# Decimal mark, thousands mark.
FORMS = {
    "plain": (".", ""), "decimal comma": (",", ""), "points and decimal comma": (",", "."), "commas and point": (".", ","),
    "spaces and comma": (",", " "), "spaces and point": (".", " "), "apostrophes": (".", "'"), "typographic apostrophes": (".", "\u2019"),
}
UNITS_AFTER = ["%", " %", "\u00a0%", "\u202f%", "%", "\u00a0\u20ac", " \u20ac", " EUR", "\u00b0"]
UNITS_BEFORE = ["$", "\u20ac", "\u00a3", "US$", "$ ", "CHF ", "\u20ac\u00a0"]
WORDS = ["NA", "N/A", "?", "-", "nan", "NaN", "null", "None", "n/a", ""]
OWN = ["#N/A", ".", "<NA>", "\\N", "unknown", "missing", "n.d.", "*", "--", "inf", "-inf", "Infinity", "no: data", "#", "x"]
PLAIN = ["red", "green", "blue", "north", "south", "yes", "no", "Ann", "Bob", "A1", "b-2", "x_3", "T", "F", "true", "3rd", "2nd", "v1.2"]
SPACED = ["New York", "Rio de Janeiro", "very good", "not at all", "a b c"]
ACCENTS = ["caf\u00e9", "Z\u00fcrich", "M\u00e1laga", "\u00d8re", "na\u00efve", "\u00e0 la carte", "\u00fcber"]
WINDOWS = ["\u201cquoted\u201d", "\u20acuro", "it\u2019s", "dash \u2013 dash", "\u0152uvre"]
WIDE = ["\u0391\u03b8\u03ae\u03bd\u03b1", "\u041c\u043e\u0441\u043a\u0432\u0430", "\u6771\u4eac", "\u0141\u00f3d\u017a", "\U0001f600 smile", "e\u0301clair"]
MARKED = ["a,b", "c;d", "e|f", "say \"hi\"", "12\" pipe", "two\nlines", "it's", "rock 'n' roll", "# one", "50% off", "(5)x"]
NOTHING = ["none", "NA", "null", "-", "?", "nan", "None", "N/A"]
HEADS = ["age", "size", "price (\u20ac)", "Gr\u00f6\u00dfe", "a b", "yes", "null", "1", "2019", "x: y", "${a}", "it's", "a,b", "c;d", "no \"1\"",
         "- dash", "[list]", "{map}", "*star", "&and", "!bang", "%", "@at", "~", "\u6771\u4eac", "two\nlines", "x|y", "tab\there", "true", "0.5"]


@dataclass
class Number:
    """A number as one writes it.

    text: digits with a decimal point, the way Python writes them
    """

    text: str
    value: float


@dataclass
class Column:
    """A column: its cells, and what stands for a missing one."""

    name: str
    kind: str
    cells: list
    code: str = ""
    unit: tuple = ("", "")
    minus: str = "-"
    plus: bool = False
    spelled: str = "digits"


@dataclass
class Drawn:
    """A table, and the names of all that is special about it."""

    columns: list
    target: int
    decimal: str
    thousands: str
    kinds: set = field(default_factory=set)


def numbers(rng, rows, kind):
    """Return numbers as text with a decimal point."""
    made = {
        "whole": lambda: str(rng.randint(-40, 90)),
        "count": lambda: str(rng.randint(0, 300)),
        "one digit after the mark": lambda: f"{rng.uniform(-50, 50):.1f}",
        "two digits after the mark": lambda: f"{rng.uniform(0, 900):.2f}",
        "three digits after the mark": lambda: f"{rng.uniform(0, 90):.3f}",
        "thousands": lambda: str(rng.randint(200, 99_999)),
        "millions": lambda: f"{rng.uniform(-4e6, 9e6):.{rng.choice([0, 2])}f}",
        "large": lambda: str(rng.randint(10**6, 10**9)),
        "long": lambda: repr(rng.uniform(-1, 1) * 10 ** rng.randint(-3, 3)),
        "longer than a double": lambda: str(rng.randint(1, 9)) + "." + "".join(rng.choice("0123456789") for _ in range(rng.randint(17, 30))),
        "leading zeros": lambda: f"{rng.randint(1, 999):05d}",
        "no digit before the mark": lambda: f"{rng.uniform(0.01, 0.99):.2f}"[1:],
        "timestamps": lambda: str(1_700_000_000 + rng.randint(0, 10**6)),
        "binary": lambda: str(rng.randint(0, 1)),
    }[kind]
    return [made() for _ in range(rows)]


KINDS_OF_NUMBERS = ["whole", "count", "one digit after the mark", "two digits after the mark", "three digits after the mark", "thousands", "millions",
                    "large", "long", "longer than a double", "leading zeros", "no digit before the mark", "timestamps", "binary"]


def exponents(rng, texts):
    """Return numbers written with an exponent."""
    made = [lambda: f"{rng.randint(1, 9)}e{rng.randint(0, 5)}", lambda: f"{rng.uniform(1, 9):.2f}E{rng.choice(['+', '-', ''])}{rng.randint(0, 12):02d}",
            lambda: f"{rng.uniform(1, 9):.15f}e-{rng.randint(290, 320)}", lambda: f"{rng.uniform(1, 9):.1f}e{rng.randint(22, 300)}"]
    one = rng.choices(made, [10, 10, 1, 1])[0]
    return [one() for _ in texts]


def number_column(rng, name, rows, form, kinds, kind=None):
    kind = kind or rng.choice(KINDS_OF_NUMBERS)
    texts = numbers(rng, rows, kind)
    column = Column(name, "number", [])
    if kind != "binary" and rng.random() < 0.12:
        texts, column.spelled = exponents(rng, texts), "exponent"
        kinds.add("numbers: exponents")
    column.cells = [Number(text, float(text)) for text in texts]
    if kind != "binary" and rng.random() < 0.2:
        column.unit = ("", rng.choice(UNITS_AFTER)) if rng.random() < 0.6 else (rng.choice(UNITS_BEFORE), "")
        kinds.add("numbers: per cent" if "%" in column.unit[1] else "numbers: currency and degrees")
    if any(text.startswith("-") for text in texts) and rng.random() < 0.3:
        column.minus = MINUS
        kinds.add("numbers: U+2212")
    if kind != "binary" and rng.random() < 0.1:
        column.plus = True
        kinds.add("numbers: leading plus")
    return column


def pool(rng, encoding, kinds):
    """Return names that the encoding can write."""
    names = PLAIN + rng.choice([[], SPACED, ACCENTS, MARKED, WINDOWS, WIDE, SPACED + MARKED])
    fits = []
    for name in names:
        try:
            name.encode(encoding)
            fits.append(name)
        except UnicodeEncodeError:
            pass
    rng.shuffle(fits)
    return fits


def name_column(rng, name, rows, encoding, kinds):
    names = pool(rng, encoding, kinds)[: rng.randint(2, 6)]
    if rng.random() < 0.2:
        names.append(rng.choice(NOTHING))
        kinds.add("names: none and NA")
    if rng.random() < 0.05:
        names += ["7", "8"]
        kinds.add("names: numbers among names")
    return Column(name, "name", [rng.choice(names) for _ in range(rows)])


def odd_column(rng, name, rows, encoding, kinds):
    """Return a column that tells nothing."""
    kind = rng.choice(["constant", "numbers the rows", "own name", "no value", "mostly missing", "out of range", "constant name"])
    kinds.add("column: " + kind)
    cells = {
        "constant": lambda: [Number("7", 7.0)] * rows,
        "constant name": lambda: ["same"] * rows,
        "numbers the rows": lambda: [Number(str(i + 1), i + 1.0) for i in range(rows)],
        "own name": lambda: [f"n{i}x" for i in range(rows)],
        "no value": lambda: [None] * rows,
        "mostly missing": lambda: [None if rng.random() < 0.6 else Number(str(rng.randint(1, 50)), 0.0) for _ in range(rows)],
        "out of range": lambda: [Number("1e999" if i == 3 else str(i * i), 0.0) for i in range(rows)],
    }[kind]()
    for cell in cells:
        if isinstance(cell, Number):
            cell.value = float(cell.text)
    return Column(name, "name" if "name" in kind else "number", cells)


def target_column(rng, name, rows, form, encoding, kinds):
    kind = rng.choice(["names", "names", "names", "0 and 1", "1 to k", "-1 and 1", "0.0 and 1.0", "1 and 1.0", "number", "number", "number"])
    kinds.add("target: " + kind)
    if kind == "names":
        return name_column(rng, name, rows, encoding, kinds)
    if kind == "number":
        return number_column(rng, name, rows, form, kinds)
    classes = {"0 and 1": ["0", "1"], "1 to k": [str(i + 1) for i in range(rng.randint(3, 9))], "-1 and 1": ["-1", "1"],
               "0.0 and 1.0": ["0.0", "1.0"], "1 and 1.0": ["0", "1", "0.0", "1.0"]}[kind]
    texts = (classes * rows)[:rows]
    rng.shuffle(texts)
    return Column(name, "number", [Number(text, float(text)) for text in texts])


def lose(rng, column, kinds):
    """Lose some values: a word or a code of somebody's own stands for them."""
    if rng.random() < 0.55:
        return
    own = rng.random() < 0.4 and column.kind == "number"
    column.code = rng.choice(OWN if own else WORDS)
    kinds.add("missing: own code" if own else "missing: " + (column.code.lower() or "empty"))
    share = rng.choice([0.02, 0.04, 0.06]) if own else rng.choice([0.03, 0.08, 0.2])
    column.cells = [None if rng.random() < share else cell for cell in column.cells]


def draw(rng, encoding):
    """Return a table."""
    kinds = set()
    rows = rng.choice([rng.randint(16, 40), rng.randint(40, 120)])
    form = rng.choice(list(FORMS) + ["plain"] * 6)
    kinds.add("numbers: " + form)
    decimal, thousands = FORMS[form]
    if thousands == " ":
        thousands = rng.choice(list(SPACES))
        kinds.add("numbers: " + SPACES[thousands])
    if thousands:
        try:
            thousands.encode(encoding)
        except UnicodeEncodeError:
            thousands = "\u00a0" if form.startswith("spaces") else "'"
    heads = []
    for head in rng.sample(HEADS, rng.randint(2, 6)):
        try:
            head.encode(encoding)
            heads.append(head)
        except UnicodeEncodeError:
            heads.append("c" + str(len(heads)))
    if rng.random() < 0.6:
        heads = [f"x{i}" for i in range(len(heads))]
    target = rng.randrange(len(heads))
    columns = []
    for i, head in enumerate(heads):
        if i == target:
            made = target_column(rng, head, rows, form, encoding, kinds)
        else:
            made = rng.choices([lambda: number_column(rng, head, rows, form, kinds), lambda: name_column(rng, head, rows, encoding, kinds),
                                lambda: odd_column(rng, head, rows, encoding, kinds)], [6, 3, 1])[0]()
        if made.kind == "number" or rng.random() < 0.5:
            lose(rng, made, kinds)
        columns.append(made)
    return Drawn(columns, target, decimal, thousands, kinds)
