package dev.chainrule.app.command.cache;

import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.math.Numbers;
import dev.chainrule.table.cache.DataCache;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The command that lists the cache of prepared examples. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "List the entries of the cache, the least recently used one first.")
public final class CacheListCommand implements Callable<Integer> {
    private final Context context;

    public CacheListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        DataCache cache = DataCache.of(context::variable);
        List<DataCache.Entry> entries = cache.list();
        long total = 0;
        for (DataCache.Entry entry : entries) {
            total += entry.bytes();
            context.print(entry.lastUsed().truncatedTo(ChronoUnit.SECONDS) + "  " + Numbers.size(entry.bytes()) + "  "
                    + entry.label());
        }
        context.print(entries.size() + (entries.size() == 1 ? " entry" : " entries") + " with " + Numbers.size(total)
                + " of at most " + Numbers.size(cache.limit()) + " in " + cache.folder());
        return ExitCode.DONE;
    }
}
