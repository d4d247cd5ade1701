package dev.chainrule.model.network;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The matrices of the values of a network that makes no backward passes: a value takes over the matrix of an earlier one as soon as every
 * stage that reads that one has run. A value takes the narrowest free matrix that is wide enough, else the widest, else a new one. Those of
 * the outputs and of the values that their stages read are taken over by no other, since a loss reads them.
 */
final class ForwardMatrices {
    private final Topology topology;
    private final List<Place> all = new ArrayList<>();
    private final List<Place> free = new ArrayList<>();
    /** By value; null for the network's input and values that share its matrix. */
    private final Place[] places;

    /** A matrix that values take in turn. */
    private static final class Place {
        /** The most columns of a value in it. */
        private int width;

        private int width() {
            return width;
        }
    }

    /** Assign the values of a network to matrices. */
    ForwardMatrices(Topology topology) {
        this.topology = topology;
        int size = topology.size();
        int[] owners = new int[size];
        int[] lastReads = new int[size];
        for (int v = 1; v < size; v++) {
            owners[v] = topology.isShared(v) ? owners[topology.input(v, 0)] : v;
            keepUntil(v, v, owners, lastReads);
        }
        for (int i = 0; i < topology.outputs(); i++) {
            int output = topology.output(i);
            lastReads[owners[output]] = size;
            keepUntil(size, output, owners, lastReads);
        }
        places = new Place[size];
        for (int v = 1; v < size; v++) {
            places[v] = topology.isShared(v) ? places[topology.input(v, 0)] : take(topology.width(v));
            for (int k = 0; k < topology.inputs(v); k++) {
                int owner = owners[topology.input(v, k)];
                if (owner > 0 && lastReads[owner] == v) {
                    lastReads[owner] = 0; // a join may read it twice
                    free.add(places[owner]);
                }
            }
        }
    }

    /** Keep the values that a stage reads until another stage has run. */
    private void keepUntil(int until, int v, int[] owners, int[] lastReads) {
        for (int k = 0; k < topology.inputs(v); k++) {
            lastReads[owners[topology.input(v, k)]] = until;
        }
    }

    private Place take(int width) {
        Place place = free.stream()
                .filter(one -> one.width >= width)
                .min(Comparator.comparingInt(Place::width))
                .or(() -> free.stream().max(Comparator.comparingInt(Place::width)))
                .orElseGet(this::another);
        free.remove(place);
        place.width = Math.max(place.width, width);
        return place;
    }

    private Place another() {
        Place place = new Place();
        all.add(place);
        return place;
    }

    /** Return the columns of all matrices. */
    long columns() {
        return all.stream().mapToLong(Place::width).sum();
    }

    /** Create the matrices; by value, null for the network's input and values that share its matrix. */
    Matrix[] create(Kernels kernels) {
        Matrix[] created = new Matrix[places.length];
        List<Matrix> matrices = all.stream().map(place -> kernels.matrix(0, 0)).toList();
        for (int v = 1; v < created.length; v++) {
            created[v] = places[v] == null ? null : matrices.get(all.indexOf(places[v]));
        }
        return created;
    }
}
