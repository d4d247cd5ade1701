package dev.chainrule.model.network;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.MemoryShortage;
import java.util.ArrayList;
import java.util.List;

/**
 * The training passes of a network over N shards of each batch, which threads divide among themselves. Of m rows, shard i has the rows
 * ⌊i·m/N⌋ to ⌊(i + 1)·m/N⌋ − 1; if m is smaller than N, some shards have none and take no part.
 *
 * <p>Each shard has a copy of the network: with the parameters of the whole, values, gradients and buffers of its own, and kernels of one
 * thread. So no sum depends on the number of threads, and a thread waits for the others only after a pass. The outputs are gathered, for
 * costs and metrics of the whole batch, and the gradients of the costs are handed out again, so that they are divided by m. Then each
 * parameter's gradients are added along the tree ((0 + 1) + (2 + 3)) + …; one without a partner, or whose partner has no rows, is carried
 * up.
 *
 * <p>The first shard's gradients are those of the whole network: N shards take N sets.
 */
final class Shards {
    private final Network whole;
    private final Kernels kernels;
    private final List<Shard> shards = new ArrayList<>();
    /** By shard. */
    private final List<List<Matrix>> gradients = new ArrayList<>();
    /** By shard. */
    private final List<List<Matrix>> buffers = new ArrayList<>();

    private final List<Matrix> wholeBuffers;
    /** The values that costs and metrics of the whole batch read. */
    private final int[] gathered;
    /** Those of the shards with rows. */
    private final List<AddedCosts> addedCosts = new ArrayList<>();

    private final ThreadTeam.Task forward = this::forward;
    private final ThreadTeam.Task backward = this::backward;
    /** By place in the tree: the shard that has the sum below the place; −1 if no shard there has rows. */
    private final int[] sums;

    private Matrix x;
    private BackwardOrder order;

    /** The copy of a network for one shard, and the rows of the shard in the present batch. */
    private static final class Shard {
        final Network network;
        final Matrix x;
        final BatchPass pass = BatchPass.forTraining();
        int first;
        int rows;

        Shard(Network network) {
            this.network = network;
            this.x = network.kernels().matrix(0, 0);
        }
    }

    private Shards(Network whole, int count) {
        this.whole = whole;
        this.kernels = whole.kernels();
        this.wholeBuffers = buffers(whole);
        this.gathered = whole.readByCosts();
        this.sums = new int[count];
        int parts = kernels.team().threads();
        for (int part = 0; part < parts; part++) {
            Kernels own = kernels.declaring(new ThreadTeam(1)); // one thread at a time computes a part
            for (int i = first(part, parts); i < first(part + 1, parts); i++) {
                add(whole.copy(own));
            }
        }
        whole.addedCosts().takeFrom(addedCosts);
    }

    /** Create the shards of a network's batches. */
    static Shards of(Network whole, int count) {
        try {
            return new Shards(whole, count);
        } catch (OutOfMemoryError e) {
            double gradients =
                    gradients(whole).stream().mapToDouble(Matrix::bytes).sum();
            throw new MemoryShortage("the gradients of " + count + " shards", (count - 1) * gradients, 0).failure(e);
        }
    }

    private void add(Network copy) {
        for (int k = 0; k < copy.parameters().size(); k++) {
            Parameter own = copy.parameters().get(k);
            Parameter shared = whole.parameters().get(k);
            own.value()
                    .view(shared.value(), shared.value().rows(), shared.value().columns());
            if (shards.isEmpty()) {
                own.gradient()
                        .view(
                                shared.gradient(),
                                shared.gradient().rows(),
                                shared.gradient().columns());
            }
        }
        if (whole.graph().recomputes()) {
            copy.recompute();
        }
        if (whole.rowsAtOnce() > 0) {
            copy.inParts(whole.rowsAtOnce());
        }
        shards.add(new Shard(copy));
        gradients.add(gradients(copy));
        buffers.add(buffers(copy));
    }

    private static List<Matrix> gradients(Network network) {
        return network.parameters().stream().map(Parameter::gradient).toList();
    }

    private static List<Matrix> buffers(Network network) {
        return network.layers().stream()
                .flatMap(layer -> layer.buffers().stream())
                .toList();
    }

    /** Return the first shard that a part computes; the number of shards for the part after the last. */
    private int first(int part, int parts) {
        return (int) ((long) part * sums.length / parts);
    }

    /** Compute all values of a batch x [batch, in], and gather the outputs. */
    void forward(Matrix x, Pass pass) {
        this.x = x;
        int m = x.rows();
        addedCosts.clear();
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.get(i);
            shard.first = (int) ((long) i * m / shards.size());
            shard.rows = (int) ((i + 1L) * m / shards.size()) - shard.first;
            shard.pass.at(pass.epoch(), pass.position() + shard.first).within(m);
            if (shard.rows > 0) {
                addedCosts.add(shard.network.addedCosts());
            }
        }
        kernels.team().run(forward);
        whole.graph().takeInput(x);
        for (int value : gathered) {
            takeValue(value);
        }
        if (pass.tracksStatistics()) {
            averageBuffers();
        }
    }

    private void forward(int part, int parts) {
        for (int i = first(part, parts); i < first(part + 1, parts); i++) {
            Shard shard = shards.get(i);
            if (shard.rows > 0) {
                shard.x.reshape(shard.rows, x.columns());
                shard.x.copyRows(x, shard.first, 0, shard.rows);
                for (int k = 0; k < wholeBuffers.size(); k++) {
                    buffers.get(i).get(k).copyFrom(wholeBuffers.get(k));
                }
                shard.network.forward(shard.x, shard.pass);
            }
        }
    }

    private void takeValue(int value) {
        for (int i = 0; i < shards.size(); i++) {
            Shard shard = shards.get(i);
            if (shard.rows > 0) {
                whole.graph().takeValue(value, shard.network.graph(), shard.first);
            }
        }
    }

    /** Replace each buffer that a shard has changed by the mean over the shards: their sum along the tree, divided by their number. */
    private void averageBuffers() {
        for (int k = 0; k < wholeBuffers.size(); k++) {
            if (isChanged(k)) {
                Matrix sum = buffers.get(sum(buffers, k)).get(k);
                kernels.divide(addedCosts.size(), sum);
                wholeBuffers.get(k).copyFrom(sum);
            }
        }
    }

    private boolean isChanged(int k) {
        Matrix before = wholeBuffers.get(k);
        for (int i = 0; i < shards.size(); i++) {
            Matrix after = buffers.get(i).get(k);
            for (int j = 0; shards.get(i).rows > 0 && j < before.size(); j++) {
                int row = j / before.columns();
                int column = j % before.columns();
                if (Double.compare(before.get(row, column), after.get(row, column)) != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Compute the gradients of all parameters.
     *
     * @param order from the values whose gradients, through the costs alone, are in the graph of the whole network
     */
    void backward(BackwardOrder order) {
        this.order = order;
        kernels.team().run(backward);
        for (int k = 0; k < gradients.get(0).size(); k++) {
            int holder = sum(gradients, k);
            if (holder > 0) {
                gradients.get(0).get(k).copyFrom(gradients.get(holder).get(k));
            }
        }
    }

    private void backward(int part, int parts) {
        for (int i = first(part, parts); i < first(part + 1, parts); i++) {
            Shard shard = shards.get(i);
            if (shard.rows > 0) {
                for (int cost = 0; cost < order.costs(); cost++) {
                    whole.graph().giveGradient(order.start(cost), shard.network.graph(), shard.first);
                }
                shard.network.backward(order, shard.pass);
            }
        }
    }

    /**
     * Add the matrices that the shards have of one tensor.
     *
     * @param tensors by shard. One of each shard modified.
     * @return the shard that has the sum
     */
    private int sum(List<List<Matrix>> tensors, int k) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = shards.get(i).rows > 0 ? i : -1;
        }
        for (int step = 1; step < sums.length; step *= 2) {
            for (int i = 0; i + step < sums.length; i += 2 * step) {
                int left = sums[i];
                int right = sums[i + step];
                if (left >= 0 && right >= 0) {
                    kernels.addScaled(
                            1, tensors.get(right).get(k), tensors.get(left).get(k));
                } else {
                    sums[i] = Math.max(left, right);
                }
            }
        }
        return sums[0];
    }

    /** Gather all values of the last passes, and their gradients. */
    void gather() {
        for (int v = 1; v < whole.topology().size(); v++) {
            takeValue(v);
            for (int i = 0; i < shards.size(); i++) {
                Shard shard = shards.get(i);
                if (shard.rows > 0 && whole.topology().isLearned(v) && order.reaches(v)) {
                    whole.graph().takeGradient(v, shard.network.graph(), shard.first);
                }
            }
        }
    }
}
