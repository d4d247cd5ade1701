package dev.chainrule.app.load;

import dev.chainrule.config.compose.Composed;
import dev.chainrule.config.write.ResolvedYaml;
import dev.chainrule.engine.experiment.Experiment;
import java.util.function.UnaryOperator;

/** A config with every default filled in, written lazily: not every command needs it. */
final class ResolvedConfig {
    private final Experiment experiment;
    private final Composed composed;
    private String text;
    private String hashed;

    ResolvedConfig(Experiment experiment, Composed composed) {
        this.experiment = experiment;
        this.composed = composed;
    }

    /** Return the text without secrets. */
    String text() {
        if (text == null) {
            text = ResolvedYaml.write(experiment, composed.writing());
        }
        return text;
    }

    /** Return the same config, with a hash made from the text that another operator gives. */
    ResolvedConfig hashing(UnaryOperator<String> operator) {
        ResolvedConfig other = new ResolvedConfig(experiment, composed);
        other.hashed = ResolvedYaml.write(experiment, operator);
        return other;
    }

    /** Return the text without secrets and local paths, from which the config's hash is made. */
    String hashed() {
        if (hashed == null) {
            hashed = ResolvedYaml.write(experiment, composed.hashing());
        }
        return hashed;
    }
}
