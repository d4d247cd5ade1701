package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.math.Strict;

/**
 * The approximation of {@link Gelu} by tanh: a = ½·z·(1 + t), t = tanh(c·(z + 0.044715·z³)), c = √(2/π);
 * σ′ = ½·(1 + t) + ½·z·(1 − t²)·c·(1 + 3·0.044715·z²).
 *
 * <p>Source: D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units (GELUs)", 2016, section 2. The form of GPT-2 and BERT.
 */
@Component("gelu_tanh")
@Doc(
        "The approximation of gelu by tanh, for weights that were trained with it: a = z/2·(1 + tanh(0.7979·(z + 0.044715·z³))).")
public record GeluTanh() implements Elementwise {
    private static final double ROOT = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;
    private static final double HALF = 0.5;

    @Override
    public double value(double z) {
        return HALF * z * (1 + Strict.tanh(ROOT * (z + CUBIC * z * z * z)));
    }

    @Override
    public double derivative(double z, double a) {
        double t = Strict.tanh(ROOT * (z + CUBIC * z * z * z));
        return HALF * (1 + t) + HALF * z * (1 - t * t) * ROOT * (1 + 3 * CUBIC * z * z);
    }
}
