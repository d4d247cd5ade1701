package dev.chainrule.app.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compare a text with a file below {@code src/test/resources/golden}. {@code -Dgolden.update=true} writes the file instead: look
 * at the difference before committing it.
 */
public final class GoldenFile {
    private static final Path ROOT = Path.of("src/test/resources/golden");

    private GoldenFile() {}

    /** Fail, showing both texts, unless the file holds the text. */
    public static void check(String name, String actual) {
        Path file = ROOT.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            String expected = Files.exists(file) ? Files.readString(file) : "(there is no file " + file + ")";
            assertEquals(expected, actual, () -> "unlike " + file + " (rewrite it with -Dgolden.update=true)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the names of a folder's files that end so, sorted, without the ending. */
    public static List<String> names(String folder, String ending) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the content of a file. */
    public static String read(String name) {
        try {
            return Files.readString(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
