package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** Compute ¼·Σ(a − y)⁴ for each example. */
@Component("quartic")
@Doc("A quarter of the sum of fourth powers of the errors.")
public record Quartic() implements Loss {
    @Override
    public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        costs.reshape(a.rows(), 1);
        for (int i = 0; i < a.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < a.columns(); j++) {
                double square = (a.get(i, j) - y.get(i, j)) * (a.get(i, j) - y.get(i, j));
                sum += square * square / 4;
            }
            costs.set(i, 0, sum);
        }
    }

    @Override
    public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        g.reshape(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                double error = a.get(i, j) - y.get(i, j);
                g.set(i, j, error * error * error / a.rows());
            }
        }
    }

    @Override
    public void check(Shape output, Target target) {
        if (target.form() == Target.Form.CLASS_INDEX || target.width() != output.size()) {
            throw new InputException("quartic needs a target for each of the " + output.size() + " outputs");
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
            return List.of(Quartic.class);
        }
    }
}
