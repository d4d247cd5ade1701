package dev.chainrule.model.network;

/**
 * The matrices of the values of a network that makes no backward passes: a value takes over the matrix of an earlier one as soon as every
 * stage that reads that one has run. Those of the outputs and of the values that their stages read are taken over by no other, since a loss
 * reads them.
 */
final class ForwardMatrices {
    private ForwardMatrices() {}

    /** Assign the values of a network to matrices: none to the network's input and values that share its matrix. */
    static MatrixPool of(Topology topology) {
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
}
