package dev.chainrule.model.network;

import dev.chainrule.api.layer.CostlyStage;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The costs that stages of a network add to those of its outputs. */
public final class AddedCosts {
    /** In the order of computation. */
    private final List<CostlyStage> stages = new ArrayList<>();

    private final List<String> labels = new ArrayList<>();
    /** Those of the networks that computed the examples of the batch, in the order of the examples. */
    private List<AddedCosts> parts = List.of(this);
    /** By stage: the costs [batch, 1] of all parts of a batch; null if it passes through the network at once. */
    private Matrix[] gathered;

    AddedCosts(List<Layer> layers) {
        for (Layer layer : layers) {
            for (Stage stage : layer.stages()) {
                if (stage instanceof CostlyStage costly) {
                    stages.add(costly);
                    labels.add(layer.name() + " (" + costly.costLabel() + ")");
                }
            }
        }
    }

    /**
     * Return a cost plus those that stages added in the last pass, a training pass: the mean of each over the batch, one addition each,
     * in the order of computation, in float64.
     */
    public double addTo(double cost) {
        double sum = cost;
        for (int i = 0; i < stages.size(); i++) {
            double own = 0;
            int rows = 0;
            for (int part = 0; part < parts.size(); part++) {
                Matrix costs = parts.get(part).costs(i);
                for (int row = 0; row < costs.rows(); row++) {
                    own += costs.get(row, 0);
                }
                rows += costs.rows();
            }
            sum += own / rows;
        }
        return sum;
    }

    private Matrix costs(int stage) {
        return gathered == null ? stages.get(stage).costs() : gathered[stage];
    }

    /**
     * Gather the costs of a batch from its parts from now on.
     *
     * @param rows of the batch
     */
    void begin(int rows, Kernels kernels) {
        if (gathered == null) {
            gathered = new Matrix[stages.size()];
            Arrays.setAll(gathered, i -> kernels.matrix(0, 1));
        }
        for (Matrix costs : gathered) {
            costs.reshape(rows, 1);
        }
    }

    /** Take the costs of the last pass of a network of the same build over a part of the batch, which begins at a row. */
    void take(AddedCosts part, int first) {
        for (int i = 0; i < gathered.length; i++) {
            Matrix costs = part.stages.get(i).costs();
            gathered[i].copyRows(costs, 0, first, costs.rows());
        }
    }

    /** Take the costs of examples from networks of the same build from now on, which may change from pass to pass. */
    void takeFrom(List<AddedCosts> shards) {
        parts = shards;
    }

    /** Return each cost in words: {@code sample_1 (KL divergence)}. */
    public List<String> labels() {
        return labels;
    }
}
