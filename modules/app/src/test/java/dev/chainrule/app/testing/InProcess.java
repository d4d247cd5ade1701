package dev.chainrule.app.testing;

import dev.chainrule.app.Entry;
import dev.chainrule.app.shell.Context;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * The outcome of a command that ran in this process.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
public record InProcess(int code, String out, String err) {
    /** The root of the project. */
    public static final Path ROOT = Path.of(System.getProperty("chainrule.root"));

    /** Run a command without any environment, at a fixed time. */
    public static InProcess run(String... args) {
        return run(Map.of(), args);
    }

    /** Run a command in an environment, at a fixed time. */
    public static InProcess run(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Entry.execute(context(out, err, environment), args);
        return new InProcess(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Return a context without any environment, whose output is lost. */
    public static Context context() {
        return context(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of());
    }

    public static Context context(
            ByteArrayOutputStream out, ByteArrayOutputStream err, Map<String, String> environment) {
        return new Context(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));
    }
}
