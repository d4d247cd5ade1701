package dev.chainrule.builtin.hook;

/**
 * The current speed of steps: over the last half of the time so far, and over 5 s at most. A mean since the beginning
 * would long include the first steps, which take ten times as long because the JVM has compiled nothing yet.
 */
final class Pace {
    private static final long LONGEST_NANOS = 5_000_000_000L;
    private static final long APART_NANOS = 50_000_000L;
    /** As many marks as fit into the longest time, and one before. */
    private static final int MARKS = (int) (LONGEST_NANOS / APART_NANOS) + 2;

    private final long[] times = new long[MARKS];
    private final long[] steps = new long[MARKS];
    private long marks;
    private long began;

    /** Begin at a time and a step. */
    void begin(long nanos, long step) {
        marks = 0;
        began = nanos;
        add(nanos, step);
    }

    /** Record that so many steps are done. Allocates nothing. */
    void step(long nanos, long step) {
        if (nanos - times[last()] >= APART_NANOS) {
            add(nanos, step);
        }
    }

    /** Exclude a time in which no step was made, such as an evaluation. */
    void pause(long nanos) {
        began += nanos;
        for (int i = 0; i < MARKS; i++) {
            times[i] += nanos;
        }
    }

    /** Return the nanoseconds of a step; 0 before the first. */
    double nanosPerStep(long nanos, long step) {
        long wanted = Math.max(nanos - LONGEST_NANOS, began + (nanos - began) / 2);
        long mark = marks - 1;
        while (mark > Math.max(0, marks - MARKS) && times[(int) (mark % MARKS)] > wanted) {
            mark--;
        }
        int place = (int) (mark % MARKS);
        return step == steps[place] ? 0 : (double) (nanos - times[place]) / (step - steps[place]);
    }

    private void add(long nanos, long step) {
        int place = (int) (marks++ % MARKS);
        times[place] = nanos;
        steps[place] = step;
    }

    private int last() {
        return (int) ((marks - 1) % MARKS);
    }
}
