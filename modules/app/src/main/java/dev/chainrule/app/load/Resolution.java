package dev.chainrule.app.load;

import dev.chainrule.config.compose.Composed;
import dev.chainrule.config.write.ResolvedYaml;
import dev.chainrule.engine.experiment.Experiment;
import java.util.function.UnaryOperator;

/** Hold a config with every default filled in, written when it is first asked for: not every command does. */
final class Resolution {
    private final Experiment experiment;
    private final Composed composed;
    private String text;
    private String hashed;

    Resolution(Experiment experiment, Composed composed) {
        this.experiment = experiment;
        this.composed = composed;
    }

    /** Return it without secrets. */
    String text() {
        if (text == null) {
            text = ResolvedYaml.write(experiment, composed.writing());
        }
        return text;
    }

    /** Return the same, its hash made of a text that another operator gives. */
    Resolution hashing(UnaryOperator<String> operator) {
        Resolution other = new Resolution(experiment, composed);
        other.hashed = ResolvedYaml.write(experiment, operator);
        return other;
    }

    /** Return it without secrets and local paths: what the config's hash is made of. */
    String hashed() {
        if (hashed == null) {
            hashed = ResolvedYaml.write(experiment, composed.hashing());
        }
        return hashed;
    }
}
