package dev.chainrule.model.network;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The assignment of values to matrices that they take in turn. */
final class MatrixPool {
    private final List<Place> all = new ArrayList<>();
    private final List<Place> free = new ArrayList<>();
    /** By value; null for those without a matrix. */
    private final Place[] places;

    /** A matrix that values take in turn. */
    private static final class Place {
        private final int number;
        /** The most columns of a value in it. */
        private int width;

        Place(int number) {
            this.number = number;
        }

        private int width() {
            return width;
        }
    }

    /** Create a pool for a number of values, of which none has a matrix. */
    MatrixPool(int values) {
        this.places = new Place[values];
    }

    /**
     * Return the matrices of the values of a network that makes no backward passes: a value takes over the matrix of an earlier one as soon
     * as every stage that reads that one has run. Those of the outputs and of the values that their stages read are taken over by no other,
     * since a loss reads them; the network's input and values that share its matrix have none.
     */
    static MatrixPool forward(Topology topology) {
        int size = topology.size();
        int[] lastReads = topology.lastReads();
        MatrixPool pool = new MatrixPool(size);
        for (int v = 1; v < size; v++) {
            if (topology.isShared(v)) {
                pool.share(v, topology.input(v, 0));
            } else {
                pool.take(v, topology.width(v));
            }
            for (int k = 0; k < topology.inputs(v); k++) {
                int owner = topology.owner(topology.input(v, k));
                if (owner > 0 && lastReads[owner] == v) {
                    lastReads[owner] = 0; // a join may read it twice
                    pool.free(owner);
                }
            }
        }
        return pool;
    }

    /** Let a value take the narrowest free matrix that is wide enough, else the widest, else a new one. */
    void take(int v, int width) {
        Place place = free.stream()
                .filter(one -> one.width >= width)
                .min(Comparator.comparingInt(Place::width))
                .or(() -> free.stream().max(Comparator.comparingInt(Place::width)))
                .orElseGet(() -> place(all.size()));
        free.remove(place);
        put(v, place.number, width);
    }

    /** Let a value take the matrix of a number, among those that exist or the next one. */
    void put(int v, int number, int width) {
        places[v] = place(number);
        places[v].width = Math.max(places[v].width, width);
    }

    private Place place(int number) {
        if (number == all.size()) {
            all.add(new Place(number));
        }
        return all.get(number);
    }

    /** Let a value have the matrix of another one, if that has one. */
    void share(int v, int owner) {
        places[v] = places[owner];
    }

    /** Return whether a value has a matrix. */
    boolean has(int v) {
        return places[v] != null;
    }

    /** Free the matrix of a value for later ones. */
    void free(int v) {
        free.add(places[v]);
    }

    /** Return the columns of all matrices. */
    long columns() {
        return all.stream().mapToLong(Place::width).sum();
    }

    /**
     * Create the matrices.
     *
     * @param to by value; those without a matrix stay. Modified.
     */
    void create(Kernels kernels, Matrix[] to) {
        List<Matrix> matrices = all.stream().map(place -> kernels.matrix(0, 0)).toList();
        for (int v = 0; v < to.length; v++) {
            to[v] = has(v) ? matrices.get(places[v].number) : to[v];
        }
    }
}
