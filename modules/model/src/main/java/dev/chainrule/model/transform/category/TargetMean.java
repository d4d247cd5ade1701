package dev.chainrule.model.transform.category;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import dev.chainrule.model.transform.ChosenColumns;
import java.util.List;
import java.util.Optional;

/**
 * The replacement of names by the mean target of the training examples that have them (Micci-Barreca, "A Preprocessing Scheme for
 * High-Cardinality Categorical Attributes in Classification and Prediction Problems", SIGKDD Explorations 3, 2001). Each training example
 * belongs to one of several folds, drawn from its stream, and gets the mean of the other folds, so that its own target does not contribute;
 * all other examples get the mean of all training examples.
 *
 * <p>With the n examples of the name, their targets y, the mean p of the targets of all names in the same folds, and the smoothing s, it is
 * (Σy + s·p)/(n + s). A name that none has gets p.
 */
@Component("target_mean")
@Doc(
        "Replaces columns of names by the mean target of the training examples that have the name: the share of the second of two classes, "
                + "a share of each of several classes, or a mean of each number. A training example gets the mean of the other folds, everything "
                + "else that of all training examples. The means are stored with the model.")
public record TargetMean(
        @Doc("The columns of names to replace.") List<String> columns,

        @Doc("The number of folds into which training examples are drawn.") @Default("5")
        int folds,

        @Doc(
                "How many examples with the mean of all names are added to those of a name, so that rare names lie near that mean.")
        @Default("10")
        double smoothing)
        implements TransformSpec {
    private static final int MOST_FOLDS = 1000;

    public TargetMean {
        columns = ChosenColumns.distinct(Optional.of(columns)).orElseThrow();
        ParameterException.require(
                folds >= 2 && folds <= MOST_FOLDS, "folds", folds, "an integer from 2 to " + MOST_FOLDS);
        ParameterException.require(
                smoothing >= 0 && Double.isFinite(smoothing), "smoothing", smoothing, "a finite number, 0 or more");
    }

    @Override
    public boolean draws() {
        return true;
    }

    @Override
    public Transform create(Encoding encoding, Kernels kernels) {
        if (encoding.targets().size() > 1) {
            throw new InputException(
                    "target_mean learns from one target, but the network learns several: "
                            + String.join(", ", encoding.targets().keySet()),
                    "Use frequency, or an embed layer.");
        }
        Target target = encoding.target();
        if (target.names().isEmpty()) {
            throw new InputException(
                    "target_mean learns from targets, but there is none: the target is the input",
                    "Use frequency, or an embed layer.");
        }
        if (target.rows() > 1) {
            throw new InputException(
                    "target_mean learns from one target of each example, but it has " + target.rows() + " positions",
                    "Use frequency, or an embed layer.");
        }
        return new FoldMeans(this, encoding, kernels);
    }
}
