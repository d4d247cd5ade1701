package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Plugin;
import dev.chainrule.math.Strict;
import java.util.List;

/** Compute a = z·s, s = 1 / (1 + e^(−βz)); σ′ = s + β·a·(1 − s). */
@Component("bent")
@Doc("z · sigmoid(beta · z).")
public record Bent(
        @Doc("How sharply it bends.") @Default("1") double beta) implements Elementwise {
    @Override
    public double value(double z) {
        return z * Strict.sigmoid(beta * z);
    }

    @Override
    public double derivative(double z, double a) {
        double s = Strict.sigmoid(beta * z);
        return s + beta * a * (1 - s);
    }

    /** Name the one component. */
    public static final class Entry implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Bent.class);
        }
    }
}
