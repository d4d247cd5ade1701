package dev.chainrule.engine.assembly;

import dev.chainrule.api.Objection;
import dev.chainrule.engine.experiment.Caution;

/**
 * Warn of something that is allowed and hardly ever meant.
 *
 * @param path in the config, {@code model[1].activation}
 * @param onlyIfWritten whether it means nothing where the config leaves the value to its default
 */
public record Advice(Caution caution, String path, Objection objection, boolean onlyIfWritten) {
    /** Create a warning that holds wherever the value comes from. */
    public Advice(Caution caution, String path, String reason, String remedy) {
        this(caution, path, new Objection(reason, remedy), false);
    }
}
