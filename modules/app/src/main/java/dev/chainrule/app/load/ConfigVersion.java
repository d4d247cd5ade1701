package dev.chainrule.app.load;

import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.engine.experiment.Experiment;
import java.util.List;

/** The check of a config's {@code version}, made first: in another version, every key may have another meaning. */
final class ConfigVersion {
    private static final String KEY = "version";

    private ConfigVersion() {}

    /**
     * Accept a version that this program knows, and any value that is not a version, which the binder then rejects.
     *
     * @param problems modified: receives the problems
     * @throws ConfigException if it is another version
     */
    static void check(ConfigNode root, Problems problems) {
        if (!(root instanceof ConfigNode.Mapping mapping) || mapping.find(KEY).isEmpty()) {
            return;
        }
        ConfigNode value = mapping.find(KEY).get().value();
        if (value instanceof ConfigNode.Scalar scalar
                && scalar.text().matches("[0-9]{1,9}")
                && Integer.parseInt(scalar.text()) != Experiment.VERSION) {
            problems.add(Problem.error(
                    scalar.mark(),
                    KEY,
                    "this config has version " + scalar.text() + ", which this program does not support",
                    List.of(
                            "Known: " + Experiment.VERSION + ".",
                            "Use a program that supports it (this is "
                                    + ProgramInfo.current().version() + "), or rewrite the config for version "
                                    + Experiment.VERSION + ".")));
            problems.throwIfErrors();
        }
    }
}
