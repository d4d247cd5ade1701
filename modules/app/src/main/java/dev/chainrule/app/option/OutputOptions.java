package dev.chainrule.app.option;

import dev.chainrule.app.shell.RunLog;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of all commands that create a run: how much they print. */
public final class OutputOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "Print only warnings and errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the log to standard error.")
    private boolean verbose;

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "Print the log to standard error: as text, like --verbose, or as json, an object per line.")
    private Optional<LogFormat> format = Optional.empty();

    /** The form of the log. */
    enum LogFormat {
        TEXT,
        JSON
    }

    /** Show the log from here on, if requested. */
    public void begin() {
        if (format.equals(Optional.of(LogFormat.JSON))) {
            RunLog.asJson();
        }
        if (verbose || format.isPresent()) {
            RunLog.verbose();
        }
    }

    public boolean quiet() {
        return quiet;
    }
}
