package dev.chainrule.app.option;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.Context;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of all commands that compute. */
public final class RunOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Number of threads. Affects speed only: results are bit-identical. Default: all processors.")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--offline", description = "Never download data.")
    private boolean offline;

    @Mixin
    private PluginOptions plugins = new PluginOptions();

    public int threads() {
        int count = threads.orElse(Runtime.getRuntime().availableProcessors());
        if (count < 1 || count > 1024) {
            throw new InputException("--threads is " + count, "A number from 1 to 1024 is required.");
        }
        return count;
    }

    public boolean offline() {
        return offline;
    }

    public PluginSources plugins(Context context) {
        return plugins.plugins(context);
    }
}
