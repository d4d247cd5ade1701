package dev.chainrule.engine.data;

import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.objective.Rows;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Targets as the loss sees them and as people read them. Numbers are read in float64 and measured unchanged; for the loss they
 * are transformed and rounded to the run's precision. Classes are the same in both, and so are inputs that are their own targets.
 */
final class TargetFlow {
    private static final String KEY = "target_transforms";

    private final String source;
    private final boolean reconstructs;
    private final TransformChain examples;
    private final TransformChain transforms;
    private final Target target;
    private final boolean numbers;
    private final boolean readNumbers;
    private final boolean narrow;
    private final DoubleMatrix exact = new DoubleMatrix(0, 0);
    private final DoubleMatrix scaled = new DoubleMatrix(0, 0);
    private final DoubleMatrix corrected = new DoubleMatrix(0, 0);
    private final DoubleMatrix outputs = new DoubleMatrix(0, 0);
    private final Matrix plain;
    private final Rows plainRows;
    private final Rows changedExamples;
    private final Rows measuredRows;
    private final Rows undoneExamples;
    private final Rows undoneRows;
    private Matrix measured;

    /**
     * Create the transforms of targets, not yet fitted.
     *
     * @param head the output that learns them
     * @param source the name of their columns among those of the sources, if the output does not reconstruct the input
     * @param examples the transforms of whole examples, which may change targets first
     * @param raw the targets of the sources
     * @param seed of the run
     * @throws InputException at {@code data.target_transforms} if they do not fit
     */
    TargetFlow(Head head, String source, TransformChain examples, Target raw, long seed, Kernels kernels) {
        List<TransformSpec> specs = head.output().targetTransforms();
        this.source = source;
        this.reconstructs = head.output().reconstruct();
        this.target = reconstructs
                ? inputs(examples.encoding())
                : at(raw.positions(), examples.encoding().target());
        this.examples = examples;
        this.numbers = !target.isClass();
        this.readNumbers = !raw.isClass();
        this.narrow = kernels.precision() == Precision.FLOAT32;
        this.plain = TransformChain.in(examples.precision(), kernels).matrix(0, 0);
        this.measured = plain;
        this.plainRows = new Rows(
                target, TransformChain.in(examples.precision(), kernels).matrix(0, 0));
        this.changedExamples = new Rows(target, kernels.matrix(0, 0));
        this.measuredRows = new Rows(target, numbers ? new DoubleMatrix(0, 0) : kernels.matrix(0, 0));
        this.undoneExamples = new Rows(target, new DoubleMatrix(0, 0));
        this.undoneRows = new Rows(target, new DoubleMatrix(0, 0));
        if (!specs.isEmpty() && reconstructs) {
            throw new InputException(
                            "the target is the transformed input, which target_transforms do not change",
                            "Remove target_transforms, or reconstruct.")
                    .atConfig(head.path(KEY));
        }
        if (!specs.isEmpty() && !numbers) {
            throw new InputException(
                            "the targets are classes (" + target.listed() + "), but target_transforms apply to numbers",
                            "Remove target_transforms.")
                    .atConfig(head.path(KEY));
        }
        List<Encoding.Column> columns = IntStream.range(0, target.rows())
                .boxed()
                .flatMap(row -> target.names().stream().map(name -> target.rows() == 1 ? name : name + "_" + (row + 1)))
                .map(name -> new Encoding.Column(name, List.of()))
                .toList();
        Encoding asInputs = new Encoding(Shape.of(target.size()), columns, target);
        this.transforms =
                new TransformChain(head.path(KEY), tensors(head), specs, specs.size(), asInputs, seed, kernels);
        transforms.requireUndoing();
    }

    /** Return the beginning of the names of the transforms' tensors. */
    private static String tensors(Head head) {
        return head.name().isEmpty() ? KEY : head.path(KEY);
    }

    /** Return a target at positions, which transforms cannot change: they see each as a row. */
    private static Target at(List<Integer> positions, Target target) {
        return new Target(target.form(), target.names(), positions);
    }

    /** Return the inputs of examples as the quantity to be learned. */
    private static Target inputs(Encoding encoding) {
        List<String> names = encoding.columns().isEmpty()
                ? IntStream.rangeClosed(1, encoding.shape().size())
                        .mapToObj(input -> "input_" + input)
                        .toList()
                : encoding.columns().stream()
                        .flatMap(column -> column.categories().isEmpty() || column.ordinal()
                                ? Stream.of(column.name())
                                : column.categories().stream().map(category -> column.name() + "=" + category))
                        .toList();
        return new Target(Target.Form.VALUES, names);
    }

    /** Return the quantity to be learned, after the transforms of examples. */
    Target target() {
        return target;
    }

    /** Return whether the inputs of a batch are its targets. */
    boolean reconstructs() {
        return reconstructs;
    }

    TransformChain transforms() {
        return transforms;
    }

    /** Return the transforms of whole examples, which may change targets first. */
    TransformChain examples() {
        return examples;
    }

    void fit(Dataset train) {
        int[] order = train.inOrder();
        transforms.fit(train, (from, rows) -> {
            measure(train, order, from, rows);
            scaled.copyFrom(measured);
            return scaled;
        });
    }

    /** Read the targets [rows, numbers of an example] of a batch, as the loss sees them. */
    Matrix read(Dataset dataset, int[] order, int from, int rows) {
        measure(dataset, order, from, rows);
        if (!numbers) {
            return measured;
        }
        if (transforms.isEmpty()) {
            return transforms.inputs(measured, dataset, order, from);
        }
        scaled.copyFrom(measured);
        return transforms.inputs(scaled, dataset, order, from);
    }

    /** Take augmented targets, as the loss sees them; people read those at positions, and the classes of mixed examples as they were. */
    Matrix augmented(Matrix y) {
        if (!numbers && target.rows() > 1) {
            measured = y;
        }
        return y;
    }

    /** Take the inputs of a batch as its targets. */
    Matrix reconstruct(Matrix x) {
        exact.copyFrom(x);
        measured = exact;
        return x;
    }

    /** Return the targets of the batch last read, a row for each position, as people read them: numbers in float64. */
    Matrix measured() {
        return measuredRows.of(measured);
    }

    /** Return outputs, a row for each position, in the unit of the data: numbers in float64. */
    Matrix outputs(Matrix a) {
        if (!numbers || a.precision() == Precision.FLOAT64 && transforms.isEmpty()) {
            return a;
        }
        outputs.copyFrom(a);
        return undoneRows.of(transforms.undo(undoneExamples.examples(outputs)));
    }

    /**
     * Return the bytes of a batch's targets, and of outputs in their unit.
     *
     * @param most rows of the largest pass
     * @param checked rows that are read at once to check numbers
     */
    long bytes(int most, int checked) {
        long row = readNumbers ? Double.BYTES : plain.precision().bytes();
        if (!reconstructs) {
            row += readNumbers && !examples.isEmpty() ? plain.precision().bytes() : 0;
            row += numbers && !(readNumbers && examples.isEmpty()) ? Double.BYTES : 0;
            row += numbers && !transforms.isEmpty() ? Double.BYTES : 0;
            row += numbers && narrow ? Float.BYTES : 0;
        }
        long undone = numbers && (narrow || !transforms.isEmpty()) ? Double.BYTES : 0;
        return target.size() * (row * Math.max(most, checked) + undone * most);
    }

    private void measure(Dataset dataset, int[] order, int from, int rows) {
        if (!readNumbers) {
            dataset.readTargets(source, order, from, rows, plain);
            measured = changed();
            if (numbers) {
                corrected.copyFrom(measured);
                measured = corrected;
            }
            return;
        }
        dataset.readTargets(source, order, from, rows, exact);
        measured = exact;
        if (!examples.isEmpty()) {
            plain.copyFrom(exact);
            Matrix changed = changed();
            measured = numbers ? corrected(changed) : changed;
        }
    }

    /** Apply the transforms of examples to the targets that have been read. */
    private Matrix changed() {
        return changedExamples.examples(examples.targets(plainRows.of(plain)));
    }

    /** Restore the original digits of numbers that transforms of examples have rounded but not changed. */
    private Matrix corrected(Matrix changed) {
        corrected.copyFrom(changed);
        if (narrow && changed.columns() == exact.columns()) {
            for (int i = 0; i < changed.rows(); i++) {
                for (int j = 0; j < changed.columns(); j++) {
                    if ((float) exact.get(i, j) == changed.get(i, j)) {
                        corrected.set(i, j, exact.get(i, j));
                    }
                }
            }
        }
        return corrected;
    }
}
