package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;

/**
 * The agreement of true and predicted classes beyond chance, with n examples, r of them right, tₖ of class k and pₖ predicted as it:
 * (r·n − Σₖ tₖ·pₖ) / (n² − Σₖ tₖ·pₖ). 0/0 is 0.
 *
 * <p>Source: J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20, 1960.
 */
@Component("kappa")
@Doc(
        "The share of correct classes beyond the share that chance would give with the same numbers of each class: 1 is perfect, 0 is chance.")
public record CohenKappa() implements ClassMetric {
    private static final Bounds SIGNED = new Bounds(-1, 1, false);

    @Override
    public void check(Shape output, Target target) {
        Classes.require("kappa", output, target);
    }

    @Override
    public Bounds values() {
        return SIGNED;
    }

    @Override
    public Accumulator start() {
        throw Classes.unknown("kappa");
    }

    @Override
    public Accumulator start(Target target) {
        return new ClassCounts(target.names().size(), CohenKappa::agreement);
    }

    private static double agreement(ClassCounts counts) {
        double n = counts.examples();
        double chance = counts.sum(c -> counts.actual(c) * counts.predicted(c));
        return n * n == chance ? 0 : (counts.right() * n - chance) / (n * n - chance);
    }
}
