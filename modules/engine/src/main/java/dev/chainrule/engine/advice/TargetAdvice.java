package dev.chainrule.engine.advice;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Target;
import dev.chainrule.engine.Advice;
import dev.chainrule.engine.Assembly;
import dev.chainrule.engine.Caution;
import dev.chainrule.engine.Dataset;
import dev.chainrule.engine.Network;
import dev.chainrule.engine.Places;
import dev.chainrule.engine.TargetRange;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Look at what is to be learned. */
final class TargetAdvice {
    /** Below that, examples that come class by class may be chance. */
    private static final int FEWEST_EACH = 4;

    private TargetAdvice() {}

    static List<Advice> of(Assembly assembly) {
        return Stream.of(unreachable(assembly), absent(assembly), sorted(assembly))
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<Advice> unreachable(Assembly assembly) {
        return assembly.network().outputActivation().stream().flatMap(stage -> {
            Activation activation = stage.activation();
            return TargetRange.of(assembly.datasets().train(), assembly.pipeline()).stream()
                    .filter(range -> !activation.outputs().contains(range.least())
                            || !activation.outputs().contains(range.greatest()))
                    .map(range -> new Advice(
                            Caution.UNREACHABLE_TARGETS,
                            Places.inModel(assembly.experiment().model(), value -> value == activation),
                            Network.kind(activation) + " gives " + activation.outputs() + ", the targets of train are "
                                    + range,
                            "Leave out the activation of the last layer: identity reaches every number."));
        });
    }

    private static Stream<Advice> absent(Assembly assembly) {
        Dataset train = assembly.datasets().train();
        int[] counts = train.classCounts();
        String absent = IntStream.range(0, counts.length)
                .filter(i -> counts[i] == 0)
                .mapToObj(i -> "'" + train.encoding().target().names().get(i) + "'")
                .collect(Collectors.joining(", "));
        return absent.isEmpty()
                ? Stream.empty()
                : Stream.of(new Advice(
                        Caution.CLASS_WITHOUT_EXAMPLES,
                        "data.train",
                        "no training example is of class " + absent,
                        "Give it examples to learn from; splitting may have taken the last one."));
    }

    private static Stream<Advice> sorted(Assembly assembly) {
        Dataset train = assembly.datasets().train();
        if (assembly.experiment().data().shuffle() || train.encoding().target().form() != Target.Form.CLASS_INDEX) {
            return Stream.empty();
        }
        int changes = 0;
        Matrix y = new DoubleMatrix(1, 1);
        int last = -1;
        for (int i = 0; i < train.size(); i++) {
            train.readTarget(i, y);
            int here = Target.trueClass(y, 0);
            changes += i > 0 && here != last ? 1 : 0;
            last = here;
        }
        int classes = (int) IntStream.of(train.classCounts()).filter(n -> n > 0).count();
        boolean sorted = classes > 1 && changes == classes - 1 && train.size() >= FEWEST_EACH * classes;
        return sorted
                ? Stream.of(new Advice(
                        Caution.SORTED_EXAMPLES,
                        "data.shuffle",
                        "the examples come class by class, and shuffle: false keeps them so",
                        "Leave shuffle out: each class undoes what was learned of the one before."))
                : Stream.empty();
    }
}
