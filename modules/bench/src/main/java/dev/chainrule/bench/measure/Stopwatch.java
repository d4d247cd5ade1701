package dev.chainrule.bench.measure;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;

/** A hook that measures the time of an epoch, from before its first batch is read until its metrics and hashes are recorded. */
public final class Stopwatch implements HookSpec, Hook {
    private long started;
    private long nanos;

    @Override
    public Hook create(Run run) {
        return this;
    }

    @Override
    public void onEpochStart() {
        started = System.nanoTime();
    }

    @Override
    public void onEpochEnd() {
        nanos += System.nanoTime() - started;
    }

    /** Return the seconds of all epochs. */
    public double seconds() {
        return nanos * 1e-9;
    }
}
