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
     */
    static Matrix[] of(Topology topology, Kernels kernels) {
        int size = topology.size();
        int[] owners = new int[size];
        int[] lastReads = new int[size];
        for (int v = 1; v < size; v++) {
            owners[v] = topology.isShared(v) ? owners[topology.input(v, 0)] : v;
            keepUntil(v, v, topology, owners, lastReads);
        }
        for (int i = 0; i < topology.outputs(); i++) {
            int output = topology.output(i);
            lastReads[owners[output]] = size;
            keepUntil(size, output, topology, owners, lastReads);
        }
        ForwardMatrices matrices = new ForwardMatrices(kernels);
        Place[] places = new Place[size];
        for (int v = 1; v < size; v++) {
            places[v] = topology.isShared(v) ? places[topology.input(v, 0)] : matrices.take(topology.width(v));
            for (int k = 0; k < topology.inputs(v); k++) {
                int owner = owners[topology.input(v, k)];
                if (owner > 0 && lastReads[owner] == v) {
                    lastReads[owner] = 0; // a join may read it twice
                    matrices.free.add(places[owner]);
                }
            }
        }
        Matrix[] result = new Matrix[size];
        for (int v = 1; v < size; v++) {
            result[v] = places[v] == null ? null : places[v].matrix;
        }
        return result;
    }

    /** Keep the values that a stage reads until another stage has run. */
    private static void keepUntil(int until, int v, Topology topology, int[] owners, int[] lastReads) {
        for (int k = 0; k < topology.inputs(v); k++) {
            lastReads[owners[topology.input(v, k)]] = until;
        }
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
