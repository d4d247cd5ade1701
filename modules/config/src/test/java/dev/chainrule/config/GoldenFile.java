package dev.chainrule.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compare a text with a file below {@code src/test/resources}. {@code -Dgolden.update=true} writes the file instead: look at
 * the difference before committing it.
 */
public final class GoldenFile {
    private static final Path ROOT = Path.of("src/test/resources");

    private GoldenFile() {}

    /** Return the path of a golden file or folder. */
    public static Path at(String name) {
        return ROOT.resolve(name);
    }

    /** Fail, showing both texts, unless the file holds the text. */
    public static void check(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        String expected = Files.exists(file) ? Files.readString(file) : "(there is no file " + file + ")";
        assertEquals(expected, actual, () -> "unlike " + file + " (rewrite it with -Dgolden.update=true)");
    }
}
