package dev.chainrule.model.network;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The matrices of the values of a network that makes no backward passes: a value takes over the matrix of an earlier one as soon as every
 * stage that reads that one has run. A value takes the narrowest free matrix that is wide enough, else the widest, else a new one.
 */
final class ForwardMatrices {
    private final Kernels kernels;
    private final List<Place> free = new ArrayList<>();

    /** A matrix that values take in turn. */
    private static final class Place {
        private final Matrix matrix;
        /** The most columns of a value in it. */
        private int width;

        Place(Matrix matrix) {
            this.matrix = matrix;
        }
    }

    private ForwardMatrices(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Return a matrix for each value, null for the network's input and values that share its matrix. Those of the outputs and of the
     * values that their stages read are taken over by no other, since a loss reads them.
     *
     * @param inputs by value: the values that its stage reads
     * @param shared by value: whether it has the matrix of its input
     * @param widths by value: its columns
     * @param outputs the values from which costs are computed
     */
    static Matrix[] of(int[][] inputs, boolean[] shared, int[] widths, int[] outputs, Kernels kernels) {
        int[] owners = new int[inputs.length];
        int[] lastReads = new int[inputs.length];
        for (int v = 1; v < inputs.length; v++) {
            owners[v] = shared[v] ? owners[inputs[v][0]] : v;
            for (int u : inputs[v]) {
                lastReads[owners[u]] = v;
            }
        }
        for (int output : outputs) {
            lastReads[owners[output]] = inputs.length;
            for (int u : inputs[output]) {
                lastReads[owners[u]] = inputs.length;
            }
        }
        ForwardMatrices matrices = new ForwardMatrices(kernels);
        Place[] places = new Place[inputs.length];
        for (int v = 1; v < inputs.length; v++) {
            places[v] = shared[v] ? places[inputs[v][0]] : matrices.take(widths[v]);
            for (int u : inputs[v]) {
                int owner = owners[u];
                if (owner > 0 && lastReads[owner] == v) {
                    lastReads[owner] = 0; // a join may read it twice
                    matrices.free.add(places[owner]);
                }
            }
        }
        Matrix[] result = new Matrix[inputs.length];
        for (int v = 1; v < inputs.length; v++) {
            result[v] = places[v] == null ? null : places[v].matrix;
        }
        return result;
    }

    private Place take(int width) {
        Place place = free.stream()
                .filter(one -> one.width >= width)
                .min(Comparator.comparingInt(one -> one.width))
                .or(() -> free.stream().max(Comparator.comparingInt(one -> one.width)))
                .orElseGet(() -> new Place(kernels.matrix(0, 0)));
        free.remove(place);
        place.width = Math.max(place.width, width);
        return place;
    }
}
