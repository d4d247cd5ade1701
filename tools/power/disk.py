"""A folder on a disk that loses power: what is on the disk, and what was done since and may be lost.

The model, that of POSIX and of "All File Systems Are Not Created Equal" (Pillai et al., OSDI 2014, section 3), with atomic renames:

    a write             is kept, lost, zeros of its length, or its first half; writes behind a lost one may be kept all the same
    a truncation        is kept or lost
    a name              that is created, removed or given by a rename is kept or lost; a rename is both its names at once,
                        unless they are in two folders
    fsync of a file     keeps all of its writes and truncations that had returned, and no name
    fsync of a folder   keeps all names in it that had returned, and no bytes of files
    all else            comes to the disk in any order, or not at all
"""

import os


class NotModelled(Exception):
    """A call that changes files in a way that the model does not have."""


class Node:
    """Something on disk, and its changes since: pairs of a call and the ways in which it may come out, the first being that it is kept."""

    def __init__(self, disk):
        self.disk, self.changes = disk, []

    def force(self, fsync):
        """Keep every change whose call had returned before an fsync began."""
        while self.changes and self.changes[0][0].ended is not None and self.changes[0][0].ended < fsync.began:
            self.disk = self.changes.pop(0)[1][0](self.disk)

    def after(self, choice):
        """Return what is there after a power loss; choice has the place in its list for each change: {(node, place): way}."""
        found = self.disk
        for at, (_, ways) in enumerate(self.changes):
            found = ways[choice[self, at]](found)
        return found


class File(Node):
    """A file; its size is what a program sees."""

    def __init__(self, data=b""):
        super().__init__(data)
        self.size = len(data)

    def write(self, call, offset, data):
        def put(some):
            return lambda disk: disk[:offset].ljust(offset, b"\0") + some + disk[offset + len(some):]
        self.changes.append((call, [put(data), kept, put(bytes(len(data))), put(data[:len(data) // 2])]))
        self.size = max(self.size, offset + len(data))

    def truncate(self, call, size):
        self.changes.append((call, [lambda disk: disk[:size].ljust(size, b"\0"), kept]))
        self.size = size


class Folder(Node):
    """A folder: its nodes by name, and those that a program sees."""

    def __init__(self, nodes=()):
        super().__init__(dict(nodes))
        self.now = dict(nodes)

    def name(self, call, names):
        """Give names to nodes, and take those of None."""
        def change(disk):
            return {name: node for name, node in {**disk, **names}.items() if node}
        self.changes.append((call, [change, kept]))
        self.now = change(self.now)


def kept(disk):
    return disk


def load(path):
    """Return a folder or file as it is, all of it on disk."""
    return Folder({child.name: load(child) for child in path.iterdir()}) if path.is_dir() else File(path.read_bytes())


class Disk:
    """A folder that the calls of a trace change."""

    def __init__(self, folder, before):
        self.folder, self.root, self.descriptors, self.removed = str(folder), load(before), {}, []

    def inside(self, call):
        """Return the paths of a call in the folder, relative to it."""
        return [os.path.relpath(path, self.folder) for path in call.paths() if (path + "/").startswith(self.folder + "/")]

    def node(self, path):
        node = self.root
        for name in [] if path == "." else path.split("/"):
            node = node.now.get(name) if node else None
        return node

    def begin(self, call):
        """Let a call have begun; return whether it changes anything."""
        paths = self.inside(call)
        if not paths or (call.result is not None and call.result < 0):
            return False
        do = getattr(self, "do_" + call.name, None)
        if do is None or call.result is None:
            raise NotModelled(f"{call.name} of {paths} at line {call.began}")
        folder, name = os.path.split(paths[0])
        return bool(do(call, paths[0], self.node(folder or "."), name))

    def end(self, call, forces):
        """Let a call have returned: a descriptor is another file's from then on, and an fsync keeps; return whether it does."""
        if call.name == "openat" and call.result >= 0:
            path = self.inside(call)
            self.descriptors[call.result] = [self.node(path[0]), 0, "O_APPEND" in call.rest] if path else None
        if call.name not in ("fsync", "fdatasync") or call.result != 0 or not self.inside(call):
            return False
        node = self.node(self.inside(call)[0])
        if forces(node):
            node.force(call)
        return True

    def do_openat(self, call, path, folder, name):
        node = self.node(path)
        if node is None:
            folder.name(call, {name: File()})
        elif "O_TRUNC" in call.rest and node.size:
            node.truncate(call, 0)
        else:
            return False
        return True

    def do_lseek(self, call, path, folder, name):
        self.descriptors[call.descriptor][1] = call.result

    def do_write(self, call, path, folder, name):
        opened = self.descriptors[call.descriptor]
        offset = opened[0].size if opened[2] else opened[1]
        opened[1] = offset + call.result
        return self.put(call, path, offset)

    def do_pwrite64(self, call, path, folder, name):
        return self.put(call, path, int(call.words[-1]))

    def put(self, call, path, offset):
        file, data = self.descriptors[call.descriptor][0], call.text
        if file is not self.node(path) or len(data) < call.result:
            raise NotModelled(f"a write to {path} at line {call.began} that cannot be followed")
        file.write(call, offset, data[:call.result])
        return True

    def do_ftruncate(self, call, path, folder, name):
        self.node(path).truncate(call, int(call.words[1]))
        return True

    def do_mkdir(self, call, path, folder, name):
        folder.name(call, {name: Folder()})
        return True

    def do_unlink(self, call, path, folder, name):
        folder.name(call, {name: None})
        self.removed.append(path)
        return True

    def do_rename(self, call, path, folder, name):
        to = self.inside(call)[1:]
        if not to:
            raise NotModelled(f"a rename out of the folder: {path} at line {call.began}")
        other, given = os.path.split(to[0])
        node, receiver = folder.now[name], self.node(other or ".")
        if receiver is folder:
            folder.name(call, {name: None, given: node})
        else:
            folder.name(call, {name: None})
            receiver.name(call, {given: node})
        return True

    def do_rmdir(self, call, path, folder, name):
        folder.name(call, {name: None})
        return True

    def do_mmap(self, call, path, folder, name):
        if "PROT_WRITE" in call.rest and "MAP_SHARED" in call.rest:
            raise NotModelled(f"mmap of {path} to write, at line {call.began}")

    def do_fsync(self, call, path, folder, name):
        return False

    do_fdatasync = do_dup = do_fsync

    def changes(self):
        """Return every change that may be lost: node, place in its list, and the number of ways in which it may come out."""
        found, nodes, seen = [], [self.root], set()
        while nodes:
            node = nodes.pop()
            if node not in seen:
                seen.add(node)
                found += [(node, at, len(ways)) for at, (_, ways) in enumerate(node.changes)]
                if isinstance(node, Folder):
                    nodes += list(node.disk.values()) + list(node.now.values())
                    nodes += [inner for _, ways in node.changes for inner in ways[0]({}).values()]
        return found

    def tree(self, choice):
        """Return {path: bytes, or None for a folder} after a power loss."""
        found, nodes = {}, [(".", self.root)]
        while nodes:
            path, node = nodes.pop()
            there = node.after(choice)
            found[path] = there if isinstance(node, File) else None
            if isinstance(node, Folder):
                nodes += [(os.path.normpath(os.path.join(path, name)), inner) for name, inner in there.items()]
        return found
