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

/** Read one YAML document to nodes. */
public final class ConfigReader {
    /** Beyond this a config holds data, which has files of its own; it also bounds what a hostile file can cost. */
    private static final int MOST_BYTES = 16 << 20;

    private ConfigReader() {}

    /**
     * Read a file.
     *
     * @param problems modified: receives what is wrong
     * @return the document, as far as it could be read; empty if nothing could
     */
    public static Optional<ConfigNode> read(Path file, Problems problems) {
        return bytes(file, problems).flatMap(bytes -> read(file.toString(), bytes, problems));
    }

    /**
     * Return what a file holds.
     *
     * @param problems modified: receives why it cannot be read
     */
    public static Optional<byte[]> bytes(Path file, Problems problems) {
        return bytes(file, TimeLimit.SECONDS, problems);
    }

    /** Wait for a pipe's writer so many seconds. */
    static Optional<byte[]> bytes(Path file, long seconds, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                problems.add(Problem.error("'" + file + "' is a directory, a config is a file", "Name a file in it."));
            } else if (!Files.exists(file)) {
                problems.add(Problem.error("there is no file '" + file + "'", whereLooked(file)));
            } else {
                // A pipe or a device does not say how much it holds.
                byte[] bytes = Files.isRegularFile(file)
                        ? upTo(MOST_BYTES + 1, file)
                        : TimeLimit.within(seconds, () -> upTo(MOST_BYTES + 1, file));
                if (bytes.length <= MOST_BYTES) {
                    return Optional.of(bytes);
                }
                problems.add(Problem.error(
                        "'" + file + "' is larger than 16 MiB",
                        "Keep data in files of its own and name them under data."));
            }
        } catch (TimeoutException e) {
            problems.add(Problem.error(
                    "'" + file + "' is a pipe or device, and nothing was read from it to its end within " + seconds
                            + " seconds",
                    "Start what writes it first, or name a file."));
        } catch (IOException e) {
            problems.add(Problem.error("'" + file + "' cannot be read", "Check its permissions.")
                    .causedBy(e));
        }
        return Optional.empty();
    }

    /** Read bytes in UTF-8; {@code name} is what messages show. */
    public static Optional<ConfigNode> read(String name, byte[] bytes, Problems problems) {
        return attempt(() -> EventReader.read(ConfigText.decode(name, bytes), problems), problems);
    }

    /** Read a text; {@code name} is what messages show. */
    public static Optional<ConfigNode> read(String name, String text, Problems problems) {
        return attempt(() -> EventReader.read(ConfigText.check(Source.of(name, text), text), problems), problems);
    }

    /**
     * Read one value, which may be nothing.
     *
     * @param source what messages quote
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
