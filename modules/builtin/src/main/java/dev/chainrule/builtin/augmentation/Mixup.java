package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Strict;

/**
 * A mixture of two examples of a batch: out = λ·x + (1 − λ)·x′, for inputs and probabilities of classes alike, each rounded once. The
 * partner x′ is drawn first, from the whole batch; then λ = max(λ′, 1 − λ′) with λ′ ~ Beta(α, α), so that an example keeps the greater
 * share and its class remains the most probable one.
 *
 * <p>Sources: H. Zhang, M. Cisse, Y. Dauphin, D. Lopez-Paz, "mixup: Beyond Empirical Risk Minimization", ICLR 2018, section 2; D.
 * Berthelot et al., "MixMatch", NeurIPS 2019, equation 9, for the maximum. The draw is M. Jöhnk's, "Erzeugung von betaverteilten und
 * gammaverteilten Zufallszahlen", Metrika 8, 1964: p = u^(1/α) and q = v^(1/α) with u and v uniform in (0, 1], drawn again while
 * p + q &gt; 1; λ′ = p/(p + q), computed from the logarithms of p and q.
 */
@Component("mixup")
@Doc("Mixes each example with a random one of its batch; its target becomes the probabilities of the two classes.")
public record Mixup(
        @Doc(
                "The strength α: near 0, examples are hardly mixed; with 1 all shares are equally likely. Above 0, up to 4.")
        @Default("0.2")
        double alpha)
        implements AugmentationSpec {
    private static final double MOST = 4;

    public Mixup {
        ParameterException.require(alpha > 0 && alpha <= MOST, "alpha", alpha, "above 0, up to 4");
    }

    @Override
    public Augmentation create(Encoding encoding) {
        Target target = encoding.target();
        boolean labelled = !target.names().isEmpty();
        if (labelled && !target.isClass()) {
            throw new InputException(
                    "mixup makes probabilities of classes, but the targets are numbers: " + target.listed(),
                    "Remove it, or list the target under categorical if its numbers are classes.");
        }
        if (target.rows() > 1) {
            throw new InputException(
                    "mixup mixes one class per example, but the target has a class at each of " + target.rows()
                            + " positions",
                    "Remove it.");
        }
        return new Augmentation() {
            @Override
            public void input(Matrix x, int row, Matrix out, Draws draws) {
                mix(x, row, out, draws);
            }

            @Override
            public boolean changesTarget() {
                return labelled;
            }

            @Override
            public void target(Matrix y, int row, Matrix out, Draws draws) {
                mix(y, row, out, draws);
            }
        };
    }

    private void mix(Matrix given, int row, Matrix out, Draws draws) {
        int partner = draws.below(given.rows());
        double drawn = share(draws);
        double share = Math.max(drawn, 1 - drawn);
        for (int j = 0; j < given.columns(); j++) {
            out.set(row, j, share * given.get(row, j) + (1 - share) * given.get(partner, j));
        }
    }

    private double share(Draws draws) {
        while (true) {
            double p = Strict.log(1 - draws.uniform()) / alpha;
            double q = Strict.log(1 - draws.uniform()) / alpha;
            if (Strict.exp(p) + Strict.exp(q) <= 1) {
                return 1 / (1 + Strict.exp(q - p));
            }
        }
    }
}
