package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Metric;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.contract.DataSourceContract;
import dev.chainrule.engine.contract.MetricContract;
import dev.chainrule.engine.contract.TransformContract;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sources, transforms and metrics with one fault at a time. */
class DataContractTests {
    enum Fault {
        NONE,
        NOT_FINITE,
        OTHER_ROW,
        CLASS_TOO_HIGH,
        CHANGES,
        CHANGES_WHEN_OPENED,
        NO_HASH,
        MISSING,
        NOT_WRITTEN,
        STATE_FORGOTTEN,
        STATE_IN_NUMBERS,
        NOT_RESTORED,
        WRONG_SHAPE,
        BATCH_DEPENDENT,
        DRAWS_UNSAID,
        NOT_FINITE_IN_TRAINING,
        MODIFIES,
        BATCH_MEANS,
        SHARED
    }

    /** Two classes of two numbers. */
    private static final class Pairs implements DataSourceSpec {
        private final Fault fault;
        private int opened;

        Pairs(Fault fault) {
            this.fault = fault;
        }

        @Override
        public DataSource open(DataContext context) {
            if (fault == Fault.MISSING) {
                throw new InputException("there is no file");
            }
            opened++;
            return new DataSource() {
                private int reads;

                @Override
                public int size() {
                    return 5;
                }

                @Override
                public Encoding encoding() {
                    return new Encoding(
                            Shape.of(2), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("even", "odd")));
                }

                @Override
                public void readInput(int index, Matrix x, int row) {
                    reads++;
                    double shift = fault == Fault.CHANGES ? reads : fault == Fault.CHANGES_WHEN_OPENED ? opened : 0;
                    x.set(row, 0, index + shift);
                    x.set(row, 1, fault == Fault.NOT_FINITE ? Double.NaN : 1);
                    if (fault == Fault.OTHER_ROW) {
                        x.set(0, 0, 7);
                    }
                }

                @Override
                public void readTarget(int index, Matrix y, int row) {
                    y.set(row, 0, index % 2 + (fault == Fault.CLASS_TOO_HIGH ? 1 : 0));
                }

                @Override
                public Provenance provenance() {
                    return new Provenance("pairs", fault == Fault.NO_HASH ? "none" : "0".repeat(64));
                }
            };
        }
    }

    @Test
    void check_sources_findsWhatIsWrong() {
        assertEquals(List.of(), DataSourceContract.check(new Pairs(Fault.NONE), Path.of("")));
        source(Fault.NOT_FINITE, "x of example 0 \\[1]: expected a finite number, got .nan");
        source(Fault.OTHER_ROW, "x of example 0 written to row 1: expected the other rows as they were, got .*");
        source(Fault.CLASS_TOO_HIGH, "y of CLASS_INDEX: expected 0 … 1, got 2");
        source(Fault.CHANGES, "float32 x at \\[0, 0].*");
        source(Fault.CHANGES_WHEN_OPENED, "x when opened again at \\[0, 0]: expected 1, got 2");
        source(Fault.NO_HASH, "SHA-256 of the content: expected 64 hexadecimal digits, got none");
        source(Fault.MISSING, "open: expected a source, got the error 'there is no file'");
    }

    private static void source(Fault fault, String pattern) {
        String text =
                DataSourceContract.check(new Pairs(fault), Path.of("")).get(0).text();
        assertTrue(text.matches(pattern), fault + ": " + text);
    }

    /** x less the mean of the training examples' first input. */
    record Centring(Fault fault) implements TransformSpec {
        @Override
        public Transform create(Encoding encoding, Kernels kernels) {
            Matrix mean = kernels.matrix(1, 1);
            return new Transform() {
                private int batches;

                @Override
                public Encoding encoding() {
                    return fault == Fault.WRONG_SHAPE
                            ? new Encoding(Shape.of(3), List.of(), encoding.target())
                            : encoding;
                }

                @Override
                public void fit(Examples training) {
                    training.forEachInput(x -> mean.set(0, 0, mean.get(0, 0) + x[0] / training.size()));
                }

                @Override
                public void save(State to) {
                    if (fault != Fault.STATE_FORGOTTEN) {
                        to.put("mean", mean);
                    }
                    if (fault == Fault.STATE_IN_NUMBERS) {
                        to.put("least", mean.get(0, 0));
                    }
                }

                @Override
                public void restore(State from) {
                    if (fault != Fault.STATE_FORGOTTEN && fault != Fault.NOT_RESTORED) {
                        mean.copyFrom(from.matrix("mean"));
                    }
                }

                @Override
                public Matrix trainingInputs(Matrix x, Origin origin) {
                    Matrix out = inputs(x);
                    if (fault == Fault.DRAWS_UNSAID) {
                        out.set(0, 0, out.get(0, 0) + origin.draws(0).normal());
                    }
                    if (fault == Fault.NOT_FINITE_IN_TRAINING) {
                        out.set(1, 0, Double.NaN);
                    }
                    return out;
                }

                @Override
                public Matrix inputs(Matrix x) {
                    batches++;
                    double shift = fault == Fault.CHANGES ? batches : fault == Fault.BATCH_DEPENDENT ? x.rows() : 0;
                    for (int i = 0; i < x.rows(); i++) {
                        for (int j = 0; j < x.columns(); j++) {
                            x.set(i, j, x.get(i, j) - mean.get(0, 0) + shift);
                        }
                    }
                    x.set(0, 0, fault == Fault.NOT_FINITE ? Double.NaN : x.get(0, 0));
                    return x;
                }
            };
        }
    }

    @Test
    void check_transforms_findsWhatIsWrong() {
        assertEquals(List.of(), TransformContract.check(new Centring(Fault.NONE)));
        transform(Fault.WRONG_SHAPE, "columns of inputs of \\[6]: expected 3, got 6");
        transform(Fault.NOT_FINITE, "inputs of \\[6] at \\[0, 0]: expected a finite number, got .nan");
        transform(Fault.BATCH_DEPENDENT, "inputs of an example in a batch at \\[0, 0]: .*");
        transform(Fault.CHANGES, "inputs of an example in a batch at \\[0, 0]: .*");
        transform(Fault.DRAWS_UNSAID, "draws\\(\\): expected true, since trainingInputs uses random draws, got false");
        transform(
                Fault.NOT_FINITE_IN_TRAINING,
                "inputs for training of \\[6] at \\[1, 0]: expected a finite number, got .nan");
        transform(Fault.STATE_FORGOTTEN, "inputs after restoring at \\[0, 0]: .*");
        transform(Fault.NOT_RESTORED, "inputs after restoring at \\[0, 0]: .*");
        transform(
                Fault.STATE_IN_NUMBERS,
                "saved texts and numbers: expected none, as a model contains only matrices, got \\[least]");
    }

    private static void transform(Fault fault, String pattern) {
        String text = TransformContract.check(new Centring(fault)).get(0).text();
        assertTrue(text.matches(pattern), fault + ": " + text);
    }

    /** The mean of the first output. */
    record FirstOutput(Fault fault) implements Metric {
        private static double shared;

        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public void check(Shape output, Target target) {
            if (fault == Fault.MISSING) {
                throw new InputException("no");
            }
        }

        @Override
        public Accumulator start() {
            return new Accumulator() {
                private double sum;
                private double count;

                @Override
                public void add(Matrix a, Matrix y, Matrix costs) {
                    double batch = 0;
                    for (int i = 0; i < a.rows(); i++) {
                        batch += a.get(i, 0) * (fault == Fault.NOT_FINITE ? Double.NaN : 1);
                    }
                    boolean means = fault == Fault.BATCH_MEANS;
                    sum += means ? batch / a.rows() + a.rows() : batch;
                    shared += batch;
                    count += means ? 1 : a.rows();
                    if (fault == Fault.MODIFIES) {
                        costs.fill(0);
                    }
                }

                @Override
                public void save(State to) {
                    to.put("sum", sum).put("count", count);
                }

                @Override
                public void restore(State from) {
                    sum = from.number("sum");
                    count = from.number("count");
                }

                @Override
                public double value() {
                    return count == 0 && fault != Fault.CHANGES
                            ? Double.NaN
                            : (fault == Fault.SHARED ? shared : sum) / Math.max(1, count);
                }
            };
        }
    }

    @Test
    void check_metrics_findsWhatIsWrong() {
        assertEquals(List.of(), MetricContract.check(new FirstOutput(Fault.NONE)));
        metric(Fault.SHARED, "value with numbers, example by example, interleaved with another evaluation: .*");
        metric(Fault.MISSING, "kinds of targets accepted: expected 1, got 0");
        metric(Fault.CHANGES, "value of no examples: expected .nan, got 0");
        metric(Fault.NOT_FINITE, "value with numbers: expected a finite number, got .nan");
        metric(Fault.MODIFIES, "costs with numbers at \\[0, 0]: expected .*, got 0");
        metric(Fault.BATCH_MEANS, "value with numbers, example by example, interleaved with another evaluation: .*");
    }

    private static void metric(Fault fault, String pattern) {
        String text = MetricContract.check(new FirstOutput(fault)).get(0).text();
        assertTrue(text.matches(pattern), fault + ": " + text);
    }
}
