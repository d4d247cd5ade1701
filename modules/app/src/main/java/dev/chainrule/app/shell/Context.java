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
 * The program's surroundings, which tests can replace.
 *
 * @param out standard output; control characters in printed texts are shown, not sent
 * @param err standard error, likewise
 * @param environment the environment's variables
 * @param clock the time for names and records
 * @param secrets the texts that must not appear on the console, in the log or in a record
 * @param components those of the configs that are loaded
 * @param shutdown the end of the program
 */
public record Context(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Clock clock,
        Secrets secrets,
        Components components,
        Shutdown shutdown) {
    /** The folder of runs. */
    public static final Path RUNS = Path.of("runs");

    public Context {
        out = new PlainStream(out);
        err = new PlainStream(err);
    }

    /** Create the surroundings of a program that begins: without secrets, components and runs. */
    public Context(PrintStream out, PrintStream err, Map<String, String> environment, Clock clock) {
        this(out, err, environment, clock, new Components());
    }

    private Context(
            PrintStream out, PrintStream err, Map<String, String> environment, Clock clock, Components components) {
        this(out, err, environment, clock, new Secrets(), components, new Shutdown(components));
    }

    /** Hide the secrets of a config from now on, in the log too. */
    public void hide(Secrets found) {
        secrets.addAll(found);
        if (!secrets.isEmpty()) {
            RunLog.hide(secrets);
        }
    }

    /** Return the value of an environment variable. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    /** Print a line on standard output. */
    public void print(String line) {
        out.println(secrets.hide(line));
    }

    /** Show a warning. */
    public void warn(String warning) {
        err.println("warning: " + secrets.hide(warning));
    }

    /** Show an error in one line. */
    public void fail(String error) {
        err.println("error: " + secrets.hide(error));
    }

    /** Show problems as a compiler does. */
    public void show(Problems problems) {
        out.flush();
        PlainStream.raw(err, new ProblemPrinter(Terminal.hasColour(environment)).print(secrets.hide(problems)));
        err.flush();
    }

    /** Return the surroundings that data sources may see. */
    public Datasets.Surroundings surroundings(Path folder, boolean offline, boolean labelled) {
        return surroundings(folder::resolve, offline, labelled);
    }

    /**
     * Return the surroundings that data sources may see.
     *
     * @param files the path of each data file, by its name in the config
     */
    public Datasets.Surroundings surroundings(Function<String, Path> files, boolean offline, boolean labelled) {
        return new Datasets.Surroundings(
                files,
                offline,
                name -> Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank()),
                labelled,
                Datasets.Learned.OWN,
                text -> {});
    }
}
