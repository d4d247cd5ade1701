package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** Divide by what it learned: the largest |x| of the training examples. */
@Component("largest")
@Doc("Divides all inputs by the largest magnitude of the training examples.")
public record Largest() implements TransformSpec {
    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        Matrix largest = kernels.matrix(1, 1);
        return new Transform() {
            @Override
            public Encoding encoding() {
                return encoding;
            }

            @Override
            public void fit(Examples training) {
                training.forEachInput(x -> {
                    for (double value : x) {
                        largest.set(0, 0, Math.max(largest.get(0, 0), Math.abs(value)));
                    }
                });
            }

            @Override
            public void save(State to) {
                to.put("largest", largest);
            }

            @Override
            public void restore(State from) {
                largest.copyFrom(from.matrix("largest"));
            }

            @Override
            public Matrix inputs(Matrix x) {
                kernels.scale(1 / largest.get(0, 0), x);
                return x;
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
            return List.of(Largest.class);
        }
    }
}
