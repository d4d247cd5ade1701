package dev.chainrule.engine.advice;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.network.Network;
import java.util.List;
import java.util.Optional;

/** Advice on the learning rate over the whole run. */
final class RateAdvice {
    private static final String PATH = "optimizer.learning_rate";
    private static final int PLACES = 100;
    /** Ten times the rate that works in M. Nielsen's "Neural Networks and Deep Learning", chapter 1, where 100 is shown to fail. */
    private static final double SATURATING = 30;

    private RateAdvice() {}

    static List<Advice> of(Assembly assembly) {
        double[] rates = rates(assembly);
        double largest = rates[0];
        for (double rate : rates) {
            largest = Math.max(largest, rate);
        }
        double factor = largestFactor(assembly.network().parameters());
        String source = factor == 1 ? "" : ", with the largest factor of a layer,";
        OptimizerSpec optimizer = assembly.experiment().optimizer();
        if (largest == 0) {
            return List.of(new Advice(
                    WarningKind.NOTHING_LEARNS,
                    PATH,
                    "a learning rate of 0 changes nothing",
                    "Write a number above 0, such as 0.01."));
        }
        if (largest * factor >= optimizer.divergingRate()) {
            return List.of(new Advice(
                    WarningKind.HUGE_LEARNING_RATE,
                    PATH,
                    "a learning rate of " + Numbers.format(largest * factor) + source + " is far too large for "
                            + Network.kind(optimizer)
                            + ", which moves every weight by about the learning rate at every update",
                    "Begin with 0.001."));
        }
        Optional<OutputCost> saturating = saturating(assembly);
        if (largest * factor >= SATURATING && saturating.isPresent()) {
            return List.of(new Advice(
                    WarningKind.HUGE_LEARNING_RATE,
                    PATH,
                    "a learning rate of " + Numbers.format(largest * factor) + source + " saturates the units of "
                            + Network.kind(activation(saturating.get(), assembly.network())
                                    .orElseThrow()) + ", and with the loss "
                            + Network.kind(saturating.get().term().loss()) + ", saturated units hardly learn",
                    "Use a smaller rate: 3 is already large."));
        }
        return isHighestAtTheEnd(rates)
                ? List.of(new Advice(
                        WarningKind.UNFINISHED_WARMUP,
                        PATH,
                        "the learning rate is still rising when the run ends",
                        "Train longer, or let it rise faster."))
                : List.of();
    }

    private static double largestFactor(List<Parameter> parameters) {
        double largest = parameters.isEmpty() ? 1 : 0;
        for (Parameter parameter : parameters) {
            largest = Math.max(largest, parameter.learningRateFactor());
        }
        return largest;
    }

    /** Return whether all rates but the last are below it. */
    private static boolean isHighestAtTheEnd(double... rates) {
        int last = rates.length - 1;
        for (int i = 0; i < last; i++) {
            if (!(rates[i] < rates[last])) { // also if a schedule gives NaN
                return false;
            }
        }
        return last > 0;
    }

    /** Return an output whose activation saturates and whose loss does not compensate for that. */
    private static Optional<OutputCost> saturating(Assembly assembly) {
        for (OutputCost head : assembly.objective().heads()) {
            Optional<Activation> activation = activation(head, assembly.network());
            if (activation.isPresent()
                    && activation.get().outputs().areFinite()
                    && head.term().loss().fuse(activation.get()).isEmpty()) {
                return Optional.of(head);
            }
        }
        return Optional.empty();
    }

    private static Optional<Activation> activation(OutputCost head, Network network) {
        return head.value() > 0 && network.topology().stage(head.value()) instanceof ActivationNode node
                ? Optional.of(node.activation())
                : Optional.empty();
    }

    /** Return η at places all over the run; only at its start if η depends on later measurements. */
    private static double[] rates(Assembly assembly) {
        Schedule schedule = assembly.experiment().optimizer().learningRate();
        int batch = assembly.experiment().data().batchSize().examples();
        int examples = assembly.experiment()
                .data()
                .examplesPerEpoch(assembly.datasets().train().size());
        long perEpoch = Math.max(1, (examples + batch - 1L) / batch);
        int epochs = assembly.experiment().training().epochs();
        long steps = schedule.metricsUsed().isEmpty() ? perEpoch * epochs : 1;
        int places = (int) Math.min(PLACES, steps);
        double[] rates = new double[places];
        for (int i = 0; i < places; i++) {
            long step = places == 1 ? 0 : i * (steps - 1) / (places - 1);
            rates[i] = schedule.rate(Progress.at(step, perEpoch, epochs, History.EMPTY));
        }
        return rates;
    }
}
