package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Cost;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.builtin.schedule.ConstantRate;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The optimizer L-BFGS, a quasi-Newton method: w ← w + α·d, d = −H·g, where H approximates the inverse Hessian of the cost by the last
 * {@code history} changes s of the parameters and y of their gradients, beginning with the multiple sᵀy / yᵀy of the identity, of the
 * last pair. The length α is found by a {@link LineSearch}, which begins with 1; the first update, which has no pairs, with
 * min(1, 1 / ‖g‖). A pair is left out unless sᵀy &gt; 2⁻⁵²·yᵀy.
 *
 * <p>If the search finds no length, the parameters stay, and the pairs are forgotten; so they are if d does not descend, gᵀd ≥ 0, and
 * d = −g. The learning rate has no effect: it is 1.
 *
 * <p>Source: J. Nocedal and S. Wright, "Numerical Optimization", second edition, 2006, algorithms 7.4 and 7.5.
 */
@Component("lbfgs")
@Doc(
        "A quasi-Newton method for small data: each update is a line search on the cost of all examples, along a direction that "
                + "past gradients suggest. Requires batch_size: all.")
public record Lbfgs(
        @Doc("The number of past updates that estimate the curvature: 1 or more.") @Default("10")
        int history,

        @Doc("The largest number of costs that the search of an update computes: 1 or more.") @Default("20")
        int evaluations)
        implements OptimizerSpec {
    public Lbfgs {
        ParameterException.require(history >= 1, "history", history, "1 or more");
        ParameterException.require(evaluations >= 1, "evaluations", evaluations, "1 or more");
    }

    @Override
    public Schedule learningRate() {
        return new ConstantRate(1);
    }

    @Override
    public boolean usesCost() {
        return true;
    }

    @Override
    public Optimizer create(List<Parameter> parameters, Kernels kernels) {
        return new Running(this, parameters, kernels);
    }

    private static final class Running implements Optimizer, LineSearch.Path {
        private final Parameter[] parameters;
        private final Kernels kernels;
        private final Curvature curvature;
        private final LineSearch search;
        /** The parameters before the update. */
        private final Matrix[] start;

        private Cost cost;

        Running(Lbfgs spec, List<Parameter> parameters, Kernels kernels) {
            this.parameters = parameters.toArray(Parameter[]::new);
            this.kernels = kernels;
            this.curvature = new Curvature(parameters, spec.history, kernels);
            this.search = new LineSearch(this, spec.evaluations);
            this.start = curvature.zeros();
        }

        @Override
        public void update(long step, double learningRate) {
            throw new IllegalStateException("an update of lbfgs requires the cost");
        }

        @Override
        public void update(long step, double learningRate, Cost function) {
            cost = function;
            double before = cost.value();
            for (int i = 0; i < parameters.length; i++) {
                start[i].copyFrom(parameters[i].value());
            }
            curvature.begin();
            double slope = curvature.slope();
            if (!(slope < 0) && !curvature.isEmpty()) {
                curvature.clear();
                curvature.begin();
                slope = curvature.slope();
            }
            double first = curvature.isEmpty() ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
            double length = slope < 0 ? search.from(before, slope, first) : 0;
            if (length == 0) {
                curvature.clear();
                restart();
                return;
            }
            if (!search.isAt(length)) {
                costAt(length);
            }
            curvature.end(length);
        }

        private void restart() {
            for (int i = 0; i < parameters.length; i++) {
                parameters[i].value().copyFrom(start[i]);
            }
        }

        private void move(double length) {
            restart();
            for (int i = 0; i < parameters.length; i++) {
                kernels.addScaled(length, curvature.direction()[i], parameters[i].value());
            }
        }

        @Override
        public double costAt(double length) {
            move(length);
            cost.compute();
            return cost.value();
        }

        @Override
        public double slope() {
            return curvature.slope();
        }

        @Override
        public void save(State to) {
            curvature.save(to);
            for (int i = 0; i < parameters.length; i++) {
                to.put(parameters[i].name() + ".start", start[i]);
            }
        }

        @Override
        public void restore(State from) {
            curvature.restore(from);
            for (int i = 0; i < parameters.length; i++) {
                start[i].copyFrom(from.matrix(parameters[i].name() + ".start"));
            }
        }
    }
}
