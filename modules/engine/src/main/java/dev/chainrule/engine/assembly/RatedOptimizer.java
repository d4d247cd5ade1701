package dev.chainrule.engine.assembly;

import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Kernels;
import dev.chainrule.model.Made;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The optimizer of parameters whose learning rates have different factors: an optimizer for the parameters of each factor, which gets
 * the learning rate times that factor. So optimizers need not know of factors.
 */
final class RatedOptimizer implements Optimizer {
    private final Optimizer[] optimizers;
    private final double[] factors;

    private RatedOptimizer(Optimizer[] optimizers, double[] factors) {
        this.optimizers = optimizers;
        this.factors = factors;
    }

    /**
     * Create the optimizer of parameters.
     *
     * @param parameters trainable, in the network's order
     * @return the optimizer that was declared, alone, if all factors are 1
     */
    static Optimizer of(OptimizerSpec spec, List<Parameter> parameters, Kernels kernels) {
        if (parameters.stream().allMatch(parameter -> parameter.learningRateFactor() == 1)) {
            return create(spec, parameters, kernels);
        }
        Map<Double, List<Parameter>> groups = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            groups.computeIfAbsent(parameter.learningRateFactor(), first -> new ArrayList<>())
                    .add(parameter);
        }
        return new RatedOptimizer(
                groups.values().stream()
                        .map(group -> create(spec, group, kernels))
                        .toArray(Optimizer[]::new),
                groups.keySet().stream().mapToDouble(factor -> factor).toArray());
    }

    private static Optimizer create(OptimizerSpec spec, List<Parameter> parameters, Kernels kernels) {
        return Made.by(spec, "create", spec.create(parameters, kernels));
    }

    @Override
    public void update(long step, double learningRate) {
        for (int i = 0; i < optimizers.length; i++) {
            optimizers[i].update(step, learningRate * factors[i]);
        }
    }

    @Override
    public void save(State to) {
        for (int i = 0; i < optimizers.length; i++) {
            String prefix = prefix(i);
            State own = State.of(optimizers[i]);
            own.texts().forEach((name, text) -> to.put(prefix + name, text));
            own.matrices().forEach((name, matrix) -> to.put(prefix + name, matrix));
        }
    }

    @Override
    public void restore(State from) {
        for (int i = 0; i < optimizers.length; i++) {
            String prefix = prefix(i);
            State own = new State();
            from.texts().forEach((name, text) -> {
                if (name.startsWith(prefix)) {
                    own.put(name.substring(prefix.length()), text);
                }
            });
            from.matrices().forEach((name, matrix) -> {
                if (name.startsWith(prefix)) {
                    own.put(name.substring(prefix.length()), matrix);
                }
            });
            optimizers[i].restore(own);
        }
    }

    /** Return the beginning of the names of a group's state: two groups may have states of one name. */
    private static String prefix(int group) {
        return "rate_" + (group + 1) + ".";
    }
}
