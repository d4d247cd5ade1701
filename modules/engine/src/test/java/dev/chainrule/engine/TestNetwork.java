package dev.chainrule.engine;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Metric;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.BatchSize;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.engine.experiment.Report;
import dev.chainrule.engine.experiment.Training;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The smallest components a network can be made of: the engine does not know the built-in ones. */
public final class TestNetwork {
    private TestNetwork() {}

    @Component("square")
    public record Square() implements Elementwise {
        @Override
        public double value(double z) {
            return z * z;
        }

        @Override
        public double derivative(double z, double a) {
            return 2 * z;
        }
    }

    @Component("straight")
    public record Straight() implements Elementwise {
        @Override
        public double value(double z) {
            return z;
        }

        @Override
        public double derivative(double z, double a) {
            return 1;
        }
    }

    @Component("hinge")
    public record Hinge() implements Elementwise {
        @Override
        public double value(double z) {
            return Math.max(z, 0);
        }

        @Override
        public double derivative(double z, double a) {
            return z > 0 ? 1 : 0;
        }

        @Override
        public double[] kinks() {
            return new double[] {0};
        }
    }

    public record SmallNormal() implements Initializer {
        @Override
        public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    w.set(i, j, draws.normal() / 2);
                }
            }
        }
    }

    /** z = x·w + b; {@code fault} multiplies BP4, so that a check has something to find. */
    @Component("dense")
    public record TestDense(int units, Activation activation, double fault, Optional<Regularizer> regularizer)
            implements LayerSpec {
        public TestDense(int units, Activation activation) {
            this(units, activation, 1, Optional.empty());
        }

        @Override
        public Value build(LayerContext context) {
            int in = context.input().size();
            Kernels kernels = context.kernels();
            Parameter weights = context.parameter("weights", in, units, new SmallNormal(), in, units)
                    .regularizer(regularizer);
            Parameter biases = context.parameter("biases", 1, units, new SmallNormal(), in, units);
            Node affine = new Node() {
                @Override
                public String label() {
                    return "affine";
                }

                @Override
                public Shape output() {
                    return Shape.of(units);
                }

                @Override
                public void forward(Matrix x, Matrix out, Pass pass) {
                    kernels.multiply(x, weights.value(), out, false);
                    kernels.addRow(out, biases.value());
                }

                @Override
                public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
                    kernels.columnSums(delta, biases.gradient());
                    kernels.multiplyTransA(x, delta, weights.gradient(), false);
                    kernels.scale(fault, weights.gradient());
                }

                @Override
                public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
                    kernels.multiplyTransB(delta, weights.value(), dx, false);
                }
            };
            return context.chain(affine, new ActivationNode(activation, Shape.of(units), kernels));
        }
    }

    @Component("half_square")
    public record HalfSquare() implements Loss {
        @Override
        public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            for (int i = 0; i < a.rows(); i++) {
                double sum = 0;
                for (int j = 0; j < a.columns(); j++) {
                    double difference = a.get(i, j) - y.get(i, j);
                    sum += difference * difference;
                }
                costs.set(i, 0, sum / 2);
            }
        }

        @Override
        public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
            kernels.subtractDivide(a, y, a.rows(), g);
        }

        @Override
        public void check(Shape output, Target target) {}
    }

    @Component("loss")
    public record MeanCost() implements Metric {
        @Override
        public boolean higherIsBetter() {
            return false;
        }

        @Override
        public void check(Shape output, Target target) {}

        @Override
        public Accumulator start() {
            return new Accumulator() {
                private double sum;
                private int count;

                @Override
                public void add(Matrix a, Matrix y, Matrix costs) {
                    for (int i = 0; i < costs.rows(); i++, count++) {
                        sum += costs.get(i, 0);
                    }
                }

                @Override
                public double value() {
                    return sum / count;
                }

                @Override
                public void save(State to) {
                    to.put("sum", sum).put("count", count);
                }

                @Override
                public void restore(State from) {
                    sum = from.number("sum");
                    count = (int) from.whole("count");
                }
            };
        }
    }

    public record Rate(double value) implements Schedule {
        @Override
        public double rate(dev.chainrule.api.training.Progress progress) {
            return value;
        }
    }

    @Component("descent")
    public record Descent(double rate) implements OptimizerSpec {
        @Override
        public Schedule learningRate() {
            return new Rate(rate);
        }

        @Override
        public Optimizer create(List<Parameter> parameters, Kernels kernels) {
            return new Optimizer() {
                @Override
                public void update(long step, double learningRate) {
                    parameters.forEach(p -> kernels.addScaled(-learningRate, p.gradient(), p.value()));
                }
            };
        }
    }

    /** Examples x = (i, 1)/size, y = (i/size)², of which index i can be told from x. */
    @Component("parabola")
    public record Parabola(int size) implements DataSourceSpec {
        @Override
        public DataSource open(DataContext context) {
            return new DataSource() {
                @Override
                public int size() {
                    return size;
                }

                @Override
                public Encoding encoding() {
                    return new Encoding(Shape.of(2), List.of(), new Target(Target.Form.VALUES, List.of("y")));
                }

                @Override
                public void readInput(int index, Matrix x, int row) {
                    x.setRow(row, new double[] {(double) index / size, 1});
                }

                @Override
                public void readTarget(int index, Matrix y, int row) {
                    y.set(row, 0, (double) index / size * index / size);
                }

                @Override
                public Provenance provenance() {
                    return new Provenance("a parabola", Sha256.of("parabola " + size));
                }
            };
        }
    }

    public static Datasets.Surroundings nowhere() {
        return new Datasets.Surroundings(java.nio.file.Path.of(""), true, name -> Optional.empty(), true);
    }

    public static Data data(int size, Optional<HeldOut> test, Optional<HeldOut> validation) {
        return new Data(
                new Parabola(size), test, validation, List.of(), List.of(), List.of(), false, new BatchSize(4), true);
    }

    /** Return a part that no column decides. */
    public static HeldOut heldOut(
            Optional<Double> fraction,
            Optional<Integer> count,
            Optional<HeldOut.Order> order,
            Optional<Boolean> stratify,
            Optional<DataSourceSpec> source) {
        Optional<String> none = Optional.empty();
        return new HeldOut(fraction, count, order, stratify, none, none, none, none, source);
    }

    public static HeldOut split(int count, HeldOut.Order order) {
        return heldOut(Optional.empty(), Optional.of(count), Optional.of(order), Optional.empty(), Optional.empty());
    }

    public static Experiment experiment(
            Data data, List<LayerSpec> layers, double rate, int epochs, List<HookSpec> hooks) {
        return new Experiment(
                Experiment.VERSION,
                Optional.of("test"),
                7,
                Precision.FLOAT64,
                List.of(),
                data,
                layers.stream()
                        .map(layer -> new NamedLayer(Optional.empty(), layer))
                        .toList(),
                Optional.of(new HalfSquare()),
                Map.of(),
                new Descent(rate),
                Optional.empty(),
                new Training(
                        epochs,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                hooks,
                Map.of(),
                new Report(true, Report.Examples.SHOWN),
                List.of());
    }
}
