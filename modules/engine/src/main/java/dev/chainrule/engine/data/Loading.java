package dev.chainrule.engine.data;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.experiment.ConfigErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The concurrent loading of data sources, each on a separate thread, while other objects are built from the known facts. */
public final class Loading {
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();

    /** Begin to load a source. {@link #await} throws its errors. */
    public void begin(DataSource source) {
        begun.add(CompletableFuture.runAsync(source::load));
    }

    /**
     * Wait until all are loaded, or have failed.
     *
     * @throws InputException that represents all {@link ConfigErrors}, in the order in which the sources were begun
     */
    public void await() {
        CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
                .exceptionally(failed -> null)
                .join();
        ConfigErrors errors = new ConfigErrors();
        begun.forEach(one -> errors.check(() -> result(one)));
        errors.throwIfAny();
    }

    private static void result(CompletableFuture<Void> loaded) {
        try {
            loaded.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
