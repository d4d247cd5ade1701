#!/usr/bin/env python3
"""Write the sample tables houses.csv, flowers.csv, tags.csv, titanic.csv and stamps.csv, and the pictures in signs, next to this script
or into a folder given as argument.

All are invented. All arithmetic is on integers, so that every Python 3 writes the same bytes:

    python3 configs/data/make_samples.py
"""

import pathlib
import struct
import sys
import zlib

MASK = (1 << 64) - 1


class Draws:
    """Draw integers by SplitMix64 (Steele, Lea, Flood 2014)."""

    def __init__(self, seed):
        self.state = seed

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def between(self, low, high):
        """Return an integer from low to high, both included."""
        return low + self.bits() % (high - low + 1)

    def bell(self, spread):
        """Return an integer around 0 with standard deviation of about spread: a sum of twelve even draws."""
        return sum(self.between(-1000, 1000) for _ in range(12)) * spread // 2000


def tenths(value):
    """Write 123 as 12.3."""
    return f"{value // 10}.{value % 10}"


def houses(count=300, seed=1):
    """Return a table for regression: price in thousands, from size, rooms, age and district."""
    draws = Draws(seed)
    worth = {"centre": 140, "harbour": 90, "hills": 40, "outskirts": 0}
    rows = ["size_m2,rooms,age_years,district,price"]
    for _ in range(count):
        size = draws.between(40, 200)
        rooms = max(1, size // 28 + draws.between(-1, 1))
        age = draws.between(0, 90)
        district = list(worth)[draws.between(0, 3)]
        # In tenths of a thousand; new houses cost more, and space more so in the centre.
        price = 600 + 21 * size + 60 * rooms - 12 * age + 10 * worth[district] + size * worth[district] // 20
        price += draws.bell(150)
        rows.append(f"{size},{rooms},{age},{district},{tenths(max(price, 300))}")
    return rows


def flowers(count=300, seed=2):
    """Return a table for classification: three species of an invented flower; two of them overlap a little."""
    draws = Draws(seed)
    # Means in tenths of a millimetre: petal length, petal width, leaf length, stem; then the sites where it grows.
    species = {
        "velda alba": ((212, 64, 480, 1500), ("meadow", "meadow", "bank")),
        "velda montana": ((266, 91, 440, 1220), ("scree", "scree", "meadow")),
        "velda riparia": ((284, 98, 505, 1420), ("bank", "bank", "meadow")),
    }
    spreads = (18, 9, 40, 160)
    rows = ["petal_length,petal_width,leaf_length,stem,site,species"]
    for i in range(count):
        name = list(species)[i % 3]
        means, sites = species[name]
        cells = [tenths(mean + draws.bell(spread)) for mean, spread in zip(means, spreads)]
        cells.append(sites[draws.between(0, 2)])
        cells.append(name)
        rows.append(",".join(cells))
    return rows


def tags(count=700, words=5, seed=3):
    """Return a table of passages from a running text: its words, and the part of speech of each; many words are of several."""
    draws = Draws(seed)
    parts = {
        "determiner": ("the", "a"),
        "adjective": ("light", "dark", "fast"),
        "noun": ("dog", "man", "walk", "rest", "light", "dark"),
        "verb": ("sees", "walk", "rest", "light", "fast"),
    }

    def phrase():
        return ["determiner", "adjective", "noun"] if draws.between(0, 1) else ["determiner", "noun"]

    text = []
    while len(text) < count * words:
        text += phrase() + ["verb"] + (phrase() if draws.between(0, 1) else [])
    text = [(parts[part][draws.between(0, len(parts[part]) - 1)], part) for part in text]
    rows = [",".join(f"{kind}_{i + 1}" for kind in ("word", "tag") for i in range(words))]
    for first in range(0, count * words, words):
        passage = text[first : first + words]
        rows.append(",".join([word for word, _ in passage] + [part for _, part in passage]))
    return rows


def titanic(count=891, seed=5):
    """Return a table with the columns, the gaps and about the rates of survival of the well-known one; the passengers are invented."""
    draws = Draws(seed)
    families = ("Abbot Barlow Cardew Dunne Eklund Farrow Garland Holm Irvine Jansen Keane Lindqvist Marlow Nolan Oakes Palmer Quist "
                "Rourke Sandell Thorne Ulvik Vance Whitlock Yates").split()
    given = {
        "female": "Ada Beatrice Clara Dora Edith Flora Greta Hanna Ida Johanna Kate Lillian Maud Nora Olga Rose".split(),
        "male": "Albert Bertil Charles Daniel Edward Frank George Hugo Ivar John Karl Leonard Martin Nils Oscar Patrick".split(),
    }
    classes, mean_age, fares = (1, 2, 3), (39, 30, 25), ((2600, 9000), (1050, 3000), (700, 1600))
    women, saved = (434, 413, 293), {"female": (968, 921, 500), "male": (369, 157, 135)}  # in thousandths, by class
    rows = ["PassengerId,Survived,Pclass,Name,Sex,Age,SibSp,Parch,Ticket,Fare,Cabin,Embarked"]
    no_port = {draws.between(1, count), draws.between(1, count)}
    for number in range(1, count + 1):
        at = (0 if (drawn := draws.between(1, 891)) <= 216 else 1 if drawn <= 400 else 2)
        sex = "female" if draws.between(1, 1000) <= women[at] else "male"
        child = draws.between(1, 100) <= (4, 9, 11)[at]
        age = draws.between(1, 14) if child else max(15, min(80, mean_age[at] + draws.bell(13)))
        siblings = (0, 0, 0, 0, 0, 1, 1, 1, 0, 2)[draws.between(0, 9)] + (draws.between(0, 3) if child else 0)
        parents = draws.between(1, 2) if child else (0, 0, 0, 0, 0, 0, 0, 1, 0, 2)[draws.between(0, 9)]
        low, high = fares[at]
        fare = draws.between(low, high) + draws.between(low // 2, low) * (siblings + parents) if draws.between(1, 60) > 1 else 0
        odds = saved[sex][at] + (350 if child and at < 2 else 80 if child else 0) - (60 if siblings + parents > 3 else 0) - age
        survived = 1 if draws.between(1, 1000) <= odds + 30 else 0
        title = ("Miss" if child or draws.between(0, 1) else "Mrs") if sex == "female" else "Master" if child else "Mr"
        name = f"{families[draws.between(0, 23)]}, {title}. {given[sex][draws.between(0, 15)]}"
        ticket = ("", "", "", "PC ", "A/5 ", "C.A. ")[draws.between(0, 5)] + str(draws.between(2000, 392000))
        deck = draws.between(0, 4)
        cabin = f"{'ABCDE'[deck]}{draws.between(1, 120)}" if draws.between(1, 100) <= (81, 9, 2)[at] else ""
        port = "" if number in no_port else "CQS"[0 if (drawn := draws.between(1, 100)) <= (39, 9, 13)[at] else 1 if at == 2 and drawn > 85 else 2]
        shown_age = "" if draws.between(1, 100) <= (14, 6, 28)[at] else str(age)
        rows.append(f'{number},{survived},{classes[at]},"{name}",{sex},{shown_age},{siblings},{parents},{ticket},{fare // 100}.{fare % 100:02},{cabin},{port}')
    return rows


def signs(each=24, seed=4):
    """Return pictures of three signs in dark ink on bright paper, of several sizes, with specks: PNG files by name."""
    draws = Draws(seed)
    inside = {
        "cross": lambda x, y, r: min(abs(x), abs(y)) * 3 <= r and max(abs(x), abs(y)) <= r,
        "disc": lambda x, y, r: x * x + y * y <= r * r,
        "ring": lambda x, y, r: r * r <= 4 * (x * x + y * y) <= 4 * r * r,
    }
    files = {}
    for i in range(each):
        for name, holds in inside.items():
            width, height = draws.between(24, 40), draws.between(24, 40)
            radius = draws.between(8, 11)
            left, top = draws.between(radius, width - radius), draws.between(radius, height - radius)
            rows = []
            for y in range(height):
                bits = [holds(x - left, y - top, radius) != (draws.between(0, 15) == 0) for x in range(width)]
                bits += [False] * (-width % 8)
                rows.append([sum(bit << 7 - b for b, bit in enumerate(bits[x : x + 8])) for x in range(0, len(bits), 8)])
            paper = [draws.between(160, 255) for _ in range(3)]
            ink = [draws.between(0, 95) for _ in range(3)]
            files[f"{name}/{i + 1:02}.png"] = png(width, height, paper + ink, rows)
    return files


def stamps(count=288, each=24, seed=6):
    """Return a table for regression: the price of a stamp, from its condition, its age and the sign on its picture, one of those in signs."""
    draws = Draws(seed)
    worth = {"cross": 90, "disc": 20, "ring": 50}
    keeps = {"mint": 4, "used": 2, "torn": 1}
    rows = ["picture,condition,age,price"]
    for i in range(count):
        sign = list(worth)[i % 3]
        condition = list(keeps)[draws.between(0, 2)]
        age = draws.between(1, 100)
        # A rare sign is worth more on a stamp that has been kept well; unknown ages are rare.
        price = 100 + 3 * worth[sign] * keeps[condition] + 4 * age + draws.bell(20)
        shown = "" if draws.between(1, 20) == 1 else str(age)
        rows.append(f"signs/{sign}/{draws.between(1, each):02}.png,{condition},{shown},{tenths(max(price, 50))}")
    return rows


def png(width, height, palette, rows):
    """Return a PNG file with a bit per pixel. Its rows are stored, not compressed, as every zlib does alike."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    stored = zlib.compress(b"".join(bytes([0] + row) for row in rows), 0)
    header = struct.pack(">IIBBBBB", width, height, 1, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", bytes(palette)), (b"IDAT", stored), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent
    for name, rows in (("houses.csv", houses()), ("flowers.csv", flowers()), ("tags.csv", tags()), ("titanic.csv", titanic()), ("stamps.csv", stamps())):
        (folder / name).write_bytes(("\n".join(rows) + "\n").encode("utf-8"))
    for name, picture in signs().items():
        file = folder / "signs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture)


if __name__ == "__main__":
    main()
