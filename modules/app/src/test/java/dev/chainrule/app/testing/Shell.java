package dev.chainrule.app.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.Entry;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.engine.files.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Execute commands within this process, on files of a folder that tests and their golden files call {@code /demo}, with a clock
 * that stands still; the working directory, which a process cannot change, is {@code /here}.
 */
public final class Shell {
    public static final String DEMO = "/demo";

    /** Text that must never reach a user: stack traces, names of classes and packages. */
    private static final Pattern INTERNALS = Pattern.compile(
            "\\bat dev\\.|Exception|\\bjava\\.|\\bjavax\\.|(?<!META-INF/services/)dev\\.chainrule|picocli|com\\.google");

    private static final Pattern PLUGIN = Pattern.compile("(?m)^plugin: .*\\R");

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();

    public Shell(Path folder) {
        this.folder = folder;
        // A cache that is never there, so that no test depends on the machine's.
        environment.put("XDG_CACHE_HOME", DEMO + "/cache");
        environment.put("XDG_CONFIG_HOME", DEMO + "/config");
    }

    /**
     * The outcome of a command.
     *
     * @param out standard output
     * @param err standard error, without the lines about plugins
     * @param plugins the lines that say which plugins run
     */
    public record Result(int code, String out, String err, List<String> plugins) {
        /** Require that the command succeeded; return it. */
        public Result done() {
            assertEquals(ExitCode.DONE, code, () -> out + err);
            assertEquals("", err);
            return this;
        }

        /** Require that the command failed with this code, in words fit for its user; return its output. */
        public String failed(int expected) {
            assertEquals(expected, code, () -> out + err);
            assertFalse(INTERNALS.matcher(err).find(), () -> "internals in: " + err);
            return err;
        }
    }

    /** Set an environment variable. */
    public Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Execute a command. */
    public Result execute(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> variables = new TreeMap<>();
        environment.forEach((name, value) -> variables.put(name, real(value)));
        Context context = new Context(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                variables,
                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
        int code = Entry.execute(context, Stream.of(args).map(this::real).toArray(String[]::new));
        context.out().flush();
        String said = shown(err.toString(StandardCharsets.UTF_8));
        return new Result(
                code,
                shown(out.toString(StandardCharsets.UTF_8)),
                PLUGIN.matcher(said).replaceAll(""),
                PLUGIN.matcher(said).results().map(line -> line.group().strip()).toList());
    }

    /** Let a plugin run although only a run names it. */
    public Shell trust(String jar) {
        done("plugins", "trust", DEMO + "/" + jar);
        return this;
    }

    /** Execute a command that must succeed. */
    public Result done(String... args) {
        return execute(args).done();
    }

    /** Return the path of a file. */
    public Path at(String name) {
        return folder.resolve(name);
    }

    /** Write a text, {@code /demo} in it meaning the folder. */
    public Shell file(String name, String text) {
        return file(name, real(text).getBytes(StandardCharsets.UTF_8));
    }

    /** Write bytes. */
    public Shell file(String name, byte[] bytes) {
        try {
            if (Files.isDirectory(at(name))) {
                delete(name);
            }
            Files.createDirectories(at(name).getParent());
            Files.write(at(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Return the content of a file. */
    public String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** Return the content of a JSON file. */
    public Map<?, ?> json(String name) {
        return (Map<?, ?>) JsonReader.read(text(name));
    }

    /** Return the last of a file's lines of JSON. */
    public Map<?, ?> lastJson(String name) {
        return (Map<?, ?>)
                JsonReader.read(text(name).lines().reduce((first, last) -> last).orElseThrow());
    }

    /** Return the content of a file. */
    public byte[] bytes(String name) {
        try {
            return Files.readAllBytes(at(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the names of a folder's files, sorted. */
    public List<String> names(String folder) {
        try (Stream<Path> files = Files.list(at(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copy a folder's files, in place of what was there. */
    public Shell copy(String from, String to) {
        delete(to);
        try (Stream<Path> files = Files.walk(at(from))) {
            for (Path file : files.toList()) {
                Files.copy(file, at(to).resolve(at(from).relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Replace a text in a file, which must be there. */
    public Shell edit(String name, String from, String to) {
        String text = text(name);
        assertTrue(text.contains(from), () -> from + " in " + text);
        return file(name, text.replace(from, to));
    }

    public Shell append(String name, String more) {
        return file(name, text(name) + more);
    }

    /** Move a file or a folder into a folder that need not be there. */
    public Shell move(String from, String to) {
        try {
            Files.createDirectories(at(to).getParent());
            Files.move(at(from), at(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Shell link(String link, String target) {
        try {
            Files.createSymbolicLink(at(link), at(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Delete a file, or a folder with all that is in it. */
    public void delete(String name) {
        if (Files.exists(at(name))) {
            try (Stream<Path> files = Files.walk(at(name))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String real(String text) {
        return text.replace(DEMO, folder.toString());
    }

    private String shown(String text) {
        return text.replace(folder.toString(), DEMO)
                .replace(Path.of("").toAbsolutePath().toString(), "/here");
    }
}
