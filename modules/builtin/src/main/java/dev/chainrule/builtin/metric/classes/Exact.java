package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import dev.chainrule.math.Matrix;

/** The share of examples with the right class at every position: a sequence with one wrong step counts as wrong. */
@Component("exact")
@Doc("The share of examples with the correct class at every position, such as each step of a sequence.")
public record Exact() implements ClassMetric {
    @Override
    public void check(Shape output, Target target) {
        Classes.require("exact", output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Accumulator start() {
        return new Count(1);
    }

    @Override
    public Accumulator start(Target target) {
        return new Count(target.rows());
    }

    private static final class Count implements Accumulator {
        private final int positions;
        private long right;
        private long count;

        Count(int positions) {
            this.positions = positions;
        }

        @Override
        public void add(Matrix a, Matrix y, Matrix costs) {
            for (int i = 0; i < a.rows(); i += positions) {
                boolean all = true;
                for (int row = i; row < i + positions; row++) {
                    all &= Target.predictedClass(a, row) == Target.trueClass(y, row);
                }
                right += all ? 1 : 0;
                count++;
            }
        }

        @Override
        public double value() {
            return count == 0 ? Double.NaN : (double) right / count;
        }

        @Override
        public void save(State to) {
            to.put("right", right).put("count", count);
        }

        @Override
        public void restore(State from) {
            right = from.whole("right");
            count = from.whole("count");
        }
    }
}
