package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.whole;

import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.FloatElements;

/**
 * Element-wise operations on the Vector API: whole vectors here, the last elements in plain Java. Only those that C2 does not
 * vectorise by itself are here; the other loops are as fast in plain Java, and warm at once, while loops on the Vector API
 * take a second.
 */
final class FloatVectorElements extends FloatElements {
    private float[] rest = new float[0];
    private float[] more = new float[0];

    FloatVectorElements(ThreadTeam team) {
        super(team);
    }

    @Override
    protected void prepare(int size) {
        boolean straight = function == CommonFunction.IDENTITY || function == CommonFunction.RELU;
        if (rest.length < size && function instanceof CommonFunction && !straight) {
            rest = new float[size];
        }
        if (more.length < size && function == CommonFunction.GELU) {
            more = new float[size];
        }
    }

    @Override
    protected void map(int from, int to) {
        int end = function instanceof CommonFunction known
                ? FloatVectorActivations.map(known, w, rest, x, from, from + whole(to - from))
                : from;
        super.map(end, to);
    }

    @Override
    protected void mapBackward(int from, int to) {
        int end = function instanceof CommonFunction known
                ? FloatVectorActivations.mapBackward(known, w, rest, more, y, z, from, from + whole(to - from))
                : from;
        super.mapBackward(end, to);
    }

    @Override
    protected void exponential(int from, int to) {
        int end = from + whole(to - from);
        FloatVectorFunctions.exp(w, x, from, end);
        super.exponential(end, to);
    }
}
