package dev.chainrule.engine.data;

import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.Precision;
import dev.chainrule.model.MemoryShortage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The way from examples to batches, which are read and then transformed, and from outputs to numbers in the unit of the data.
 * One batch is in memory at a time.
 *
 * <p>Targets exist twice: {@link #targets} as the loss sees them, after the transforms of targets and in the run's precision,
 * and {@link #measuredTargets} as people read them, numbers in float64.
 */
public final class Pipeline {
    private static final int CHECK_ROWS = 256;
    private static final String BEYOND = ", beyond float32, whose largest number is " + Numbers.format(Float.MAX_VALUE);

    private final TransformChain transforms;
    private final TargetFlow targets;
    private final boolean reconstructs;
    private final InputReader reader;
    private final Matrix x;
    /** Whether inputs may exceed the precision: bytes of images, which may be read late, do not. */
    private final boolean mayOverflow;

    /**
     * Create the transforms of a run, not yet fitted.
     *
     * @param raw the encoding of the sources
     * @throws InputException at {@code data.transforms[i]} or {@code data.target_transforms[i]} if one does not fit
     */
    public Pipeline(Data data, Encoding raw, Kernels kernels) {
        List<TransformSpec> specs = data.transforms();
        this.transforms = new TransformChain("transforms", specs, TransformChain.early(specs), raw, kernels);
        this.targets = new TargetFlow(transforms, data, raw.target(), kernels);
        this.reconstructs = data.reconstruct();
        this.reader = new InputReader(kernels.team());
        this.x = TransformChain.in(transforms.precision(), kernels)
                .matrix(0, raw.shape().size());
        this.mayOverflow = kernels.precision() == Precision.FLOAT32
                && raw.shape().dimensions().size() == 1;
    }

    /** Fit each transform to the training examples as the ones before it leave them. */
    public void fit(Dataset train) {
        if (train.hasGaps()) {
            Dataset whole = Dataset.of(train.name(), train.source());
            transforms.requireFilled(whole, (from, rows) -> read(whole, whole.inOrder(), from, rows));
        }
        int[] order = train.inOrder();
        transforms.fit(train, (from, rows) -> read(train, order, from, rows));
        targets.fit(train);
    }

    /**
     * Read the inputs of a whole dataset if some numbers are refused: by transforms, by the run's precision, or because a
     * value is missing.
     *
     * @throws InputException at a transform that cannot take a number, or at a number beyond the precision
     */
    public void check(Dataset dataset) {
        int[] order = dataset.inOrder();
        for (int from = 0;
                (transforms.isBounded() || mayOverflow || dataset.hasGaps()) && from < order.length;
                from += CHECK_ROWS) {
            int rows = Math.min(CHECK_ROWS, order.length - from);
            requireHeld(dataset, from, inputs(dataset, order, from, rows));
        }
    }

    /** Require that inputs are finite after the transforms. */
    private void requireHeld(Dataset dataset, int from, Matrix inputs) {
        for (int i = 0; mayOverflow && i < inputs.rows(); i++) {
            for (int j = 0; j < inputs.columns(); j++) {
                if (!Double.isFinite(inputs.get(i, j))) {
                    throw beyond(dataset, from + i, j, inputs.columns());
                }
            }
        }
    }

    private static InputException beyond(Dataset dataset, int number, int input, int count) {
        DoubleMatrix read = new DoubleMatrix(1, dataset.inputs());
        dataset.readInputs(dataset.inOrder(), number, 0, 1, read);
        // If transforms change the number of inputs, only the largest input can be named.
        int named = input;
        for (int j = 0; count != read.columns() && j < read.columns(); j++) {
            named = j == 0 || Math.abs(read.get(0, j)) > Math.abs(read.get(0, named)) ? j : named;
        }
        return dataset.problem(
                number,
                dataset.encoding().inputName(named) + " is " + Numbers.format(read.get(0, named))
                        + (Math.abs(read.get(0, named)) > Float.MAX_VALUE ? "" : ", after the transforms")
                        + BEYOND,
                "Write precision: float64, or begin the transforms with standardize.");
    }

    /**
     * Return the problem of the first target that exceeds the run's precision after the transforms; empty if there is none.
     *
     * @param dataset whose targets are numbers
     */
    public Optional<InputException> targetBeyond(Dataset dataset) {
        int[] order = dataset.inOrder();
        for (int number = 0; number < order.length; number++) {
            Matrix y = targets(dataset, order, number, 1);
            for (int j = 0; j < y.columns(); j++) {
                if (!Double.isFinite(y.get(0, j))) {
                    double value = measuredTargets().get(0, j);
                    return Optional.of(dataset.problem(
                            number,
                            "the target '" + encoding().target().names().get(j) + "' is " + Numbers.format(value)
                                    + (Math.abs(value) > Float.MAX_VALUE ? "" : ", after the transforms")
                                    + BEYOND,
                            "Add target_transforms: [ standardize ] to data, or write precision: float64."));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Return the examples that a transform refuses, by their numbers, with the reason.
     *
     * @param dataset loaded
     */
    SortedMap<Integer, String> refused(Dataset dataset) {
        SortedMap<Integer, String> reasons = new TreeMap<>();
        int[] order = dataset.inOrder();
        for (int from = 0; from < order.length; from += CHECK_ROWS) {
            int rows = Math.min(CHECK_ROWS, order.length - from);
            if (problem(dataset, order, from, rows).isPresent()) {
                for (int i = from; i < from + rows; i++) {
                    int number = i;
                    problem(dataset, order, i, 1).ifPresent(e -> reasons.put(number, e.getMessage()));
                }
            }
        }
        return reasons;
    }

    /** Return why a transform refuses a batch, if one does; an error in reading is thrown. */
    private Optional<InputException> problem(Dataset dataset, int[] order, int from, int rows) {
        Matrix read = read(dataset, order, from, rows);
        try {
            requireHeld(dataset, from, transforms.inputs(read, dataset, order, from));
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of(e);
        }
    }

    /** Return the state of the fitted transforms, by name: saved with the model. */
    public SortedMap<String, Matrix> state() {
        SortedMap<String, Matrix> state = transforms.state();
        state.putAll(targets.transforms().state());
        return state;
    }

    /** Restore the state of transforms, by the names of {@link #state}; those that are not given keep theirs. */
    public void restore(SortedMap<String, Matrix> given) {
        transforms.restore(given);
        targets.transforms().restore(given);
    }

    /** Return whether inputs are their own targets. */
    public boolean reconstructs() {
        return reconstructs;
    }

    /** Return the encoding of a batch, after the transforms. */
    public Encoding encoding() {
        return transforms.encoding().with(targets.target());
    }

    /**
     * Read and transform the inputs of a batch.
     *
     * @return [rows, in], valid until the next call
     */
    public Matrix inputs(Dataset dataset, int[] order, int from, int rows) {
        try {
            return transforms.inputs(read(dataset, order, from, rows), dataset, order, from);
        } catch (OutOfMemoryError e) {
            throw shortage(dataset, rows, e);
        }
    }

    private RunException shortage(Dataset dataset, int rows, OutOfMemoryError cause) {
        try {
            int width = encoding().shape().size();
            return new MemoryShortage(
                            "the inputs [" + rows + ", " + width + "] of a batch of " + dataset.name(),
                            (double) rows * width * transforms.precision().bytes(),
                            0)
                    .failure(cause);
        } catch (OutOfMemoryError e) { // no memory is left: the cause explains more than this failure
            throw cause;
        }
    }

    /**
     * Read and transform the targets of a batch; if its inputs are its targets, this is a call of {@link #inputs}.
     *
     * @return [rows, target] for the loss, valid until the next call
     */
    public Matrix targets(Dataset dataset, int[] order, int from, int rows) {
        return reconstructs
                ? targets.reconstruct(inputs(dataset, order, from, rows))
                : targets.read(dataset, order, from, rows);
    }

    /**
     * Return the targets of the batch last read by {@link #targets} in the unit of the data.
     *
     * @return [rows, target], numbers in float64, valid until the next call of {@link #targets}
     */
    public Matrix measuredTargets() {
        return targets.measured();
    }

    /**
     * Bring outputs to the unit of the data.
     *
     * @param a [rows, outputs]. Not modified.
     * @return [rows, outputs], numbers in float64, valid until the next call
     */
    public Matrix measuredOutputs(Matrix a) {
        return targets.outputs(a);
    }

    private Matrix read(Dataset dataset, int[] order, int from, int rows) {
        reader.read(dataset, order, from, rows, x);
        return x;
    }
}
