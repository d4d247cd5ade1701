package dev.chainrule.app.command;

import dev.chainrule.app.shell.RunLog;
import picocli.CommandLine.Option;

/** The options of all commands that create a run: how much they print. */
final class OutputOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but warnings and errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log on standard error.")
    private boolean verbose;

    /** Show the log from here on, if requested. */
    void begin() {
        if (verbose) {
            RunLog.verbose();
        }
    }

    boolean quiet() {
        return quiet;
    }
}
