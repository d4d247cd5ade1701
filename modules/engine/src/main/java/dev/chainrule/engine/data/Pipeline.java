package dev.chainrule.engine.data;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Turn examples into batches, read, then transformed, and outputs into numbers in the unit of the data. Holds one batch at a time.
 *
 * <p>Targets exist twice: {@link #targets} as the loss sees them, after the transforms of targets and in the run's precision, and
 * {@link #measuredTargets} as people read them, numbers in float64.
 */
public final class Pipeline {
    private static final int CHECK_ROWS = 256;

    private final TransformChain transforms;
    private final TargetFlow targets;
    private final SortedMap<String, Matrix> state = new TreeMap<>();
    private final InputReader reader;
    private final Matrix x;

    /**
     * Create the transforms of a run, not yet fitted.
     *
     * @param raw what the sources give
     * @throws InputException at {@code data.transforms[i]} or {@code data.target_transforms[i]} if one does not fit
     */
    public Pipeline(Data data, Encoding raw, Kernels kernels) {
        List<TransformSpec> specs = data.transforms();
        this.transforms = new TransformChain("transforms", specs, TransformChain.early(specs), raw, kernels);
        this.targets = new TargetFlow(transforms, data.targetTransforms(), raw.target(), kernels);
        state.putAll(transforms.state());
        state.putAll(targets.transforms().state());
        this.reader = new InputReader(kernels.team());
        this.x = TransformChain.in(transforms.precision(), kernels)
                .matrix(0, raw.shape().size());
    }

    /** Let each transform learn from the training examples as the ones before it leave them. */
    public void fit(Dataset train) {
        int[] order = train.inOrder();
        transforms.fit(train, (from, rows) -> read(train, order, from, rows));
        targets.fit(train);
    }

    /**
     * Read the inputs of a whole dataset if transforms refuse some numbers.
     *
     * @throws InputException at a transform that cannot take a number
     */
    public void check(Dataset dataset) {
        int[] order = dataset.inOrder();
        for (int from = 0; transforms.isBounded() && from < order.length; from += CHECK_ROWS) {
            inputs(dataset, order, from, Math.min(CHECK_ROWS, order.length - from));
        }
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

    /** Return why a transform refuses a batch, if one does; what cannot be read at all is thrown. */
    private Optional<InputException> problem(Dataset dataset, int[] order, int from, int rows) {
        Matrix read = read(dataset, order, from, rows);
        try {
            transforms.inputs(read, dataset, order, from);
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of(e);
        }
    }

    /** Return what the transforms learned, by name: saved with the model, restored by writing into it. */
    public SortedMap<String, Matrix> state() {
        return state;
    }

    /** Return what a batch consists of, after the transforms. */
    public Encoding encoding() {
        return transforms.encoding();
    }

    /**
     * Read and transform the inputs of a batch.
     *
     * @return [rows, in], valid until the next call
     */
    public Matrix inputs(Dataset dataset, int[] order, int from, int rows) {
        return transforms.inputs(read(dataset, order, from, rows), dataset, order, from);
    }

    /**
     * Read and transform the targets of a batch.
     *
     * @return [rows, target] for the loss, valid until the next call
     */
    public Matrix targets(Dataset dataset, int[] order, int from, int rows) {
        return targets.read(dataset, order, from, rows);
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
