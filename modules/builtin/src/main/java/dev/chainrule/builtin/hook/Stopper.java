package dev.chainrule.builtin.hook;

import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.SortedMap;
import java.util.TreeMap;

/** A watch on a metric for {@link EarlyStoppingHook}. */
final class Stopper implements Hook {
    private final EarlyStoppingHook spec;
    private final Run run;
    /** The tensors of the best epoch; empty before there is one. */
    private final SortedMap<String, Matrix> tensors = new TreeMap<>();

    private double best = Double.NaN;
    private long bestEpoch;
    private long waited;

    Stopper(EarlyStoppingHook spec, Run run) {
        this.spec = spec;
        this.run = run;
        if (spec.restoreBest()) {
            run.finishWith(tensors);
        }
    }

    @Override
    public void onEpochEnd() {
        double value = spec.watched().latest(run);
        boolean first = Double.isNaN(best) && !Double.isNaN(value);
        if (first || spec.watched().isBetter(value, best, spec.minDelta(), run)) {
            best = value;
            bestEpoch = Epochs.number(run.progress());
            waited = 0;
            if (spec.restoreBest()) {
                run.tensors()
                        .forEach((name, tensor) -> tensors.computeIfAbsent(name, absent -> tensor.copy())
                                .copyFrom(tensor));
            }
        } else {
            waited++;
        }
        if (spec.threshold().isPresent()
                && spec.watched().reaches(value, spec.threshold().get(), run)) {
            run.stop(spec.metric() + " is " + Numbers.rounded(value) + ", which is good enough");
        } else if (waited >= spec.patience()) {
            run.stop(spec.metric() + " has not improved for " + waited + (waited == 1 ? " epoch" : " epochs")
                    + (bestEpoch == 0
                            ? ""
                            : "; it was best in epoch " + bestEpoch + ", with " + Numbers.rounded(best)));
        }
    }

    @Override
    public void save(State to) {
        to.put("best", best).put("best_epoch", bestEpoch).put("waited", waited);
        tensors.forEach(to::put);
    }

    @Override
    public void restore(State from) {
        best = from.number("best");
        bestEpoch = from.whole("best_epoch");
        waited = from.whole("waited");
        if (spec.restoreBest()) {
            tensors.putAll(from.matrices());
        }
    }
}
