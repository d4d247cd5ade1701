package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.Plugin;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import java.util.List;

/** Fill w[i, j] with (−1)^(i + j)·most·u, u drawn from [0, 1). */
@Component("alternating")
@Doc("Random numbers whose signs alternate.")
public record Alternating(
        @Doc("The largest magnitude.") @Default("0.5") double most) implements Initializer {
    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                double magnitude = most * draws.uniform();
                w.set(i, j, (i + j) % 2 == 0 ? magnitude : -magnitude);
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
            return List.of(Alternating.class);
        }
    }
}
