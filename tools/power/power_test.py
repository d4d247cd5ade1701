#!/usr/bin/env python3
"""Test the states that power.py builds, on traces written by hand: python3 power_test.py."""

import json
import random
import shutil
import tempfile
import unittest
from pathlib import Path

from disk import Disk, NotModelled
from power import States, build, choose

HELD = "/d"


def hexa(text):
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def opened(path, flags="O_WRONLY|O_CREAT", descriptor=5):
    return f'openat(AT_FDCWD<{hexa("/")}>, "{hexa(path)}", {flags}, 0666) = {descriptor}<{hexa(path)}>'


def wrote(path, data, descriptor=5):
    return f'write({descriptor}<{hexa(path)}>, "{hexa(data)}", {len(data)}) = {len(data)}'


def forced(path):
    return f"fsync(6<{hexa(path)}>) = 0"


def renamed(old, new):
    return f'rename("{hexa(old)}", "{hexa(new)}") = 0'


class PowerTest(unittest.TestCase):

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.number = 0

    def states(self, *calls, before=None, bound=1000, forces=lambda node: True):
        """Return {tree: last moment} after calls, all of one thread unless they begin with its number."""
        self.number += 1
        place = self.folder / str(self.number)
        (place / "before").mkdir(parents=True)
        for name, data in (before or {}).items():
            (place / "before" / name).write_bytes(data)
        lines = [call if call[0].isdigit() else f"1 {call}" for call in calls] + ["1 +++ exited with 0 +++"]
        (place / "trace").write_text("\n".join(lines) + "\n", encoding="ascii")
        states = States(place / "out", bound, 1)
        build(place / "trace", Disk(HELD, place / "before"), states, forces)
        bytes_of = {sha: data for data, sha in states.known.items()}
        found = {}
        for tree, moment in states.found.items():
            files = {path: bytes_of[sha] for path, sha in json.loads(tree).items() if sha}
            found[tuple(sorted(files.items()))] = moment
        self.counts = (states.moments, states.exhaustive)
        return found

    def last(self, *calls, **given):
        """Return the trees that are possible after the last call."""
        return {tree for tree, moment in self.states(*calls, **given).items() if moment["exit"] == 0}

    def test_write_unforced_isKeptLostZeroedOrHalf(self):
        self.assertEqual(self.last(opened("/d/a"), wrote("/d/a", "wxyz")),
                         {(), (("a", b""),), (("a", b"wxyz"),), (("a", bytes(4)),), (("a", b"wx"),)})

    def test_write_forcedInForcedFolder_isKept(self):
        self.assertEqual(self.last(opened("/d/a"), wrote("/d/a", "wx"), forced("/d/a"), forced("/d")), {(("a", b"wx"),)})

    def test_write_forcedInUnforcedFolder_mayLackItsName(self):
        self.assertEqual(self.last(opened("/d/a"), wrote("/d/a", "wx"), forced("/d/a")), {(), (("a", b"wx"),)})

    def test_write_behindLostOne_followsZeros(self):
        found = self.last(opened("/d/a"), forced("/d"), wrote("/d/a", "w"), wrote("/d/a", "x"))
        self.assertEqual(found, {(("a", data),) for data in (b"", b"w", b"wx", b"w\0", b"\0", b"\0x", b"\0\0")})

    def test_append_followsWhatIsThere(self):
        found = self.last(opened("/d/a", "O_WRONLY|O_APPEND"), wrote("/d/a", "x"), forced("/d/a"), before={"a": b"w"})
        self.assertEqual(found, {(("a", b"wx"),)})

    def test_truncation_unforced_isKeptOrLost(self):
        self.assertEqual(self.last(opened("/d/a", "O_WRONLY|O_TRUNC"), before={"a": b"w"}), {(("a", b""),), (("a", b"w"),)})

    def test_rename_unforced_isBothNamesOrNeither(self):
        self.assertEqual(self.last(renamed("/d/a", "/d/b"), before={"a": b"w", "b": b"x"}),
                         {(("b", b"w"),), (("a", b"w"), ("b", b"x"))})

    def test_rename_toAnotherFolder_isEachNameByItself(self):
        made = f'mkdir("{hexa("/d/in")}", 0777) = 0'
        renaming = [made, opened("/d/in/k"), forced("/d/in"), forced("/d"), renamed("/d/a", "/d/in/b")]
        old, new, there = ("a", b"w"), ("in/b", b"w"), ("in/k", b"")
        self.assertEqual(self.last(*renaming, before={"a": b"w"}), {(old, there), (there,), (new, there), (old, new, there)})
        self.assertEqual(self.last(*renaming, forced("/d/in"), forced("/d"), before={"a": b"w"}), {(new, there)})

    def test_folder_removed_isKeptOrLost(self):
        made = f'mkdir("{hexa("/d/in")}", 0777) = 0'
        found = self.last(made, opened("/d/in/a"), forced("/d/in"), forced("/d"), f'unlink("{hexa("/d/in/a")}") = 0',
                          f'rmdir("{hexa("/d/in")}") = 0')
        self.assertEqual(found, {(), (("in/a", b""),)})

    def test_rename_ofUnforcedFile_mayLeaveItEmpty(self):
        found = self.last(opened("/d/.a"), wrote("/d/.a", "wx"), renamed("/d/.a", "/d/a"), before={"a": b"old"})
        self.assertIn((("a", b""),), found)

    def test_names_maySurviveInAnyOrder(self):
        removed = f'unlink("{hexa("/d/old")}") = 0'
        found = self.last(opened("/d/.new"), renamed("/d/.new", "/d/new"), removed, before={"old": b"w"})
        self.assertIn((), found)
        self.assertIn((("new", b""), ("old", b"w")), found)

    def test_folder_unforced_isLostWithAllThatIsInIt(self):
        made = f'mkdir("{hexa("/d/in")}", 0777) = 0'
        calls = [made, opened("/d/in/a"), wrote("/d/in/a", "w"), forced("/d/in/a"), forced("/d/in")]
        self.assertEqual(self.last(*calls), {(), (("in/a", b"w"),)})
        self.assertEqual(self.last(*calls, forced("/d")), {(("in/a", b"w"),)})

    def test_fsync_keepsOnlyWhatHadReturned(self):
        found = self.last(opened("/d/a"), forced("/d"), f"2 fsync(6<{hexa('/d/a')}> <unfinished ...>", wrote("/d/a", "w"),
                          "2 <... fsync resumed>) = 0")
        self.assertEqual(found, {(("a", b""),), (("a", b"w"),), (("a", b"\0"),)})

    def test_fsync_failed_keepsNothing(self):
        found = self.last(opened("/d/a"), forced("/d"), wrote("/d/a", "w"), f"fsync(6<{hexa('/d/a')}>) = -1 EIO (error)")
        self.assertIn((("a", b""),), found)

    def test_brokenDisk_keepsNothing(self):
        self.assertIn((), self.last(opened("/d/a"), forced("/d"), forces=lambda node: False))

    def test_descriptor_reused_isTheNewFile(self):
        found = self.last(opened("/d/a"), wrote("/d/a", "w"), opened("/d/b"), wrote("/d/b", "x"), forced("/d/a"), forced("/d/b"), forced("/d"))
        self.assertEqual(found, {(("a", b"w"), ("b", b"x"))})

    def test_moment_hasWhatWasPrintedAndRemovedBefore(self):
        found = self.states(f'write(1<{hexa("/dev/pts/0")}>, "{hexa("hello")}", 5) = 5', f'unlink("{hexa("/d/a")}") = 0', forced("/d"),
                            before={"a": b"w"})
        self.assertEqual(found[()], {"line": None, "printed": "hello", "exit": 0, "removed": ["a"]})
        self.assertEqual(found[(("a", b"w"),)], {"line": 2, "printed": "hello", "exit": None, "removed": ["a"]})

    def test_callsElsewhere_changeNothing(self):
        self.states(opened("/e/a"), wrote("/e/a", "w"), opened("/d/none", "O_RDONLY").split(" = ")[0] + " = -1 ENOENT (none)")
        self.assertEqual(self.counts, (1, 1))

    def test_unknownCalls_areErrors(self):
        for call in (f'link("{hexa("/d/a")}", "{hexa("/d/b")}") = 0', f'rename("{hexa("/d/a")}", "{hexa("/e/b")}") = 0',
                     f"mmap(NULL, 1, PROT_READ|PROT_WRITE, MAP_SHARED, 5<{hexa('/d/a')}>, 0) = 0x7f"):
            with self.assertRaises(NotModelled, msg=call):
                self.states(call, before={"a": b"w"})

    def test_choices_aboveBound_haveEachChangeAlone(self):
        chosen = choose([2] * 10, 50, random.Random(1))
        self.assertEqual(len(set(chosen)), 50)
        self.assertLessEqual({(0,) * 10, (1,) * 10, (1,) + (0,) * 9, (0,) + (1,) * 9}, set(chosen))
        self.assertEqual(len(choose([2, 4], 8, None)), 8)


if __name__ == "__main__":
    unittest.main()
