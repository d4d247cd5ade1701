package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.List;

/** Measure max |a − y|. */
@Component("worst")
@Doc("The largest error of any output.")
public record Worst() implements Metric {
    @Override
    public boolean higherIsBetter() {
        return false;
    }

    @Override
    public void check(Shape output, Target target) {
        if (target.form() == Target.Form.CLASS_INDEX || target.width() != output.size()) {
            throw new InputException("worst needs a target for each of the " + output.size() + " outputs");
        }
    }

    @Override
    public Accumulator start() {
        return new Accumulator() {
            private double worst = Double.NaN;

            @Override
            public void add(Matrix a, Matrix y, Matrix costs) {
                for (int i = 0; i < a.rows(); i++) {
                    for (int j = 0; j < a.columns(); j++) {
                        double error = Math.abs(a.get(i, j) - y.get(i, j));
                        worst = Double.isNaN(worst) ? error : Math.max(worst, error);
                    }
                }
            }

            @Override
            public double value() {
                return worst;
            }

            @Override
            public void save(State to) {
                to.put("worst", worst);
            }

            @Override
            public void restore(State from) {
                worst = from.number("worst");
            }
        };
    }

    /** Name the one component. */
    public static final class Entry implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Worst.class);
        }
    }
}
