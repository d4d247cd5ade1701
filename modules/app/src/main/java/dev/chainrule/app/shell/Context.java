package dev.chainrule.app.shell;

import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.compose.Secrets;
import dev.chainrule.engine.data.Datasets;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hold what the program meets outside itself, so that tests can give another.
 *
 * @param out standard output; control characters in the texts it is given are shown, not sent
 * @param err standard error, likewise
 * @param environment the environment's variables
 * @param clock tells the time for names and records
 */
public record Context(PrintStream out, PrintStream err, Map<String, String> environment, Clock clock) {
    /** Where runs are kept. */
    public static final Path RUNS = Path.of("runs");

    /** All that must not be shown, on the console, in the log or in a record: one list, as global as the log itself is. */
    static final Secrets SECRETS = new Secrets();

    public Context {
        out = new PlainStream(out);
        err = new PlainStream(err);
    }

    /** Return what configs bring that must not be shown, to be added to: there is one such list, that of the log. */
    public Secrets secrets() {
        return SECRETS;
    }

    /** Return the value of an environment variable. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    /** Print a line on standard output. */
    public void print(String line) {
        out.println(secrets().hide(line));
    }

    /** Show a warning. */
    public void warn(String warning) {
        err.println("warning: " + secrets().hide(warning));
    }

    /** Show in a line what went wrong. */
    public void fail(String error) {
        err.println("error: " + secrets().hide(error));
    }

    /** Show problems as a compiler does. */
    public void show(Problems problems) {
        out.flush();
        PlainStream.raw(
                err,
                new ProblemPrinter(Terminal.hasColour(environment))
                        .print(secrets().hide(problems)));
        err.flush();
    }

    /** Return what data sources may see of it. */
    public Datasets.Surroundings surroundings(Path folder, boolean offline, boolean labelled) {
        return surroundings(folder::resolve, offline, labelled);
    }

    /**
     * Return what data sources may see of it.
     *
     * @param files where a file lies that a config names
     */
    public Datasets.Surroundings surroundings(Function<String, Path> files, boolean offline, boolean labelled) {
        return new Datasets.Surroundings(
                files,
                offline,
                name -> Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank()),
                labelled);
    }
}
