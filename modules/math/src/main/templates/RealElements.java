package dev.chainrule.math;

/**
 * Compute element by element, {@code x[i], y[i], … → z[i]}, large matrices by several threads.
 *
 * <p>The operands are fields, set before {@link #run}, so that a call hands nothing to the threads that it had to allocate.
 * Every loop copies them into local variables and runs over equal indices: the form that the JIT compiler vectorises.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
public class @Real@Elements implements ThreadTeam.Task {
    /**
     * Below this many elements one thread does it all. Handing over to spinning threads takes less than 1 µs, but waking
     * parked ones costs the caller some 5 µs; the cheapest operation takes about that for this many elements.
     */
    private static final int SHARED_FROM = 32_768;
    /** Shares begin at multiples of this, so that two threads never write to one cache line. */
    private static final int GRAIN = 64;

    /** One operation on a range of elements. */
    interface Operation {
        void compute(@Real@Elements elements, int from, int to);
    }

    private final ThreadTeam team;
    private Operation operation;
    private int size;
    protected @real@[] w;
    protected @real@[] x;
    protected @real@[] y;
    protected @real@[] z;

    protected ScalarFunction function;
    protected @real@ rate;
    protected @real@ factor;
    protected @real@ keep1;
    protected @real@ take1;
    protected @real@ keep2;
    protected @real@ take2;
    protected @real@ root;
    protected @real@ floor;
    protected boolean nesterov;

    /** Create the loops of one caller. */
    public @Real@Elements(ThreadTeam team) {
        this.team = team;
    }

    /** Set the operands; those an operation lacks are null. */
    @Real@Elements on(@real@[] w, @real@[] x, @real@[] y, @real@[] z) {
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
        this.function = null; // kept no longer than needed
        on(null, null, null, null);
    }

    /** Make room for an operation on that many elements, before threads share it. */
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
        @Real@FunctionLoops.INSTANCE.get(function.getClass()).map(function, w, x, from, to);
    }

    /** z = y·σ′(w), x = σ(w). */
    protected void mapBackward(int from, int to) {
        @Real@FunctionLoops.INSTANCE.get(function.getClass()).mapBackward(function, w, x, y, z, from, to);
    }

    /** x = e^w. */
    protected void exponential(int from, int to) {
        @real@[] inputs = w;
        @real@[] outputs = x;
        for (int i = from; i < to; i++) {
            outputs[i] = @Real@Exponential.exp(inputs[i]);
        }
    }

    /** y = (w − x) / factor. */
    protected void subtractDivide(int from, int to) {
        @real@ divisor = factor;
        @real@[] left = w;
        @real@[] right = x;
        @real@[] result = y;
        for (int i = from; i < to; i++) {
            result[i] = (left[i] - right[i]) / divisor;
        }
    }

    /** y = w·x. */
    protected void hadamard(int from, int to) {
        @real@[] left = w;
        @real@[] right = x;
        @real@[] result = y;
        for (int i = from; i < to; i++) {
            result[i] = left[i] * right[i];
        }
    }

    /** w = fma(factor, x, w). */
    protected void addScaled(int from, int to) {
        @real@ alpha = factor;
        @real@[] result = w;
        @real@[] added = x;
        for (int i = from; i < to; i++) {
            result[i] = Math.fma(alpha, added[i], result[i]);
        }
    }

    /** w = factor·w. */
    protected void scale(int from, int to) {
        @real@ by = factor;
        @real@[] result = w;
        for (int i = from; i < to; i++) {
            result[i] = by * result[i];
        }
    }

    /** y = fma(factor, y, x), then w = fma(−rate, y or fma(factor, y, x), w). */
    protected void updateMomentum(int from, int to) {
        @real@ step = -rate;
        @real@ mu = factor;
        @real@[] weights = w;
        @real@[] gradients = x;
        @real@[] velocities = y;
        if (nesterov) {
            for (int i = from; i < to; i++) {
                @real@ velocity = Math.fma(mu, velocities[i], gradients[i]);
                velocities[i] = velocity;
                weights[i] = Math.fma(step, Math.fma(mu, velocity, gradients[i]), weights[i]);
            }
        } else {
            for (int i = from; i < to; i++) {
                @real@ velocity = Math.fma(mu, velocities[i], gradients[i]);
                velocities[i] = velocity;
                weights[i] = Math.fma(step, velocity, weights[i]);
            }
        }
    }

    /** y = fma(take2, x·x, keep2·y), then w = w − rate·x / (√y + floor). */
    protected void updateRmsprop(int from, int to) {
        @real@ step = rate;
        @real@ keep = keep2;
        @real@ take = take2;
        @real@ least = floor;
        @real@[] weights = w;
        @real@[] gradients = x;
        @real@[] squares = y;
        for (int i = from; i < to; i++) {
            @real@ gradient = gradients[i];
            @real@ square = Math.fma(take, gradient * gradient, keep * squares[i]);
            squares[i] = square;
            weights[i] = weights[i] - step * gradient / ((@real@) Math.sqrt(square) + least);
        }
    }

    /** y = fma(take1, x, keep1·y), z = fma(take2, x·x, keep2·z), then w = w − rate·y / (√z / root + floor). */
    protected void updateAdam(int from, int to) {
        @real@ step = rate;
        @real@ keepMean = keep1;
        @real@ takeMean = take1;
        @real@ keepSquare = keep2;
        @real@ takeSquare = take2;
        @real@ correction = root;
        @real@ least = floor;
        @real@[] weights = w;
        @real@[] gradients = x;
        @real@[] means = y;
        @real@[] squares = z;
        for (int i = from; i < to; i++) {
            @real@ gradient = gradients[i];
            @real@ mean = Math.fma(takeMean, gradient, keepMean * means[i]);
            @real@ square = Math.fma(takeSquare, gradient * gradient, keepSquare * squares[i]);
            means[i] = mean;
            squares[i] = square;
            weights[i] = weights[i] - step * mean / ((@real@) Math.sqrt(square) / correction + least);
        }
    }
}
