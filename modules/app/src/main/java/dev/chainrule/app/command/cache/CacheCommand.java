package dev.chainrule.app.command.cache;

import dev.chainrule.app.shell.Context;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The command for the cache of prepared examples; without a command of its own it lists them. */
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        description = {
            "List or clear the cache of prepared examples, such as decoded pictures.",
            "It is in the folder CHAINRULE_CACHE, by default ~/.cache/chainrule, and has at",
            "most CHAINRULE_CACHE_LIMIT GiB, by default 16: the least recently used entries",
            "are deleted first."
        },
        commandListHeading = "%nCommands:%n",
        subcommands = {CacheListCommand.class, CacheClearCommand.class},
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar cache list",
            "  CHAINRULE_CACHE=/big/cache java -jar pipeline.jar cache clear"
        })
public final class CacheCommand implements Callable<Integer> {
    private final Context context;

    public CacheCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        return new CacheListCommand(context).call();
    }
}
