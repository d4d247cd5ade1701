package dev.chainrule.engine.advice;

import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.network.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Advice on the size of inputs, and on those that are left out. */
final class InputAdvice {
    /** Layers start with weights for inputs near 1; bytes of images, years and prices are far larger. */
    private static final double LARGE = 100;

    private static final int LOOKED_AT = 64;

    private InputAdvice() {}

    static List<Advice> of(Assembly assembly) {
        List<Advice> found = new ArrayList<>();
        for (String name : assembly.network().unreadInputs()) {
            found.add(new Advice(
                    WarningKind.UNREAD_INPUT,
                    "data.train.inputs." + name,
                    "no layer reads the input " + name,
                    "Add from: input." + name + " to a layer, or remove the input."));
        }
        large(assembly).ifPresent(found::add);
        CoarseInputs.of(assembly).ifPresent(found::add);
        return found;
    }

    private static Optional<Advice> large(Assembly assembly) {
        double largest = firstWeighs(assembly.network().layers()) ? largest(assembly) : 0;
        if (largest < LARGE) {
            return Optional.empty();
        }
        boolean bare = assembly.experiment().data().transforms().isEmpty();
        double before = largestBefore(assembly);
        if (before < LARGE) {
            return Optional.of(new Advice(
                    WarningKind.LARGE_INPUTS,
                    "data.transforms",
                    "inputs are as large as " + Rounding.format(largest) + " after the transforms, but no larger than "
                            + Rounding.format(before) + " before",
                    "Scale them by less; if standardize made them large, remove columns that hardly vary, such "
                            + "as those of rare names."));
        }
        return Optional.of(new Advice(
                WarningKind.LARGE_INPUTS,
                bare ? "data.train" : "data.transforms",
                "inputs are as large as " + Numbers.format(largest)
                        + (bare ? ", and nothing scales them" : " after the transforms"),
                "Add the transform standardize, or for bytes { type: scale, by: 1/255 }: layers work best with "
                        + "inputs near 1."));
    }

    /** Return whether the first layer with parameters multiplies its inputs by weights. */
    private static boolean firstWeighs(List<Layer> layers) {
        for (Layer layer : layers) {
            if (!layer.parameters().isEmpty()) {
                return layer.stages().get(0).isAffine();
            }
        }
        return false;
    }

    private static double largestBefore(Assembly assembly) {
        Dataset train = assembly.datasets().train();
        int rows = Math.min(LOOKED_AT, train.size());
        Matrix x = new DoubleMatrix(rows, train.encoding().shape().size());
        train.readInputs(IntStream.range(0, rows).toArray(), 0, 0, rows, x);
        return largest(x);
    }

    private static double largest(Assembly assembly) {
        Dataset train = assembly.datasets().train();
        int rows = Math.min(LOOKED_AT, train.size());
        return largest(
                assembly.pipeline().inputs(train, IntStream.range(0, rows).toArray(), 0, rows));
    }

    private static double largest(Matrix x) {
        double largest = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double size = Math.abs(x.get(i, j));
                largest = size > largest ? size : largest; // NaN, a missing value, is not larger
            }
        }
        return largest;
    }
}
