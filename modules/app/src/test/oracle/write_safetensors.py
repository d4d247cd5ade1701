#!/usr/bin/env python3
"""Write a safetensors file with the standard library only: what a run can begin with.

    python3 write_safetensors.py FILE NAME DTYPE ROWSxCOLUMNS SEED [NAME DTYPE SHAPE SEED ...]

DTYPE is F32 or F64, SHAPE 3x2 or 3; the elements are sin(SEED + place). Tensors lie in the order given, without metadata.
"""

import json
import math
import struct
import sys

CODES = {"F32": ("f", 4), "F64": ("d", 8)}


def main(path, *words):
    header, body = {}, b""
    for name, dtype, text, seed in zip(*[iter(words)] * 4):
        code, size = CODES[dtype]
        shape = [int(side) for side in text.split("x")]
        count = math.prod(shape)
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(body), len(body) + size * count]}
        body += struct.pack(f"<{count}{code}", *(math.sin(float(seed) + place) for place in range(count)))
    text = json.dumps(header).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        print("usage: write_safetensors.py FILE NAME DTYPE SHAPE SEED ...", file=sys.stderr)
        sys.exit(2)
    main(*sys.argv[1:])
