package dev.chainrule.app.option;

import dev.chainrule.app.shell.RunLog;
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

    /** Show the log from here on, if requested. */
    public void begin() {
        if (verbose) {
            RunLog.verbose();
        }
    }

    public boolean quiet() {
        return quiet;
    }
}
