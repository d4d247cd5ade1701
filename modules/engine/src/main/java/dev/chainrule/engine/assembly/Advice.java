package dev.chainrule.engine.assembly;

import dev.chainrule.api.value.Warning;
import dev.chainrule.engine.experiment.WarningKind;

/**
 * A warning of a setting that is legal but almost certainly a mistake.
 *
 * @param path in the config, {@code model[1].activation}
 * @param onlyIfWritten whether it applies only if the config sets the value
 */
public record Advice(WarningKind kind, String path, Warning warning, boolean onlyIfWritten) {
    /** Create a warning that applies whether or not the config sets the value. */
    public Advice(WarningKind kind, String path, String reason, String remedy) {
        this(kind, path, new Warning(reason, remedy), false);
    }
}
