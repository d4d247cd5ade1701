package dev.chainrule.builtin;

import dev.chainrule.api.layer.Pass;

/** Stand for a place in a run. */
public record TestPass(boolean training, boolean tracksStatistics, int epoch, long position) implements Pass {
    /** A training pass at the beginning of a run. */
    public static final TestPass TRAINING = new TestPass(true, true, 0, 0);
    /** A pass as a gradient check makes it: training, without traces. */
    public static final TestPass CHECK = new TestPass(true, false, 0, 0);
    /** An evaluation. */
    public static final TestPass INFERENCE = new TestPass(false, false, 0, 0);

    /** Return a training pass elsewhere. */
    public static TestPass at(int epoch, long position) {
        return new TestPass(true, true, epoch, position);
    }
}
