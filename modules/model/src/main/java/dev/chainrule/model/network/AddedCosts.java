package dev.chainrule.model.network;

import dev.chainrule.api.layer.CostlyStage;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;

/** The costs that stages of a network add to those of its outputs. */
public final class AddedCosts {
    /** In the order of computation. */
    private final List<CostlyStage> stages = new ArrayList<>();

    private final List<String> labels = new ArrayList<>();

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
            Matrix costs = stages.get(i).costs();
            double own = 0;
            for (int row = 0; row < costs.rows(); row++) {
                own += costs.get(row, 0);
            }
            sum += own / costs.rows();
        }
        return sum;
    }

    /** Return each cost in words: {@code sample_1 (KL divergence)}. */
    public List<String> labels() {
        return labels;
    }
}
