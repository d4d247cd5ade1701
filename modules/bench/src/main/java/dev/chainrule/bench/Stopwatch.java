package dev.chainrule.bench;

import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;

/** A hook that measures the time of an epoch, from before its first batch is read until its metrics and hashes are recorded. */
final class Stopwatch implements HookSpec, Hook {
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
    double seconds() {
        return nanos * 1e-9;
    }
}
