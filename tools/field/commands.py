"""Commands of pipeline.jar, all in one JVM: a run of a small table takes less time than the start of a JVM."""

import os
import subprocess
import tempfile
from pathlib import Path


class Commands:
    """The JVM. Call it with a command and its arguments."""

    def __init__(self, jar, folder):
        source = Path(__file__).with_name("Commands.java")
        java = ["java", "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector", "-cp", jar, source]
        self.said = tempfile.TemporaryFile("w+")
        self.jvm = subprocess.Popen(
            list(map(str, java)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
            cwd=folder,
            env=os.environ | {"NO_COLOR": "1"},
        )

    def __call__(self, *args):
        """Run a command; return its exit code and its output."""
        self.said.seek(0)
        self.said.truncate()
        self.jvm.stdin.write("\t".join(map(str, args)) + "\n")
        self.jvm.stdin.flush()
        code = int(self.jvm.stdout.readline())
        self.said.seek(0)
        return code, self.said.read()
