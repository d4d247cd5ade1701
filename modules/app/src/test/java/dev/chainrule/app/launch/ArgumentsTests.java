package dev.chainrule.app.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArgumentsTests {
    @TempDir
    private Path folder;

    @Test
    void reachable_openFile_getsTheNameThatAChildFindsItBy() throws IOException {
        Path file = Files.writeString(folder.resolve("open"), "text");
        try (InputStream in = Files.newInputStream(file)) {
            String number = number(file);
            String child = "/proc/" + ProcessHandle.current().pid() + "/fd/" + number;
            String[] args = {
                "run",
                "/dev/fd/" + number,
                "--set",
                "data.train.file=/dev/fd/" + number,
                "a/dev/fd/" + number,
                "/dev/fd/x"
            };
            assertArrayEquals(
                    new String[] {"run", child, "--set", "data.train.file=" + child, "a/dev/fd/" + number, "/dev/fd/x"},
                    Arguments.reachable(args));
            assertEquals("text", Files.readString(Path.of(child)));
            assertEquals('t', in.read());
        }
    }

    /** Return the number by which this process has a file open. */
    private static String number(Path file) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(link -> leadsTo(link, file))
                    .findFirst()
                    .orElseThrow()
                    .getFileName()
                    .toString();
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file.toRealPath());
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
