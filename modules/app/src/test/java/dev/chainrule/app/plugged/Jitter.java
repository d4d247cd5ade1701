package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import java.util.List;

/** Multiply an example by a number near 1. */
@Component("jitter")
@Doc("Multiplies all inputs of an example by one random number near 1.")
public record Jitter() implements AugmentationSpec {
    private static final double MOST = 0.01;

    @Override
    public Augmentation create(Encoding encoding) {
        return (x, row, out, draws) -> {
            double factor = 1 + MOST * (2 * draws.uniform() - 1);
            for (int j = 0; j < x.columns(); j++) {
                out.set(row, j, factor * x.get(row, j));
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
            return List.of(Jitter.class);
        }
    }
}
