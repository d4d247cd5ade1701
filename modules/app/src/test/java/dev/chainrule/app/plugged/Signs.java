package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Update w ← w − η·sign(m) with m ← k·m + (1 − k)·∂C/∂w, which is its state. */
@Component("signs")
@Doc("Steps of the learning rate against the sign of the smoothed gradient.")
public record Signs(
        @Doc("η.") Schedule learningRate,

        @Doc("How much of the old mean stays.") @Default("0.5")
        double keep) implements OptimizerSpec {
    public Signs {
        ParameterException.require(keep >= 0 && keep < 1, "keep", keep, "in [0, 1)");
    }

    @Override
    public Optimizer create(List<Parameter> parameters, Kernels kernels) {
        SortedMap<String, Matrix> means = new TreeMap<>();
        for (Parameter parameter : parameters) {
            Matrix value = parameter.value();
            means.put(parameter.name() + ".mean", kernels.matrix(value.rows(), value.columns()));
        }
        return new Optimizer() {
            @Override
            public void update(long step, double rate) {
                for (Parameter parameter : parameters) {
                    move(parameter, means.get(parameter.name() + ".mean"), rate);
                }
            }

            @Override
            public void save(State to) {
                means.forEach(to::put);
            }

            @Override
            public void restore(State from) {
                means.forEach((name, mean) -> mean.copyFrom(from.matrix(name)));
            }
        };
    }

    private void move(Parameter parameter, Matrix mean, double rate) {
        Matrix w = parameter.value();
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                mean.set(
                        i,
                        j,
                        keep * mean.get(i, j)
                                + (1 - keep) * parameter.gradient().get(i, j));
                w.set(i, j, w.get(i, j) - rate * Math.signum(mean.get(i, j)));
            }
        }
    }

    /** Name the one component. */
    public static final class Entry implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Signs.class);
        }
    }
}
