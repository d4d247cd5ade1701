package dev.chainrule.app.command.cache;

import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.math.Numbers;
import dev.chainrule.table.cache.DataCache;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The command that deletes the cache of prepared examples. */
@Command(
        name = "clear",
        mixinStandardHelpOptions = true,
        description = {
            "Delete all entries of the cache. Runs that use one continue, since the system",
            "keeps a deleted file for those that have opened it; later runs prepare it again."
        })
public final class CacheClearCommand implements Callable<Integer> {
    private final Context context;

    public CacheClearCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        DataCache cache = DataCache.of(context::variable);
        context.print(Numbers.size(cache.clear()) + " deleted in " + cache.folder());
        return ExitCode.DONE;
    }
}
