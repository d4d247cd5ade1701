package dev.chainrule.bench;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;
import dev.chainrule.bench.measure.Statistics;
import java.util.ArrayList;
import java.util.List;

/**
 * A hook that saves a checkpoint after every second epoch and measures all epochs: from the end of one, when a checkpoint may
 * be requested, to the end of the next, in which it is written. So epochs with and without a checkpoint alternate in the same
 * training.
 */
final class SavedEpochs implements HookSpec, Hook {
    private final List<Double> with = new ArrayList<>();
    private final List<Double> without = new ArrayList<>();
    private final List<Double> heldWith = new ArrayList<>();
    private final List<Double> heldWithout = new ArrayList<>();
    private Run run;
    private long epochEnd;
    private boolean saving;
    private boolean first;

    @Override
    public Hook create(Run watched) {
        run = watched;
        return this;
    }

    @Override
    public void onEpochEnd() {
        if (run.progress().step() > run.progress().stepsPerEpoch()) {
            (saving ? with : without).add(since());
        }
        saving = !saving;
        if (saving) {
            run.saveCheckpoint("bench", file -> {});
        }
        first = true;
        epochEnd = System.nanoTime();
    }

    /** Measure the first step: the checkpoint was copied between the end of the epoch and this step. */
    @Override
    public void onStepEnd() {
        if (first) {
            (saving ? heldWith : heldWithout).add(since());
            first = false;
        }
    }

    private double since() {
        return (System.nanoTime() - epochEnd) * 1e-9;
    }

    /** Return the ratio of the times of an epoch with a checkpoint and of one without, omitting the first pairs. */
    Statistics slowing(int warm) {
        return pairs(with, without, warm, (saved, plain) -> saved / plain);
    }

    /** Return the seconds by which a checkpoint delayed the first step, omitting the first pairs. */
    Statistics held(int warm) {
        return pairs(heldWith, heldWithout, warm, (saved, plain) -> saved - plain);
    }

    /** Return the seconds of an epoch without a checkpoint. */
    Statistics seconds(int warm) {
        return pairs(with, without, warm, (saved, plain) -> plain);
    }

    private interface Pair {
        double of(double saved, double plain);
    }

    private static Statistics pairs(List<Double> saved, List<Double> plain, int warm, Pair pair) {
        double[] values = new double[Math.min(saved.size(), plain.size()) - warm];
        for (int i = 0; i < values.length; i++) {
            values[i] = pair.of(saved.get(i + warm), plain.get(i + warm));
        }
        return Statistics.of(values);
    }
}
