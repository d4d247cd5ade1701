package dev.chainrule.engine.data;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Transform;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Turn examples into batches: read, then transform. Holds one batch at a time.
 *
 * <p>Transforms up to the last one that is {@link TransformSpec#beforeRounding} compute in float64, with the numbers as the source
 * has them; then inputs are rounded to the run's precision, in which the others compute.
 */
public final class Pipeline {
    private static final int FIT_ROWS = 256;

    private final List<Transform> transforms;
    /** How many transforms, from the first on, compute before rounding. */
    private final int early;

    private final Encoding encoding;
    private final SortedMap<String, Matrix> state = new TreeMap<>();
    private final InputReader reader;
    private final Matrix read;
    private final Matrix roundedInputs;
    private final Matrix y;
    private final Matrix roundedTargets;

    /**
     * Create the transforms of a run, not yet fitted.
     *
     * @param raw what the sources give
     * @throws InputException at {@code data.transforms[i]} if one does not fit
     */
    public Pipeline(List<TransformSpec> specs, Encoding raw, Kernels kernels) {
        this.early = early(specs);
        Kernels wide = Kernels.of(Precision.FLOAT64, kernels.team());
        List<Transform> built = new ArrayList<>();
        Encoding flowing = raw;
        for (int i = 0; i < specs.size(); i++) {
            Transform transform;
            try {
                transform = specs.get(i).create(flowing, i < early ? wide : kernels);
            } catch (InputException e) {
                throw e.below("data.transforms[" + i + "]");
            }
            String prefix = "transforms." + i + ".";
            transform.state().forEach((name, tensor) -> state.put(prefix + name, tensor));
            built.add(transform);
            flowing = transform.encoding();
        }
        this.transforms = List.copyOf(built);
        this.encoding = flowing;
        this.reader = new InputReader(kernels.team());
        this.read = (early > 0 ? wide : kernels).matrix(0, raw.shape().size());
        this.roundedInputs = kernels.matrix(0, 0);
        this.y = (early > 0 ? wide : kernels).matrix(0, raw.target().width());
        this.roundedTargets = kernels.matrix(0, 0);
    }

    private static int early(List<TransformSpec> specs) {
        int early = specs.size();
        while (early > 0 && !specs.get(early - 1).beforeRounding()) {
            early--;
        }
        return early;
    }

    /** Let each transform learn from the training examples as the ones before it leave them. */
    public void fit(Dataset train) {
        for (int i = 0; i < transforms.size(); i++) {
            try {
                transforms.get(i).fit(new TrainingExamples(train, i));
            } catch (InputException e) {
                throw e.below("data.transforms[" + i + "]");
            }
        }
    }

    /** Return what the transforms learned, by name: saved with the model, restored by writing into it. */
    public SortedMap<String, Matrix> state() {
        return state;
    }

    /** Return what a batch consists of, after the transforms. */
    public Encoding encoding() {
        return encoding;
    }

    /**
     * Read and transform the inputs of a batch.
     *
     * @return [rows, in], valid until the next call
     */
    public Matrix inputs(Dataset dataset, int[] order, int from, int rows) {
        return inputs(dataset, order, from, rows, transforms.size());
    }

    /**
     * Read and transform the targets of a batch.
     *
     * @return [rows, target], valid until the next call
     */
    public Matrix targets(Dataset dataset, int[] order, int from, int rows) {
        dataset.readTargets(order, from, rows, y);
        Matrix flowing = y;
        for (int i = 0; i < transforms.size(); i++) {
            flowing = rounded(transforms.get(i).targets(flowing), i + 1, roundedTargets);
        }
        return flowing;
    }

    private Matrix inputs(Dataset dataset, int[] order, int from, int rows, int count) {
        reader.read(dataset, order, from, rows, read);
        Matrix flowing = read;
        for (int i = 0; i < count; i++) {
            flowing = rounded(transforms.get(i).inputs(flowing), i + 1, roundedInputs);
        }
        return flowing;
    }

    /** Round what the first {@code count} transforms give, where these are all that compute before. */
    private Matrix rounded(Matrix wide, int count, Matrix rounded) {
        if (count != early || wide.precision() == rounded.precision()) {
            return wide;
        }
        rounded.copyFrom(wide);
        return rounded;
    }

    private final class TrainingExamples implements Transform.Examples {
        private final Dataset train;
        private final int before;

        TrainingExamples(Dataset train, int before) {
            this.train = train;
            this.before = before;
        }

        @Override
        public int size() {
            return train.size();
        }

        @Override
        public void forEachInput(Consumer<double[]> consumer) {
            int[] order = train.inOrder();
            for (int from = 0; from < order.length; from += FIT_ROWS) {
                Matrix batch = inputs(train, order, from, Math.min(FIT_ROWS, order.length - from), before);
                double[] row = new double[batch.columns()];
                for (int i = 0; i < batch.rows(); i++) {
                    for (int j = 0; j < row.length; j++) {
                        row[j] = batch.get(i, j);
                    }
                    consumer.accept(row);
                }
            }
        }
    }
}
