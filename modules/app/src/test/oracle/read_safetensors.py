#!/usr/bin/env python3
"""Read safetensors files, such as a run's model.safetensors, strictly and with the standard library only.

    python3 read_safetensors.py runs/mnist/.../model.safetensors

Prints a line for each tensor: name, dtype, shape and the sum of its elements (correctly rounded, to compare with others).
Exits with 1 and says what is wrong where a file breaks the format: eight bytes of header length, little-endian; a JSON header
padded with spaces to a multiple of eight; then the tensors' elements, little-endian, without gaps or overlaps to the end.
As a module: tensors, metadata = read(path).
"""

import json
import math
import struct
import sys
from array import array

DTYPES = {"F32": ("f", 4), "F64": ("d", 8)}
LARGEST_HEADER = 100_000_000


class Broken(Exception):
    """Say what is wrong with a file."""


def require(condition, message):
    if not condition:
        raise Broken(message)


def unique(pairs):
    require(len(dict(pairs)) == len(pairs), "the header names a key twice")
    return dict(pairs)


def read(path):
    """Return ({name: (dtype, shape, array of elements)}, {key: text})."""
    with open(path, "rb") as file:
        content = file.read()
    require(len(content) >= 8, f"{len(content)} bytes, at least 8 are required")
    (length,) = struct.unpack("<Q", content[:8])
    require(length <= LARGEST_HEADER, f"a header of {length} bytes is too large")
    require(8 + length <= len(content), f"a header of {length} bytes, {len(content) - 8} follow")
    require(length % 8 == 0, f"a header of {length} bytes, a multiple of 8 is required")
    text, body = content[8 : 8 + length], content[8 + length :]
    require(text[:1] == b"{", "the header does not begin with '{'")
    require(text.rstrip(b" ").endswith(b"}"), "the header is padded with something else than spaces")
    try:
        header = json.loads(text.decode("utf-8"), object_pairs_hook=unique)
    except ValueError as e:
        raise Broken(f"the header is no JSON in UTF-8: {e}") from e
    metadata = header.pop("__metadata__", {})
    require(
        isinstance(metadata, dict) and all(isinstance(value, str) for value in metadata.values()),
        "__metadata__ is not a mapping of texts",
    )
    tensors = {name: tensor(name, description, body) for name, description in header.items()}
    end = 0
    for name, description in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, stop = description["data_offsets"]
        require(begin == end, f"{name} begins at byte {begin}, {end} is required")
        end = stop
    require(end == len(body), f"the tensors end at byte {end} of {len(body)}")
    return tensors, metadata


def tensor(name, description, body):
    require(isinstance(description, dict), f"{name} is no mapping")
    keys = sorted(description)
    require(keys == ["data_offsets", "dtype", "shape"], f"{name} has the keys {keys}")
    dtype, shape, offsets = description["dtype"], description["shape"], description["data_offsets"]
    require(dtype in DTYPES, f"{name} has the unknown dtype {dtype}")
    for value in (shape, offsets):
        whole = isinstance(value, list) and all(type(n) is int and n >= 0 for n in value)
        require(whole, f"{name} has {value} where whole numbers are required")
    require(len(offsets) == 2, f"{name} has {len(offsets)} offsets")
    code, size = DTYPES[dtype]
    begin, end = offsets
    need = size * math.prod(shape)
    require(end - begin == need, f"{name} has {end - begin} bytes, {dtype} {shape} needs {need}")
    require(end <= len(body), f"{name} ends at byte {end} of {len(body)}")
    elements = array(code, body[begin:end])
    if sys.byteorder == "big":
        elements.byteswap()
    return dtype, shape, elements


def main(paths):
    if not paths:
        print("usage: read_safetensors.py FILE...", file=sys.stderr)
        return 2
    code = 0
    for path in paths:
        try:
            tensors, _ = read(path)
        except Broken as e:
            print(f"{path}: {e}", file=sys.stderr)
            code = 1
            continue
        for name, (dtype, shape, elements) in tensors.items():
            print(name, dtype, "x".join(map(str, shape)), repr(math.fsum(elements)))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
