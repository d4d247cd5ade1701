"""Read the system calls of a command from strace -f -y -xx -s 16777216 -e trace=CALLS."""

import os
import re

CALLS = ("open,openat,creat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,fallocate,lseek,fsync,fdatasync,rename,renameat,"
         "renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,mkdir,mkdirat,rmdir,dup,dup2,dup3,mmap,sendfile,copy_file_range,splice,"
         "io_uring_setup,sync_file_range")
LINE = re.compile(r"(\d+) +(?:(\w+)\((.*)|<\.\.\. \w+ resumed>(.*)|\+\+\+ exited with (\d+) \+\+\+)$")
UNFINISHED = " <unfinished ...>"
RESULT = re.compile(r"\) += (-?\d+)[^\"]*$")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
DESCRIPTOR = re.compile(r"(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")
REMOVED = " (deleted)"


class Call:
    """A system call; began and ended are numbers of lines of the trace, ended and result None if it never returned."""

    def __init__(self, number, name, rest):
        self.name, self.rest, self.began, self.ended, self.result = name, rest, number, None, None

    def end(self, number, rest):
        self.rest += rest
        result = RESULT.search(self.rest)
        if result:
            self.ended, self.result = number, int(result.group(1))
            self.rest = self.rest[:result.start()]

    @property
    def words(self):
        """The arguments as they stand; none in quotes has a comma, since strace shows all texts in hexadecimal."""
        return [word.strip() for word in self.rest.split(",")]

    @property
    def text(self):
        """The bytes of the first argument in quotes."""
        return unhex(TEXT.search(self.rest).group(1))

    @property
    def descriptor(self):
        """The number of the first argument, a descriptor."""
        return int(re.match(r"\d+", self.rest).group())

    def paths(self):
        """Return the path of every argument that has one: a text from the folder of its descriptor on, and a descriptor without one."""
        found, folder = [], None
        for word in self.words:
            text, descriptor = TEXT.fullmatch(word), DESCRIPTOR.match(word)
            if descriptor:
                folder = os.fsdecode(unhex(descriptor.group(2)))
                if descriptor.group(1) != "AT_FDCWD" and not self.name.endswith("at") and not folder.endswith(REMOVED):
                    found.append(folder)
            elif text and "write" not in self.name:
                found.append(os.path.normpath(os.path.join(folder or os.getcwd(), os.fsdecode(unhex(text.group(1))))))
        return found


def unhex(text):
    return bytes.fromhex(text.replace("\\x", ""))


def read(path):
    """Return the calls, and the exit code of the first process; None if it has none."""
    calls, begun, code, first = [], {}, None, None
    with open(path, encoding="ascii") as lines:
        for number, line in enumerate(lines, 1):
            match = LINE.match(line)
            if not match:
                continue
            thread, name, rest, resumed, exited = match.groups()
            first = first or thread
            if exited and thread == first:
                code = int(exited)
            elif resumed and thread in begun:
                begun.pop(thread).end(number, resumed)
            elif name:
                calls.append(Call(number, name, rest.removesuffix(UNFINISHED)))
                if rest.endswith(UNFINISHED):
                    begun[thread] = calls[-1]
                else:
                    calls[-1].end(number, "")
    return calls, code
