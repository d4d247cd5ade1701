package dev.chainrule.config.node;

import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import dev.chainrule.config.TimeLimit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A reader of one YAML document to nodes. */
public final class ConfigReader {
    /**
     * A larger config contains data, which belongs in a separate file; the limit also bounds the cost of a hostile
     * file.
     */
    private static final int MOST_BYTES = 16 << 20;

    private ConfigReader() {}

    /**
     * Read a file.
     *
     * @param problems modified: receives the problems found
     * @return the document, as far as it could be read; empty if nothing could be read
     */
    public static Optional<ConfigNode> read(Path file, Problems problems) {
        return bytes(file, problems).flatMap(bytes -> read(file.toString(), bytes, problems));
    }

    /**
     * Return the contents of a file.
     *
     * @param problems modified: receives the reason if it cannot be read
     */
    public static Optional<byte[]> bytes(Path file, Problems problems) {
        return bytes(file, TimeLimit.SECONDS, problems);
    }

    /** Return the contents of a file, waiting at most {@code seconds} for a pipe's writer. */
    static Optional<byte[]> bytes(Path file, long seconds, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                problems.add(Problem.error("'" + file + "' is a directory, not a config file", "Give a file in it."));
            } else if (!Files.exists(file)) {
                problems.add(Problem.error("there is no file '" + file + "'", whereLooked(file)));
            } else {
                // A pipe or a device does not report its size.
                byte[] bytes = Files.isRegularFile(file)
                        ? upTo(MOST_BYTES + 1, file)
                        : TimeLimit.within(seconds, () -> upTo(MOST_BYTES + 1, file));
                if (bytes.length <= MOST_BYTES) {
                    return Optional.of(bytes);
                }
                problems.add(Problem.error(
                        "'" + file + "' is larger than 16 MiB",
                        "Keep data in separate files and list them under data."));
            }
        } catch (TimeoutException e) {
            problems.add(Problem.error(
                    "'" + file + "' is a pipe or device that did not end within " + seconds + " seconds",
                    "Start the program that writes to it first, or give a file."));
        } catch (IOException e) {
            problems.add(Problem.error("'" + file + "' cannot be read", "Check its permissions.")
                    .causedBy(e));
        }
        return Optional.empty();
    }

    /** Read bytes in UTF-8; messages show {@code name}. */
    public static Optional<ConfigNode> read(String name, byte[] bytes, Problems problems) {
        return attempt(() -> EventReader.read(ConfigText.decode(name, bytes), problems), problems);
    }

    /** Read a text; messages show {@code name}. */
    public static Optional<ConfigNode> read(String name, String text, Problems problems) {
        return attempt(() -> EventReader.read(ConfigText.check(Source.of(name, text), text), problems), problems);
    }

    /**
     * Read one value, which may be null.
     *
     * @param source the lines that messages quote
     * @param text with as many lines and columns before the value as the source has
     */
    public static Optional<ConfigNode> readValue(Source source, String text, Problems problems) {
        return attempt(() -> EventReader.readValue(ConfigText.check(source, text), problems), problems);
    }

    private static byte[] upTo(int most, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        }
    }

    private static String whereLooked(Path file) {
        return file.isAbsolute()
                ? "Check the path."
                : "Looked in " + Path.of("").toAbsolutePath() + ".";
    }

    private interface Reading {
        ConfigNode read();
    }

    private static Optional<ConfigNode> attempt(Reading reading, Problems problems) {
        try {
            return Optional.of(reading.read());
        } catch (Unreadable e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }
}
