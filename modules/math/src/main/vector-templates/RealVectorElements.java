package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.whole;

import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.@Real@Elements;
import dev.chainrule.math.ThreadTeam;

/**
 * Compute element by element on the Vector API: whole vectors here, the last elements in plain Java. Here is what C2 makes no
 * vectors of by itself; the other loops are as quick in plain Java, and warm at once, where the Vector API's take a second.
 */
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
                ? @Real@VectorActivations.map(known, w, rest, x, from, from + whole(to - from))
                : from;
        super.map(end, to);
    }

    @Override
    protected void mapBackward(int from, int to) {
        int end = function instanceof CommonFunction known
                ? @Real@VectorActivations.mapBackward(known, w, rest, more, y, z, from, from + whole(to - from))
                : from;
        super.mapBackward(end, to);
    }

    @Override
    protected void exponential(int from, int to) {
        int end = from + whole(to - from);
        @Real@VectorFunctions.exp(w, x, from, end);
        super.exponential(end, to);
    }
}
