package dev.chainrule.model.network;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The passes of a network over parts of each batch, one after the other, so that only one part's values are in memory. Part i of at most
 * n rows has the rows i·n to (i + 1)·n − 1; the last one may have fewer.
 *
 * <p>A part passes through a copy of the network, which has the parameters and gradients of the whole and values of its own. The outputs
 * are gathered for the costs of the whole batch. The backward pass computes the values of each part again, with the same places of random
 * streams, and continues the sums of the parts before: each gradient is one sum over the rows of the batch, ascending, as without parts.
 * The forward pass begins with the last part, so that the first one, at which the backward pass begins, need not be computed again.
 */
final class Parts {
    private final Network whole;
    private final Network copy;
    private final int most;
    /** The values that costs and metrics of the whole batch read. */
    private final int[] gathered;

    private final Matrix rows;
    private final PartPass pass = new PartPass();
    private Matrix x;

    /** The pass over one part of a batch. */
    private static final class PartPass implements Pass {
        private Pass whole;
        private int examples;
        private int first;
        private boolean again;

        @Override
        public boolean training() {
            return whole.training();
        }

        @Override
        public boolean tracksStatistics() {
            return whole.tracksStatistics() && !again;
        }

        @Override
        public int epoch() {
            return whole.epoch();
        }

        @Override
        public long position() {
            return whole.position() + first;
        }

        @Override
        public int batch(int rows) {
            return whole.batch(examples);
        }

        @Override
        public boolean accumulates() {
            return first > 0;
        }
    }

    /**
     * Divide the batches of a network.
     *
     * @param most the rows of a part, 1 or more
     */
    Parts(Network whole, int most) {
        this.whole = whole;
        this.most = most;
        this.copy = whole.copy(whole.kernels().declaring(whole.kernels().team()));
        this.gathered = whole.readByCosts();
        this.rows = copy.kernels().matrix(0, 0);
        share(copy.parameters(), whole.parameters());
        for (int i = 0; i < whole.layers().size(); i++) {
            share(copy.layers().get(i).uses(), whole.layers().get(i).uses());
        }
        if (whole.graph().recomputes()) {
            copy.recompute();
        }
    }

    /** Let parameters and their gradients be those of the whole network; the values of uses are those of the parameters. */
    private static void share(List<Parameter> own, List<Parameter> shared) {
        for (int k = 0; k < own.size(); k++) {
            see(own.get(k).value(), shared.get(k).value());
            see(own.get(k).gradient(), shared.get(k).gradient());
        }
    }

    private static void see(Matrix own, Matrix shared) {
        own.view(shared, shared.rows(), shared.columns());
    }

    /** Compute all values of a batch x [batch, in], and gather the outputs. */
    void forward(Matrix batch, Pass of) {
        x = batch;
        pass.whole = of;
        pass.examples = x.rows();
        pass.again = false;
        whole.graph().takeInput(x);
        whole.addedCosts().begin(x.rows(), whole.kernels());
        for (int first = (x.rows() - 1) / most * most; first >= 0; first -= most) {
            compute(first);
            for (int value : gathered) {
                whole.graph().takeValue(value, copy.graph(), first);
            }
            if (of.training()) {
                whole.addedCosts().take(copy.addedCosts(), first);
            }
        }
    }

    private void compute(int first) {
        int count = Math.min(most, x.rows() - first);
        pass.first = first;
        rows.reshape(count, x.columns());
        rows.copyRows(x, first, 0, count);
        copy.forward(rows, pass);
    }

    /**
     * Compute the gradients of all parameters, from the last forward pass; those of uses are not added yet.
     *
     * @param order from the values whose gradients, through the costs alone, are in the graph of the whole network
     */
    void backward(BackwardOrder order) {
        for (int first = 0; first < x.rows(); first += most) {
            if (first > 0) {
                pass.again = true;
                compute(first);
            }
            for (int cost = 0; cost < order.costs(); cost++) {
                whole.graph().giveGradient(order.start(cost), copy.graph(), first);
            }
            copy.gradients(order, pass);
        }
    }
}
