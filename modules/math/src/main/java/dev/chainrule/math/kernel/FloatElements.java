package dev.chainrule.math.kernel;

import dev.chainrule.math.ScalarFunction;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.UpdateRule;
import dev.chainrule.math.function.FloatExponential;

/**
 * Element-wise operations, {@code x[i], y[i], … → z[i]}, shared by threads for large matrices.
 *
 * <p>The operands are fields, set before {@link #run}, so that a call allocates nothing to pass them to the threads. Every
 * loop copies them into local variables and runs over equal indices: the form that the JIT compiler vectorises.
 */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
public class FloatElements implements ThreadTeam.Task {
    /**
     * Below this number of elements one thread computes all. Handing over to spinning threads takes less than 1 µs, but
     * waking parked ones costs the caller some 5 µs, about the time of the cheapest operation on so many elements.
     */
    private static final int SHARED_FROM = 32_768;
    /** Shares begin at multiples of this, so that two threads never write to one cache line. */
    private static final int GRAIN = 64;

    /** One operation on a range of elements. */
    interface Operation {
        void compute(FloatElements elements, int from, int to);
    }

    private final ThreadTeam team;
    private Operation operation;
    private int size;
    protected float[] w;
    protected float[] x;
    protected float[] y;
    protected float[] z;

    protected ScalarFunction function;
    protected UpdateRule rule;
    protected float factor;

    /** Create the loops of one caller. */
    public FloatElements(ThreadTeam team) {
        this.team = team;
    }

    /** Set the operands; null for those that an operation does not have. */
    FloatElements on(float[] w, float[] x, float[] y, float[] z) {
        this.w = w;
        this.x = x;
        this.y = y;
        this.z = z;
        return this;
    }

    /** Run an operation on the elements 0 … size − 1. */
    void run(Operation operation, int size) {
        this.operation = operation;
        this.size = size;
        prepare(size);
        if (team.threads() > 1 && size >= SHARED_FROM) {
            team.run(this);
        } else {
            operation.compute(this, 0, size);
        }
        this.function = null; // keep no references between calls
        this.rule = null;
        on(null, null, null, null);
    }

    /** Allocate the memory for an operation on this number of elements, before threads share it. */
    protected void prepare(int size) {}

    @Override
    public final void run(int part, int parts) {
        operation.compute(this, share(part, parts), share(part + 1, parts));
    }

    private int share(int part, int parts) {
        return part == parts ? size : (int) ((long) size * part / parts) / GRAIN * GRAIN;
    }

    /** x = σ(w). */
    protected void map(int from, int to) {
        FloatFunctionLoop.LOOPS.get(function.getClass()).map(function, w, x, from, to);
    }

    /** z = y·σ′(w), x = σ(w). */
    protected void mapBackward(int from, int to) {
        FloatFunctionLoop.LOOPS.get(function.getClass()).mapBackward(function, w, x, y, z, from, to);
    }

    /** x = e^w. */
    protected void exponential(int from, int to) {
        float[] inputs = w;
        float[] outputs = x;
        for (int i = from; i < to; i++) {
            outputs[i] = FloatExponential.exp(inputs[i]);
        }
    }

    /** y = (w − x) / factor. */
    protected void subtractDivide(int from, int to) {
        float divisor = factor;
        float[] left = w;
        float[] right = x;
        float[] result = y;
        for (int i = from; i < to; i++) {
            result[i] = (left[i] - right[i]) / divisor;
        }
    }

    /** y = w·x. */
    protected void hadamard(int from, int to) {
        float[] left = w;
        float[] right = x;
        float[] result = y;
        for (int i = from; i < to; i++) {
            result[i] = left[i] * right[i];
        }
    }

    /** w = fma(factor, x, w). */
    protected void addScaled(int from, int to) {
        float alpha = factor;
        float[] result = w;
        float[] added = x;
        for (int i = from; i < to; i++) {
            result[i] = Math.fma(alpha, added[i], result[i]);
        }
    }

    /** w = factor·w. */
    protected void scale(int from, int to) {
        float by = factor;
        float[] result = w;
        for (int i = from; i < to; i++) {
            result[i] = by * result[i];
        }
    }

    /** Update w from x and its states y and z by the rule. */
    protected void update(int from, int to) {
        FloatUpdateLoop.LOOPS.get(rule.getClass()).update(rule, w, x, y, z, from, to);
    }
}
