package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrustedJarsTests {
    private static final int WRITERS = 8;
    private static final int JARS = 10;

    @TempDir
    private Path folder;

    @Test
    void add_byManyAtOnce_losesNothing() throws Exception {
        Path file = folder.resolve("chainrule/trusted-plugins");
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Callable<Boolean>> writers = IntStream.range(0, WRITERS)
                    .<Callable<Boolean>>mapToObj(writer -> () -> IntStream.range(0, JARS)
                            .allMatch(jar -> TrustedJars.add(file, hash(writer * JARS + jar), jar + ".jar")))
                    .toList();
            for (Future<Boolean> added : threads.invokeAll(writers)) {
                assertTrue(added.get());
            }
        } finally {
            threads.shutdown();
        }
        Set<String> all = IntStream.range(0, WRITERS * JARS)
                .mapToObj(TrustedJarsTests::hash)
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> lines = Files.readAllLines(file);
        assertEquals(all, lines.stream().map(line -> line.substring(0, 64)).collect(Collectors.toSet()));
        assertEquals(all.size(), lines.size());
    }

    @Test
    void add_fileIsALink_keepsTheLinkAndThePermissions() throws IOException {
        Path real = Files.writeString(folder.resolve("mine"), "# mine, without an end of line");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
        Path file = Files.createSymbolicLink(folder.resolve("trusted-plugins"), real);
        assertTrue(TrustedJars.add(file, hash(1), "a\nb.jar"));
        assertFalse(TrustedJars.add(file, hash(1), "again.jar"));
        assertTrue(Files.isSymbolicLink(file));
        assertEquals("# mine, without an end of line\n" + hash(1) + "  a?b.jar\n", Files.readString(real));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(real)));
    }

    private static String hash(int number) {
        return "0".repeat(60) + (1000 + number);
    }
}
