package dev.chainrule.bench;

import dev.chainrule.bench.peer.Examples;
import dev.chainrule.bench.peer.Predicting;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.network.Network;

/** The contestant that predicts with this project's network. */
final class OurPredictions extends Predicting {
    private final Network network;
    private final ThreadTeam team;
    private final FloatMatrix all;
    private final FloatMatrix x;
    private final BatchPass pass = BatchPass.forInference();
    private Matrix out;

    /** Create a contestant that closes the team of the network's kernels. */
    OurPredictions(Network network, Examples examples, int batch, ThreadTeam team) {
        super(examples, batch);
        this.network = network.forwardOnly();
        this.team = team;
        this.all = new FloatMatrix(examples.size(), Examples.PIXELS);
        this.x = new FloatMatrix(batch, Examples.PIXELS);
        this.out = x;
        for (int i = 0; i < all.size(); i++) {
            all.set(i / Examples.PIXELS, i % Examples.PIXELS, examples.pixels()[i]);
        }
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    protected void predict(int first) {
        x.copyRows(all, first, 0, x.rows());
        out = network.forward(x, pass);
    }

    @Override
    protected double probability(int row, int label) {
        return out.get(row, label);
    }

    @Override
    public void close() {
        team.close();
    }
}
