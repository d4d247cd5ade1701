package dev.chainrule.engine.data;

import dev.chainrule.api.data.Target;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.experiment.Output;
import dev.chainrule.engine.objective.ClassWeights;
import dev.chainrule.engine.objective.Term;
import dev.chainrule.model.network.HeadLayers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The outputs of an experiment as a network and its cost know them. */
public final class HeadParts {
    private HeadParts() {}

    /** Return the layers of the outputs. */
    public static List<HeadLayers> layers(Experiment experiment) {
        return experiment.heads().stream()
                .map(head -> new HeadLayers(
                        head.name(), head.path("layers"), head.output().layers()))
                .toList();
    }

    /**
     * Return the costs of the outputs, whose examples are weighted.
     *
     * @throws dev.chainrule.api.error.InputException if the weights do not fit the targets; it represents all
     *     {@link ConfigErrors}
     */
    public static List<Term> terms(Experiment experiment, Pipeline pipeline, Dataset train) {
        return terms(experiment, pipeline, target -> ClassWeighting.of(experiment, target, train));
    }

    /** Return the costs of the outputs without weights of examples, to measure them. */
    public static List<Term> terms(Experiment experiment, Pipeline pipeline) {
        return terms(experiment, pipeline, target -> ClassWeights.NONE);
    }

    private static List<Term> terms(
            Experiment experiment, Pipeline pipeline, Function<Target, ClassWeights> classWeights) {
        List<Term> terms = new ArrayList<>();
        for (Head head : experiment.heads()) {
            Target target = pipeline.target(terms.size());
            Output output = head.output();
            terms.add(new Term(
                    head.name(),
                    output.loss(),
                    output.weight(),
                    classWeights.apply(target),
                    target.size(),
                    target.rows()));
        }
        return terms;
    }
}
