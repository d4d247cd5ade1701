package dev.chainrule.engine.contract;

import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The contract of every {@link TransformSpec} and its transform, checked for those of some encodings that it accepts:
 *
 * <ul>
 *   <li>the output has the shape given by encoding(), and is finite;
 *   <li>the output for an example does not depend on the batch and the batches before; float32 agrees with float64;
 *   <li>save() puts in everything that fit() learned, all of it matrices: an unfitted transform that restores them gives
 *       identical bits;
 *   <li>undoing, if possible, is exact up to rounding: undo(inputs(x)) is x;
 *   <li>computing again, or with 1, 2 or 3 threads, gives identical bits.
 * </ul>
 */
public final class TransformContract {
    private static final int ROWS = 6;
    private static final int MANY = 5700;
    /** The least number drawn for a transform of numbers above 0: draws are multiples of 1/64. */
    private static final double NEAR_ZERO = 0x1p-6;

    /** Some roundings of numbers whose magnitude is below 2³; undoing may subtract numbers of that size. */
    private static final double UNDONE_TOLERANCE = 0x1p-40;

    private static final List<String> NAMES = List.of("u", "v", "w");
    private static final List<Encoding> ENCODINGS = List.of(
            encoding(Shape.of(6), Target.Form.VALUES),
            encoding(Shape.of(6), Target.Form.CLASS_INDEX),
            encoding(Shape.of(6), Target.Form.ONE_HOT),
            encoding(Shape.of(8, 8, 1), Target.Form.CLASS_INDEX),
            encoding(Shape.of(8, 8, 3), Target.Form.CLASS_INDEX),
            table(Target.Form.VALUES),
            table(Target.Form.CLASS_INDEX));

    private final Probe probe = new Probe();
    private final TransformSpec spec;
    private final Findings findings;

    private TransformContract(TransformSpec spec, Findings findings) {
        this.spec = spec;
        this.findings = findings;
    }

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(TransformSpec spec) {
        return Findings.of(findings -> new TransformContract(spec, findings).check());
    }

    private static Encoding encoding(Shape shape, Target.Form form) {
        return new Encoding(shape, List.of(), new Target(form, NAMES));
    }

    /** Return a table of a number, an ordinal column, another number, and a column with an input for each of three names. */
    private static Encoding table(Target.Form form) {
        List<Encoding.Column> columns = List.of(
                new Encoding.Column("height", List.of()),
                new Encoding.Column("size", List.of("small", "medium", "large"), Optional.empty(), true),
                new Encoding.Column("width", List.of()),
                new Encoding.Column("site", List.of("bog", "rock", "sand")));
        return new Encoding(Shape.of(6), columns, new Target(form, NAMES));
    }

    private void check() {
        List<Encoding> accepted = ENCODINGS.stream().filter(this::accepts).toList();
        findings.require(!accepted.isEmpty(), "encodings accepted", "one of " + ENCODINGS.size() + " at least", "none");
        for (Encoding encoding : accepted) {
            if (findings.none()) {
                check(encoding);
            }
        }
    }

    /** Check the inputs of training examples, and that a transform that draws for them says so. */
    private void checkTraining(String of, Transform transform, Matrix x) {
        boolean[] drawn = {false};
        RandomStream stream = RandomStream.of(0, "transforms.0");
        Matrix training = transform.trainingInputs(Probe.copy(probe.float64(), x), row -> {
            drawn[0] = true;
            return stream.at(0, row);
        });
        if (findings.shape(
                "inputs for training" + of, ROWS, transform.encoding().shape().size(), training)) {
            findings.finite("inputs for training" + of, training, false, "", training);
        }
        findings.require(!drawn[0] || spec.draws(), "draws()", "true, since trainingInputs uses random draws", false);
    }

    private boolean accepts(Encoding encoding) {
        try {
            spec.create(encoding, probe.float64());
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    private void check(Encoding encoding) {
        Matrix x = inputs(encoding, ROWS);
        Matrix y = targets(encoding.target(), ROWS);
        Transform transform = fitted(encoding, probe.float64());
        Encoding out = transform.encoding();
        String of = " of " + encoding.shape();
        Matrix inputs = inputs(transform, x, probe.float64());
        Matrix targets = targets(transform, y, probe.float64());
        boolean inputsFit = findings.shape("inputs" + of, ROWS, out.shape().size(), inputs);
        boolean targetsFit = findings.shape("targets" + of, ROWS, out.target().width(), targets);
        if (!inputsFit || !targetsFit) {
            return;
        }
        findings.finite("inputs" + of, inputs, false, "", inputs);
        findings.finite("targets" + of, targets, false, "", targets);
        checkTraining(of, transform, x);
        for (int i = 0; i < ROWS; i++) {
            findings.untouched(
                    "inputs of an example in a batch",
                    inputs(transform, Probe.row(probe.float64(), x, i), probe.float64()),
                    Probe.row(probe.float64(), inputs, i));
            findings.untouched(
                    "targets of an example in a batch",
                    targets(transform, Probe.row(probe.float64(), y, i), probe.float64()),
                    Probe.row(probe.float64(), targets, i));
        }
        Transform rounded = fitted(encoding, probe.float32());
        findings.close(
                "float32 inputs" + of,
                inputs,
                inputs(rounded, x, probe.float32()),
                Probe.FLOAT32_TOLERANCE,
                "",
                inputs);
        findings.close("float32 targets" + of, targets, targets(rounded, y, probe.float32()), 0x1p-24, "", targets);
        checkRestoring(encoding, transform, x, inputs);
        if (transform instanceof InvertibleTransform invertible) {
            Matrix undone = invertible.undo(Probe.copy(probe.float64(), inputs));
            findings.close("inputs" + of + " undone", x, undone, UNDONE_TOLERANCE, "", x);
        }
        Matrix many = inputs(encoding, MANY);
        findings.repeatable(
                List.of("inputs" + of), kernels -> List.of(inputs(fitted(encoding, kernels), many, kernels)));
    }

    private void checkRestoring(Encoding encoding, Transform transform, Matrix x, Matrix inputs) {
        State saved = State.of(transform);
        Transform restored = spec.create(encoding, probe.float64());
        Set<String> names = saved.matrices().keySet();
        Set<String> own = State.of(restored).matrices().keySet();
        findings.require(names.equals(own), "names of saved matrices", names, own);
        findings.require(
                saved.texts().isEmpty(),
                "saved texts and numbers",
                "none, as a model contains only matrices",
                saved.texts().keySet());
        if (findings.none()) {
            restored.restore(saved);
            findings.untouched("inputs after restoring", inputs, inputs(restored, x, probe.float64()));
        }
    }

    private Transform fitted(Encoding encoding, Kernels kernels) {
        Transform transform = spec.create(encoding, kernels);
        int rows = ROWS * ROWS;
        transform.fit(new Drawn(inputs(encoding, rows), targets(encoding.target(), rows)));
        return transform;
    }

    private static Matrix inputs(Transform transform, Matrix x, Kernels kernels) {
        return Probe.copy(kernels, transform.inputs(Probe.copy(kernels, x)));
    }

    private static Matrix targets(Transform transform, Matrix y, Kernels kernels) {
        return Probe.copy(kernels, transform.targets(Probe.copy(kernels, y)));
    }

    private Matrix inputs(Encoding encoding, int rows) {
        Bounds bounds = spec.takes();
        double least = Math.max(
                bounds.least() > 0 ? Math.max(bounds.least(), NEAR_ZERO) : bounds.least(),
                Math.min(-4, bounds.greatest() - 8));
        double greatest = Math.min(bounds.greatest(), Math.max(4, bounds.least() + 8));
        Matrix x = probe.draw("inputs", rows, encoding.shape().size(), least, greatest);
        int from = 0;
        for (Encoding.Column column : encoding.columns()) {
            for (int i = 0; i < rows && !column.categories().isEmpty(); i++) {
                int name = (i * i + i / 2) % column.categories().size();
                for (int j = 0; j < column.width(); j++) {
                    x.set(i, from + j, column.ordinal() ? name : j == name ? 1 : 0);
                }
            }
            from += column.width();
        }
        return x;
    }

    private Matrix targets(Target target, int rows) {
        Matrix y = probe.float64().matrix(rows, target.width());
        for (int i = 0; i < rows; i++) {
            int kind = i % NAMES.size();
            switch (target.form()) {
                case CLASS_INDEX -> y.set(i, 0, kind);
                case ONE_HOT -> y.set(i, kind, 1);
                case VALUES -> y.setRow(i, new double[] {i, 0.5 * i, -i});
            }
        }
        return y;
    }

    /** The examples that a transform is fitted to. */
    private record Drawn(Matrix x, Matrix y) implements Transform.Examples {
        @Override
        public int size() {
            return x.rows();
        }

        @Override
        public void forEachInput(Consumer<double[]> consumer) {
            forEach((input, target, draws) -> consumer.accept(input));
        }

        @Override
        public void forEach(Transform.ExampleConsumer consumer) {
            RandomStream stream = RandomStream.of(0, "transforms.0");
            double[] input = new double[x.columns()];
            double[] target = new double[y.columns()];
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < input.length; j++) {
                    input[j] = x.get(i, j);
                }
                for (int j = 0; j < target.length; j++) {
                    target[j] = y.get(i, j);
                }
                consumer.accept(input, target, stream.at(0, i));
            }
        }
    }
}
