package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;

/**
 * The correlation of true and predicted classes, with n examples, r of them right, tₖ of class k and pₖ predicted as it:
 * (r·n − Σₖ tₖ·pₖ) / √((n² − Σₖ pₖ²)·(n² − Σₖ tₖ²)). 0/0 is 0.
 *
 * <p>Source: J. Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient", Computational Biology and
 * Chemistry 28, 2004, equation 8; for two classes it is the coefficient of B. W. Matthews, 1975.
 */
@Component("matthews")
@Doc("The correlation of true and predicted classes: 1 is perfect, 0 is chance, whatever the sizes of the classes.")
public record MatthewsCorrelation() implements ClassMetric {
    private static final Bounds SIGNED = new Bounds(-1, 1, false);

    @Override
    public void check(Shape output, Target target) {
        Classes.require("matthews", output, target);
    }

    @Override
    public Bounds values() {
        return SIGNED;
    }

    @Override
    public Accumulator start() {
        throw Classes.unknown("matthews");
    }

    @Override
    public Accumulator start(Target target) {
        return new ClassCounts(target.names().size(), MatthewsCorrelation::correlation);
    }

    private static double correlation(ClassCounts counts) {
        double n = counts.examples();
        double squared = n * n;
        double actual = squared - counts.sum(c -> counts.actual(c) * counts.actual(c));
        double predicted = squared - counts.sum(c -> counts.predicted(c) * counts.predicted(c));
        double together = counts.right() * n - counts.sum(c -> counts.actual(c) * counts.predicted(c));
        return actual == 0 || predicted == 0 ? 0 : together / (Math.sqrt(actual) * Math.sqrt(predicted));
    }
}
