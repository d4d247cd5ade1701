package dev.chainrule.engine.data;

import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.model.Made;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * The transforms that one key of the config lists, in order.
 *
 * <p>Those up to the last one that is {@link TransformSpec#beforeRounding} compute in float64, with the numbers of the source;
 * then numbers are rounded to the run's precision, in which the others compute.
 */
final class TransformChain {
    static final int FIT_ROWS = 256;

    private final List<Link> links = new ArrayList<>();
    private final Encoding encoding;
    /** The number of transforms, from the first on, that compute before rounding. */
    private final int early;

    private final Matrix roundedInputs;
    private final Matrix roundedTargets;

    /** One transform, the encoding of its examples, its place in the config, and the prefix of its tensors. */
    private record Link(
            TransformSpec spec, Transform transform, Encoding takes, String place, String prefix, RowOrigin origin) {}

    /**
     * A reader of the training examples, one batch at a time: the given number of rows from a given row on, before any
     * transform.
     */
    interface Batches {
        Matrix read(int from, int rows);
    }

    /**
     * Create the transforms, not yet fitted.
     *
     * @param path of their list in the config: {@code data.transforms}
     * @param key the beginning of their tensors' names: {@code transforms}
     * @param early the number of transforms that compute before rounding
     * @param raw the encoding of the sources
     * @param seed of the run, for the streams {@code <key>.<i>}
     * @throws InputException at {@code data.transforms[i]} if one does not fit
     */
    TransformChain(
            String path, String key, List<TransformSpec> specs, int early, Encoding raw, long seed, Kernels kernels) {
        this.early = early;
        Kernels wide = early > 0 ? in(Precision.FLOAT64, kernels) : kernels;
        Encoding flowing = raw;
        for (int i = 0; i < specs.size(); i++) {
            String place = path + "[" + i + "]";
            Transform transform;
            try {
                transform = Made.by(specs.get(i), "create", specs.get(i).create(flowing, i < early ? wide : kernels));
            } catch (InputException e) {
                throw e.below(place);
            }
            String name = key + "." + i;
            RowOrigin origin = new RowOrigin(RandomStream.of(seed, name));
            links.add(new Link(specs.get(i), transform, flowing, place, name + ".", origin));
            flowing = transform.encoding();
        }
        this.encoding = flowing;
        this.roundedInputs = kernels.matrix(0, 0);
        this.roundedTargets = kernels.matrix(0, 0);
    }

    /** Return kernels of a precision with the threads of others: the same kernels if they have that precision. */
    static Kernels in(Precision precision, Kernels kernels) {
        return kernels.precision() == precision ? kernels : Kernels.of(precision, kernels.team());
    }

    /** Return the number of transforms that compute before rounding: up to the last that must. */
    static int early(List<TransformSpec> specs) {
        int early = specs.size();
        while (early > 0 && !specs.get(early - 1).beforeRounding()) {
            early--;
        }
        return early;
    }

    /**
     * Require that each transform can be undone.
     *
     * @throws InputException at the first that cannot
     */
    void requireUndoing() {
        for (Link link : links) {
            if (!(link.transform() instanceof InvertibleTransform)) {
                throw new InputException(
                                Network.kind(link.spec()) + " cannot be undone, so predictions would not be in the unit"
                                        + " of the data",
                                "Use only transforms that can be undone, such as standardize and log.")
                        .atConfig(link.place());
            }
            if (!link.transform().encoding().shape().equals(link.takes().shape())) {
                throw new InputException(
                                Network.kind(link.spec()) + " makes "
                                        + link.transform().encoding().shape() + " of "
                                        + link.takes().shape() + ": the number of targets must stay",
                                "Remove it.")
                        .atConfig(link.place());
            }
        }
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /** Return whether some numbers are errors. */
    boolean isBounded() {
        return links.stream().anyMatch(link -> !link.spec().takes().equals(Bounds.NONE));
    }

    /** Return the precision of the first transform's inputs. */
    Precision precision() {
        return early > 0 ? Precision.FLOAT64 : roundedInputs.precision();
    }

    Encoding encoding() {
        return encoding;
    }

    /** Return the state of the fitted transforms, by name: {@code transforms.0.mean}. */
    SortedMap<String, Matrix> state() {
        SortedMap<String, Matrix> tensors = new TreeMap<>();
        for (Link link : links) {
            State state = State.of(link.transform());
            if (!state.texts().isEmpty()) {
                throw new IllegalStateException(Network.kind(link.spec()) + " saves "
                        + state.texts().keySet() + ", but a model contains only matrices");
            }
            state.matrices().forEach((name, tensor) -> tensors.put(link.prefix() + name, tensor));
        }
        return tensors;
    }

    /** Restore the state of the transforms, by the same names; tensors that are not given stay as they are. */
    void restore(SortedMap<String, Matrix> given) {
        for (Link link : links) {
            State state = new State();
            State.of(link.transform())
                    .matrices()
                    .forEach((name, tensor) -> state.put(name, given.getOrDefault(link.prefix() + name, tensor)));
            link.transform().restore(state);
        }
    }

    /**
     * Require that the first transforms, which accept gaps, fill all of them; they fill the same gaps whatever they have
     * learned.
     *
     * @param whole all examples of a source, in its order, so that the first gap is named
     * @throws InputException at the transform that would receive the gap, or at {@code data.train}
     */
    void requireFilled(Dataset whole, Batches batches) {
        int filling = 0;
        while (filling < links.size() && links.get(filling).spec().takesGaps()) {
            filling++;
        }
        int[] order = whole.inOrder();
        for (int from = 0; from < order.length; from += FIT_ROWS) {
            Matrix read = batches.read(from, Math.min(FIT_ROWS, order.length - from));
            try {
                inputs(read, whole, order, from, filling);
            } catch (InputException e) {
                throw e.atConfig(
                        filling == links.size()
                                ? "data.train"
                                : links.get(filling).place());
            }
        }
    }

    /** Fit each transform to the training examples as the ones before it leave them. */
    void fit(Dataset train, Batches batches) {
        for (int i = 0; i < links.size(); i++) {
            try {
                links.get(i).transform().fit(new TrainingExamples(train, batches, i));
            } catch (InputException e) {
                throw e.configPath().isPresent() ? e : e.atConfig(links.get(i).place());
            }
        }
    }

    /**
     * Transform the inputs of a batch.
     *
     * @param x [rows, in], of {@link #precision}. Modified.
     * @param dataset, order, from the origin of the rows, for messages
     * @return [rows, out], of the run's precision, valid until the next call
     * @throws InputException at a transform that cannot take a number
     */
    Matrix inputs(Matrix x, Dataset dataset, int[] order, int from) {
        return inputs(x, dataset, order, from, links.size());
    }

    private Matrix inputs(Matrix x, Dataset dataset, int[] order, int from, int count) {
        Matrix flowing = rounded(x, 0, roundedInputs);
        for (int i = 0; i < count; i++) {
            Link link = links.get(i);
            requireValues(i, flowing, dataset, order, from);
            Bounds bounds = link.spec().takes();
            if (!bounds.equals(Bounds.NONE)) {
                check(link, bounds, flowing, dataset, order, from);
            }
            Matrix made = dataset.isTraining()
                    ? link.transform().trainingInputs(flowing, link.origin().at(order, from, dataset.size()))
                    : link.transform().inputs(flowing);
            flowing = rounded(made, i + 1, roundedInputs);
        }
        requireValues(count, flowing, dataset, order, from);
        return flowing;
    }

    /** Require that no input is NaN, which a source gives for a missing value, unless the transform of that number accepts it. */
    private void requireValues(int before, Matrix x, Dataset dataset, int[] order, int from) {
        boolean last = before == links.size();
        if (!dataset.hasGaps() || !last && links.get(before).spec().takesGaps()) {
            return;
        }
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                if (Double.isNaN(x.get(i, j))) {
                    throw dataset.problem(
                            order[from + i],
                            (last ? encoding : links.get(before).takes()).columnName(j) + " has no value",
                            "Fill it: add a transform such as { type: fill, with: most_common } to data.transforms"
                                    + (last
                                            ? ""
                                            : ", before "
                                                    + Network.kind(
                                                            links.get(before).spec()))
                                    + ", or drop such rows with missing: drop.");
                }
            }
        }
    }

    private static void check(Link link, Bounds bounds, Matrix x, Dataset dataset, int[] order, int from) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                if (!bounds.contains(x.get(i, j)) && link.transform().reads(j)) {
                    throw dataset.problem(
                                    order[from + i],
                                    link.takes().inputName(j) + " is " + Numbers.format(x.get(i, j)) + "; "
                                            + Network.kind(link.spec()) + " takes " + bounds,
                                    "Correct or remove such rows, or use another transform.")
                            .atConfig(link.place());
                }
            }
        }
    }

    /**
     * Transform the targets of a batch.
     *
     * @param y [rows, target], of {@link #precision}. Modified.
     * @return [rows, target], of the run's precision, valid until the next call
     */
    Matrix targets(Matrix y) {
        Matrix flowing = rounded(y, 0, roundedTargets);
        for (int i = 0; i < links.size(); i++) {
            flowing = rounded(links.get(i).transform().targets(flowing), i + 1, roundedTargets);
        }
        return flowing;
    }

    /**
     * Undo what {@link #inputs} does, without rounding.
     *
     * @param x [rows, out], of float64. Modified.
     */
    Matrix undo(Matrix x) {
        Matrix flowing = x;
        for (int i = links.size() - 1; i >= 0; i--) {
            flowing = ((InvertibleTransform) links.get(i).transform()).undo(flowing);
        }
        return flowing;
    }

    /** Round the results of the first {@code count} transforms if these are all that compute before rounding. */
    private Matrix rounded(Matrix wide, int count, Matrix rounded) {
        if (count != early || wide.precision() == rounded.precision()) {
            return wide;
        }
        rounded.copyFrom(wide);
        return rounded;
    }

    private final class TrainingExamples implements Transform.Examples {
        private final Dataset train;
        private final Batches batches;
        private final int before;

        TrainingExamples(Dataset train, Batches batches, int before) {
            this.train = train;
            this.batches = batches;
            this.before = before;
        }

        @Override
        public int size() {
            return train.size();
        }

        @Override
        public InputException problem(int example, String message, String... notes) {
            return train.problem(example, message, notes);
        }

        @Override
        public void forEachInput(Consumer<double[]> consumer) {
            forEach((x, example) -> consumer.accept(x));
        }

        @Override
        public void forEach(Transform.ExampleConsumer consumer) {
            DoubleMatrix target = new DoubleMatrix(1, train.encoding().targetWidth());
            double[] y = new double[target.columns()];
            RowOrigin origin = links.get(before).origin();
            int[] order = train.inOrder();
            forEach((x, example) -> {
                train.readTarget(example, target);
                for (int j = 0; j < y.length; j++) {
                    y[j] = target.get(0, j);
                }
                consumer.accept(x, y, origin.at(order, 0, order.length).draws(example));
            });
        }

        private void forEach(ObjIntConsumer<double[]> consumer) {
            int[] order = train.inOrder();
            for (int from = 0; from < order.length; from += FIT_ROWS) {
                Matrix read = batches.read(from, Math.min(FIT_ROWS, order.length - from));
                Matrix batch = inputs(read, train, order, from, before);
                double[] row = new double[batch.columns()];
                for (int i = 0; i < batch.rows(); i++) {
                    for (int j = 0; j < row.length; j++) {
                        row[j] = batch.get(i, j);
                    }
                    consumer.accept(row, from + i);
                }
            }
        }
    }
}
