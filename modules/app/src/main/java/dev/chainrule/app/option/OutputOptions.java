package dev.chainrule.app.option;

import dev.chainrule.app.shell.RunLog;
import picocli.CommandLine.Option;

/** The options of all commands that create a run: how much they print. */
public final class OutputOptions {
    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but warnings and errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log on standard error.")
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
