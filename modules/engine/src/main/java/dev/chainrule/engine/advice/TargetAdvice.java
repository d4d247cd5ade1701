package dev.chainrule.engine.advice;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.data.Target;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.assembly.TargetRange;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Advice on the targets. */
final class TargetAdvice {
    /** With fewer examples per class, a sorted order may be chance. */
    private static final int FEWEST_EACH = 4;

    /** With at least this number of examples per class, a class with one is an exception. */
    private static final int USUAL_EACH = 10;

    private TargetAdvice() {}

    static List<Advice> of(Assembly assembly) {
        List<Advice> found = new ArrayList<>();
        for (int h = 0; h < assembly.pipeline().heads(); h++) {
            Optional<ActivationNode> last = assembly.network().outputActivation(h);
            if (last.isPresent()) {
                unreachable(assembly, h, last.get().activation(), found);
            }
        }
        for (String target : assembly.datasets().train().encoding().targets().keySet()) {
            absent(assembly.datasets().train(), target, found);
            single(assembly.datasets(), target, found);
        }
        if (areSorted(assembly)) {
            found.add(new Advice(
                    WarningKind.SORTED_EXAMPLES,
                    "data.shuffle",
                    "the examples are sorted by class, and shuffle: false keeps that order",
                    "Remove shuffle: false. In sorted order, each class undoes the learning of the previous one."));
        }
        return found;
    }

    private static void unreachable(Assembly assembly, int head, Activation activation, List<Advice> found) {
        Optional<TargetRange> targets = TargetRange.of(head, assembly.datasets().train(), assembly.pipeline());
        if (targets.isEmpty()
                || activation.outputs().contains(targets.get().least())
                        && activation.outputs().contains(targets.get().greatest())) {
            return;
        }
        found.add(new Advice(
                WarningKind.UNREACHABLE_TARGETS,
                assembly.experiment().place(value -> value == activation),
                Network.kind(activation) + " gives " + activation.outputs() + ", but the targets of train are "
                        + targets.get(),
                "Remove the activation of the last layer: identity can give any number."));
    }

    private static void absent(Dataset train, String target, List<Advice> found) {
        List<String> absent = new ArrayList<>();
        int[] counts = train.classCounts(target);
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                absent.add("'" + train.encoding().targets().get(target).names().get(i) + "'");
            }
        }
        if (!absent.isEmpty()) {
            found.add(new Advice(
                    WarningKind.CLASS_WITHOUT_EXAMPLES,
                    "data.train",
                    "no training example belongs to class " + String.join(", ", absent),
                    "Give it examples to learn from; splitting may have taken the last one."));
        }
    }

    private static void single(Datasets datasets, String target, List<Advice> found) {
        Dataset train = datasets.train();
        int[] inTrain = train.classCounts(target);
        int[] counts = new int[inTrain.length];
        for (Dataset part : datasets.all()) {
            int[] own = part.classCounts(target);
            for (int i = 0; i < counts.length; i++) {
                counts[i] += own[i];
            }
        }
        List<String> single = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1 && inTrain[i] == 1 && train.size() >= USUAL_EACH * counts.length) {
                single.add("'" + train.encoding().targets().get(target).names().get(i) + "'");
            }
        }
        if (!single.isEmpty()) {
            found.add(new Advice(
                    WarningKind.CLASS_WITH_ONE_EXAMPLE,
                    "data.train",
                    "only one example belongs to class " + String.join(", ", single),
                    "Give it more examples, or merge it with another class; a misspelt name creates such a "
                            + "class, too."));
        }
    }

    private static boolean areSorted(Assembly assembly) {
        Dataset train = assembly.datasets().train();
        if (assembly.experiment().data().shuffle()
                || train.encoding().target().form() != Target.Form.CLASS_INDEX
                || train.encoding().target().rows() > 1) {
            return false;
        }
        int changes = 0;
        Matrix y = new DoubleMatrix(1, train.encoding().targetWidth());
        int last = -1;
        for (int i = 0; i < train.size(); i++) {
            train.readTarget(i, y);
            int here = (int) y.get(0, 0);
            changes += i > 0 && here != last ? 1 : 0;
            last = here;
        }
        int classes = (int) IntStream.of(train.classCounts()).filter(n -> n > 0).count();
        return classes > 1 && changes == classes - 1 && train.size() >= FEWEST_EACH * classes;
    }
}
