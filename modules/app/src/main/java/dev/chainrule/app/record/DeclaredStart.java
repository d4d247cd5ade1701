package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.experiment.Start;
import dev.chainrule.engine.model.TensorMapping;
import dev.chainrule.engine.model.WarmStart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The warm start that a config declares under {@code start}. */
public final class DeclaredStart {
    private static final String PATH = "start";

    private DeclaredStart() {}

    /**
     * Return an assembly with the initial tensors that the config declares; the same if it declares none.
     *
     * @throws InputException at {@code start} if there is no such file, or it does not fit
     */
    public static Assembly apply(Assembly assembly, LoadedConfig loaded, Context context) {
        Optional<Start> start = loaded.experiment().start();
        if (start.isEmpty()) {
            return assembly;
        }
        try {
            return assembly.startingFrom(WarmStart.read(
                    file(start.get(), loaded, context),
                    TensorMapping.of(start.get()),
                    assembly.network(),
                    assembly.pipeline()));
        } catch (InputException e) {
            throw e.atConfig(PATH);
        }
    }

    /**
     * Check the names and shapes of the tensors that the config declares, without reading their values.
     *
     * @throws InputException at {@code start} if there is no such file, or it does not fit
     */
    public static void check(Assembly assembly, LoadedConfig loaded, Context context) {
        loaded.experiment().start().ifPresent(start -> {
            try {
                WarmStart.check(
                        file(start, loaded, context), TensorMapping.of(start), assembly.network(), assembly.pipeline());
            } catch (InputException e) {
                throw e.atConfig(PATH);
            }
        });
    }

    /** A path starts at the config's folder; if nothing is there, the text may be the name of a run. */
    private static Path file(Start start, LoadedConfig loaded, Context context) {
        Path beside = loaded.folder().resolve(start.from());
        try {
            return StartFile.find(Files.exists(beside) ? beside.toString() : start.from(), context);
        } catch (InputException e) {
            throw e.atConfig(PATH + ".from");
        }
    }
}
