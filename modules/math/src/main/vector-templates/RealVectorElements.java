package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;
import static dev.chainrule.math.vector.@Real@Species.whole;

import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.@Real@Elements;
import dev.chainrule.math.ThreadTeam;
import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorOperators;

/** Compute element by element on the Vector API: whole vectors here, the last elements in plain Java. */
final class @Real@VectorElements extends @Real@Elements {
    private @real@[] rest = new @real@[0];
    private @real@[] more = new @real@[0];

    @Real@VectorElements(ThreadTeam team) {
        super(team);
    }

    @Override
    protected void prepare(int size) {
        if (rest.length < size && function instanceof CommonFunction) {
            rest = new @real@[size];
        }
        if (more.length < size && function == CommonFunction.GELU) {
            more = new @real@[size];
        }
    }

    @Override
    protected void map(int from, int to) {
        int end = function instanceof CommonFunction known
                ? @Real@VectorActivations.map(known, w, rest, more, x, from, from + whole(to - from))
                : from;
        super.map(end, to);
    }

    @Override
    protected void mapBackward(int from, int to) {
        int end = function instanceof CommonFunction known
                ? @Real@VectorActivations.mapBackward(known, w, x, rest, more, y, z, from, from + whole(to - from))
                : from;
        super.mapBackward(end, to);
    }

    @Override
    protected void exponential(int from, int to) {
        int end = from + whole(to - from);
        @Real@VectorFunctions.exp(w, x, from, end);
        super.exponential(end, to);
    }

    @Override
    protected void subtractDivide(int from, int to) {
        @Real@Vector divisor = @Real@Vector.broadcast(S, factor);
        @real@[] left = w;
        @real@[] right = x;
        @real@[] result = y;
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            @Real@Vector difference = @Real@Vector.fromArray(S, left, i).sub(@Real@Vector.fromArray(S, right, i));
            difference.div(divisor).intoArray(result, i);
        }
        super.subtractDivide(end, to);
    }

    @Override
    protected void hadamard(int from, int to) {
        @real@[] left = w;
        @real@[] right = x;
        @real@[] result = y;
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            @Real@Vector.fromArray(S, left, i).mul(@Real@Vector.fromArray(S, right, i)).intoArray(result, i);
        }
        super.hadamard(end, to);
    }

    @Override
    protected void addScaled(int from, int to) {
        @Real@Vector alpha = @Real@Vector.broadcast(S, factor);
        @real@[] result = w;
        @real@[] added = x;
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            alpha.fma(@Real@Vector.fromArray(S, added, i), @Real@Vector.fromArray(S, result, i)).intoArray(result, i);
        }
        super.addScaled(end, to);
    }

    @Override
    protected void scale(int from, int to) {
        @Real@Vector by = @Real@Vector.broadcast(S, factor);
        @real@[] result = w;
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            by.mul(@Real@Vector.fromArray(S, result, i)).intoArray(result, i);
        }
        super.scale(end, to);
    }

    @Override
    protected void updateMomentum(int from, int to) {
        @Real@Vector step = @Real@Vector.broadcast(S, -rate);
        @Real@Vector mu = @Real@Vector.broadcast(S, factor);
        @real@[] weights = w;
        @real@[] gradients = x;
        @real@[] velocities = y;
        int end = from + whole(to - from);
        if (nesterov) {
            for (int i = from; i < end; i += LANES) {
                @Real@Vector gradient = @Real@Vector.fromArray(S, gradients, i);
                @Real@Vector velocity = mu.fma(@Real@Vector.fromArray(S, velocities, i), gradient);
                velocity.intoArray(velocities, i);
                step.fma(mu.fma(velocity, gradient), @Real@Vector.fromArray(S, weights, i)).intoArray(weights, i);
            }
        } else {
            for (int i = from; i < end; i += LANES) {
                @Real@Vector gradient = @Real@Vector.fromArray(S, gradients, i);
                @Real@Vector velocity = mu.fma(@Real@Vector.fromArray(S, velocities, i), gradient);
                velocity.intoArray(velocities, i);
                step.fma(velocity, @Real@Vector.fromArray(S, weights, i)).intoArray(weights, i);
            }
        }
        super.updateMomentum(end, to);
    }

    @Override
    protected void updateRmsprop(int from, int to) {
        @Real@Vector step = @Real@Vector.broadcast(S, rate);
        @Real@Vector keep = @Real@Vector.broadcast(S, keep2);
        @Real@Vector take = @Real@Vector.broadcast(S, take2);
        @Real@Vector least = @Real@Vector.broadcast(S, floor);
        @real@[] weights = w;
        @real@[] gradients = x;
        @real@[] squares = y;
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            @Real@Vector gradient = @Real@Vector.fromArray(S, gradients, i);
            @Real@Vector kept = keep.mul(@Real@Vector.fromArray(S, squares, i));
            @Real@Vector square = take.fma(gradient.mul(gradient), kept);
            square.intoArray(squares, i);
            @Real@Vector moved = step.mul(gradient).div(square.lanewise(VectorOperators.SQRT).add(least));
            @Real@Vector.fromArray(S, weights, i).sub(moved).intoArray(weights, i);
        }
        super.updateRmsprop(end, to);
    }

    @Override
    protected void updateAdam(int from, int to) {
        @Real@Vector step = @Real@Vector.broadcast(S, rate);
        @Real@Vector keepMean = @Real@Vector.broadcast(S, keep1);
        @Real@Vector takeMean = @Real@Vector.broadcast(S, take1);
        @Real@Vector keepSquare = @Real@Vector.broadcast(S, keep2);
        @Real@Vector takeSquare = @Real@Vector.broadcast(S, take2);
        @Real@Vector correction = @Real@Vector.broadcast(S, root);
        @Real@Vector least = @Real@Vector.broadcast(S, floor);
        @real@[] weights = w;
        @real@[] gradients = x;
        @real@[] means = y;
        @real@[] squares = z;
        int end = from + whole(to - from);
        for (int i = from; i < end; i += LANES) {
            @Real@Vector gradient = @Real@Vector.fromArray(S, gradients, i);
            @Real@Vector mean = takeMean.fma(gradient, keepMean.mul(@Real@Vector.fromArray(S, means, i)));
            @Real@Vector kept = keepSquare.mul(@Real@Vector.fromArray(S, squares, i));
            @Real@Vector square = takeSquare.fma(gradient.mul(gradient), kept);
            mean.intoArray(means, i);
            square.intoArray(squares, i);
            @Real@Vector below = square.lanewise(VectorOperators.SQRT).div(correction).add(least);
            @Real@Vector.fromArray(S, weights, i).sub(step.mul(mean).div(below)).intoArray(weights, i);
        }
        super.updateAdam(end, to);
    }
}
