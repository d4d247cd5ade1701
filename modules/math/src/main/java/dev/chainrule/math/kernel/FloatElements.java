package dev.chainrule.math.kernel;

import dev.chainrule.math.ScalarFunction;
import dev.chainrule.math.ThreadTeam;
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
    protected float rate;
    protected float factor;
    protected float keep1;
    protected float take1;
    protected float keep2;
    protected float take2;
    protected float root;
    protected float floor;
    protected boolean nesterov;

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
        FloatFunctionLoops.INSTANCE.get(function.getClass()).map(function, w, x, from, to);
    }

    /** z = y·σ′(w), x = σ(w). */
    protected void mapBackward(int from, int to) {
        FloatFunctionLoops.INSTANCE.get(function.getClass()).mapBackward(function, w, x, y, z, from, to);
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

    /** y = fma(factor, y, x), then w = fma(−rate, y or fma(factor, y, x), w). */
    protected void updateMomentum(int from, int to) {
        float step = -rate;
        float mu = factor;
        float[] weights = w;
        float[] gradients = x;
        float[] velocities = y;
        if (nesterov) {
            for (int i = from; i < to; i++) {
                float velocity = Math.fma(mu, velocities[i], gradients[i]);
                velocities[i] = velocity;
                weights[i] = Math.fma(step, Math.fma(mu, velocity, gradients[i]), weights[i]);
            }
        } else {
            for (int i = from; i < to; i++) {
                float velocity = Math.fma(mu, velocities[i], gradients[i]);
                velocities[i] = velocity;
                weights[i] = Math.fma(step, velocity, weights[i]);
            }
        }
    }

    /** y = fma(take2, x·x, keep2·y), then w = w − rate·x / (√y + floor). */
    protected void updateRmsprop(int from, int to) {
        float step = rate;
        float keep = keep2;
        float take = take2;
        float least = floor;
        float[] weights = w;
        float[] gradients = x;
        float[] squares = y;
        for (int i = from; i < to; i++) {
            float gradient = gradients[i];
            float square = Math.fma(take, gradient * gradient, keep * squares[i]);
            squares[i] = square;
            weights[i] = weights[i] - step * gradient / ((float) Math.sqrt(square) + least);
        }
    }

    /** y = fma(take1, x, keep1·y), z = fma(take2, x·x, keep2·z), then w = w − rate·y / (√z / root + floor). */
    protected void updateAdam(int from, int to) {
        float step = rate;
        float keepMean = keep1;
        float takeMean = take1;
        float keepSquare = keep2;
        float takeSquare = take2;
        float correction = root;
        float least = floor;
        float[] weights = w;
        float[] gradients = x;
        float[] means = y;
        float[] squares = z;
        for (int i = from; i < to; i++) {
            float gradient = gradients[i];
            float mean = Math.fma(takeMean, gradient, keepMean * means[i]);
            float square = Math.fma(takeSquare, gradient * gradient, keepSquare * squares[i]);
            means[i] = mean;
            squares[i] = square;
            weights[i] = weights[i] - step * mean / ((float) Math.sqrt(square) / correction + least);
        }
    }
}
