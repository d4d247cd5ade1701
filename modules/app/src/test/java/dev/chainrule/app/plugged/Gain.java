package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.util.List;

/** Learn a factor for each input: out[i, j] = x[i, j]·f[j]. */
@Component("gain")
@Doc("Multiplies each input by a number that is learned.")
public record Gain(
        @Doc("The first values.") @Default("{type: constant, value: 1}")
        Initializer first) implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        int width = context.input().size();
        return context.chain(new GainNode(context.input(), context.parameter("factors", 1, width, first, 1, 1)));
    }

    private record GainNode(Shape output, Parameter factors) implements Node {
        @Override
        public String label() {
            return "gain";
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            multiply(x, out);
        }

        @Override
        public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
            for (int j = 0; j < x.columns(); j++) {
                double sum = 0;
                for (int i = 0; i < x.rows(); i++) {
                    sum += x.get(i, j) * delta.get(i, j);
                }
                factors.gradient().set(0, j, sum);
            }
        }

        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            multiply(delta, dx);
        }

        private void multiply(Matrix from, Matrix to) {
            to.reshape(from.rows(), from.columns());
            for (int i = 0; i < from.rows(); i++) {
                for (int j = 0; j < from.columns(); j++) {
                    to.set(i, j, from.get(i, j) * factors.value().get(0, j));
                }
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
            return List.of(Gain.class);
        }
    }
}
