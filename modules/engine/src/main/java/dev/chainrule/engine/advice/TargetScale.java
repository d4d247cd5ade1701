package dev.chainrule.engine.advice;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.data.Target;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.assembly.TargetRange;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.ConfigPaths;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.List;

/** Advice on the size and the spread of numeric targets. */
final class TargetScale {
    /** Layers start with outputs near 1, which reach hundreds in time, but not the prices of houses. */
    private static final double LARGE = 1000;

    private static final double SMALL = 1e-3;
    private static final String REMEDY =
            "Add target_transforms: [ standardize ] to {place}: metrics and predictions keep the unit of the column.";

    /** Fewer examples may be equal on purpose. */
    private static final int FEWEST = 4;

    private TargetScale() {}

    static List<Advice> of(Assembly assembly) {
        List<Advice> found = new ArrayList<>();
        List<Head> heads = assembly.experiment().heads();
        for (int h = 0; h < heads.size(); h++) {
            if (!heads.get(h).output().reconstruct()) {
                found.addAll(of(assembly, h, heads.get(h)));
            }
        }
        return found;
    }

    private static List<Advice> of(Assembly assembly, int number, Head head) {
        Dataset train = assembly.datasets().train();
        String path = path(assembly.experiment().data(), head);
        Target target = train.encoding().targets().get(head.source());
        if (target.form() != Target.Form.VALUES) {
            return List.of();
        }
        List<Advice> found = new ArrayList<>(constant(train, target, train.firstColumn(head.source()), path));
        if (found.isEmpty() && learnsScale(assembly.network(), number, head)) {
            String remedy = REMEDY.replace("{place}", head.name().isEmpty() ? "data" : "outputs." + head.name());
            TargetRange.of(number, train, assembly.pipeline()).ifPresent(range -> scale(range, path, remedy, found));
        }
        return found;
    }

    /** Return the path at which the target is given. */
    static String path(Data data) {
        return ConfigPaths.firstGiven("data.train", data.train(), "target", "targets");
    }

    private static String path(Data data, Head head) {
        return head.source().isEmpty() ? path(data) : head.path("target");
    }

    private static void scale(TargetRange range, String path, String remedy, List<Advice> found) {
        double largest = Math.max(Math.abs(range.least()), Math.abs(range.greatest()));
        if (largest >= LARGE) {
            found.add(new Advice(
                    WarningKind.LARGE_TARGETS,
                    path,
                    "targets are as large as " + Rounding.format(largest) + ", but layers begin with outputs near 1",
                    remedy));
        } else if (largest < SMALL && largest > 0) {
            found.add(new Advice(
                    WarningKind.SMALL_TARGETS,
                    path,
                    "targets are no larger than " + Rounding.format(largest) + ", but layers begin with outputs near 1",
                    remedy));
        }
    }

    /**
     * Return whether the last weights learn and nothing limits the output; fixed weights may bring the output to the targets'
     * scale.
     */
    private static boolean learnsScale(Network network, int number, Head head) {
        List<Parameter> own = network.parameters().stream()
                .filter(parameter -> parameter.name().startsWith(head.label("")))
                .toList();
        List<Parameter> parameters = own.isEmpty() ? network.parameters() : own;
        boolean limited = network.outputActivation(number)
                .map(ActivationNode::activation)
                .filter(activation -> activation.outputs().areFinite())
                .isPresent();
        return !limited
                && !parameters.isEmpty()
                && parameters.get(parameters.size() - 1).trainable();
    }

    private static List<Advice> constant(Dataset train, Target target, int column, String path) {
        List<String> names = target.names();
        if (train.size() < FEWEST) {
            return List.of();
        }
        Matrix first = new DoubleMatrix(1, train.encoding().targetWidth());
        Matrix y = new DoubleMatrix(1, train.encoding().targetWidth());
        train.readTarget(0, first);
        boolean[] varies = new boolean[names.size()];
        for (int i = 0; i < train.size(); i++) {
            train.readTarget(i, y);
            for (int j = 0; j < target.size(); j++) {
                int name = j % target.width();
                varies[name] |= y.get(0, column + j) != first.get(0, column + name);
            }
        }
        List<Advice> found = new ArrayList<>();
        for (int j = 0; j < varies.length; j++) {
            if (!varies[j]) {
                found.add(new Advice(
                        WarningKind.CONSTANT_TARGET,
                        path,
                        "'" + names.get(j) + "' is " + Numbers.format(first.get(0, column + j))
                                + " in all training examples",
                        "Nothing can be learned about it. Give examples that differ, or another target."));
            }
        }
        return found;
    }
}
