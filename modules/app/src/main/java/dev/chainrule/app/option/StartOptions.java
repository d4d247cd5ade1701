package dev.chainrule.app.option;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.record.DeclaredStart;
import dev.chainrule.app.record.StartFile;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.model.TensorMapping;
import dev.chainrule.engine.model.WarmStart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a warm start. */
public final class StartOptions {
    @Option(
            names = "--start-from",
            paramLabel = "FILE|RUN",
            description = "Start from trained parameters: a model or checkpoint, a run's directory, 'latest', or a "
                    + "safetensors file from another program. The optimizer's state and the epoch count are reset.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--start-rename",
            paramLabel = "OLD=NEW",
            description = "With --start-from: use the file's layer or tensor OLD as NEW. Repeatable.")
    private List<String> renamed = new ArrayList<>();

    @Option(
            names = "--start-fresh",
            paramLabel = "NAME",
            description = "With --start-from: initialise a layer or tensor, even if the file contains it. Repeatable.")
    private List<String> fresh = new ArrayList<>();

    @Option(
            names = "--start-skip",
            paramLabel = "NAME",
            description = "With --start-from: ignore a layer or tensor of the file. Repeatable.")
    private List<String> skipped = new ArrayList<>();

    /** Return whether any of them was given. */
    public boolean isGiven() {
        return from.isPresent() || !renamed.isEmpty() || !fresh.isEmpty() || !skipped.isEmpty();
    }

    /**
     * Return an assembly with the initial tensors that the options give, or else the config.
     *
     * @throws InputException if there is no such file, or it does not fit
     */
    public Assembly apply(Assembly assembly, LoadedConfig loaded, Context context) {
        if (!isGiven()) {
            return DeclaredStart.apply(assembly, loaded, context);
        }
        Path file = StartFile.find(
                from.orElseThrow(() -> new InputException(
                        "--start-from is missing",
                        "--start-rename, --start-fresh and --start-skip require --start-from.")),
                context);
        TensorMapping mapping = new TensorMapping(renamings(), fresh, skipped);
        return assembly.startingFrom(WarmStart.read(file, mapping, assembly.network(), assembly.pipeline()));
    }

    private Map<String, String> renamings() {
        Map<String, String> renamings = new LinkedHashMap<>();
        for (String rule : renamed) {
            int equals = rule.indexOf('=');
            if (equals < 1 || equals == rule.length() - 1) {
                throw new InputException(
                        "--start-rename is '" + rule + "'", "OLD=NEW is required, such as dense_2=head.");
            }
            if (renamings.put(rule.substring(0, equals), rule.substring(equals + 1)) != null) {
                throw new InputException(
                        "--start-rename gives " + rule.substring(0, equals) + " twice", "Give each name once.");
            }
        }
        return renamings;
    }
}
