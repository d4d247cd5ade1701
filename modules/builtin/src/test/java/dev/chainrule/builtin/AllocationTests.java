package dev.chainrule.builtin;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.chainrule.api.Activation;
import dev.chainrule.api.Kind;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Metric;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.training.Cost;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Axis;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Span;
import dev.chainrule.builtin.augmentation.Brightness;
import dev.chainrule.builtin.augmentation.Contrast;
import dev.chainrule.builtin.augmentation.Cutout;
import dev.chainrule.builtin.augmentation.Elastic;
import dev.chainrule.builtin.augmentation.Expand;
import dev.chainrule.builtin.augmentation.Flip;
import dev.chainrule.builtin.augmentation.Mixup;
import dev.chainrule.builtin.augmentation.Noise;
import dev.chainrule.builtin.augmentation.RandomCrop;
import dev.chainrule.builtin.augmentation.Rotate;
import dev.chainrule.builtin.augmentation.Shift;
import dev.chainrule.builtin.augmentation.Zoom;
import dev.chainrule.builtin.loss.AbsoluteError;
import dev.chainrule.builtin.loss.BinaryCrossEntropy;
import dev.chainrule.builtin.loss.CosineDistance;
import dev.chainrule.builtin.loss.CrossEntropy;
import dev.chainrule.builtin.loss.Focal;
import dev.chainrule.builtin.loss.Hinge;
import dev.chainrule.builtin.loss.Huber;
import dev.chainrule.builtin.loss.KlDivergence;
import dev.chainrule.builtin.loss.LogCosh;
import dev.chainrule.builtin.loss.Poisson;
import dev.chainrule.builtin.loss.Quadratic;
import dev.chainrule.builtin.loss.Quantile;
import dev.chainrule.builtin.loss.SquaredHinge;
import dev.chainrule.builtin.metric.MeanLoss;
import dev.chainrule.builtin.metric.classes.Accuracy;
import dev.chainrule.builtin.metric.classes.AreaUnderCurve;
import dev.chainrule.builtin.metric.classes.AveragePrecision;
import dev.chainrule.builtin.metric.classes.BalancedAccuracy;
import dev.chainrule.builtin.metric.classes.BrierScore;
import dev.chainrule.builtin.metric.classes.CalibrationError;
import dev.chainrule.builtin.metric.classes.CohenKappa;
import dev.chainrule.builtin.metric.classes.Exact;
import dev.chainrule.builtin.metric.classes.F1;
import dev.chainrule.builtin.metric.classes.LogLoss;
import dev.chainrule.builtin.metric.classes.MatthewsCorrelation;
import dev.chainrule.builtin.metric.classes.Precision;
import dev.chainrule.builtin.metric.classes.Recall;
import dev.chainrule.builtin.metric.classes.TopK;
import dev.chainrule.builtin.metric.numbers.BinaryAccuracy;
import dev.chainrule.builtin.metric.numbers.CoefficientOfDetermination;
import dev.chainrule.builtin.metric.numbers.ExplainedVariance;
import dev.chainrule.builtin.metric.numbers.MeanAbsoluteError;
import dev.chainrule.builtin.metric.numbers.MeanAbsolutePercentageError;
import dev.chainrule.builtin.metric.numbers.MeanSquaredError;
import dev.chainrule.builtin.metric.numbers.QuantileLoss;
import dev.chainrule.builtin.metric.numbers.RootMeanSquaredError;
import dev.chainrule.builtin.optimizer.Adadelta;
import dev.chainrule.builtin.optimizer.Adagrad;
import dev.chainrule.builtin.optimizer.Adam;
import dev.chainrule.builtin.optimizer.AdamW;
import dev.chainrule.builtin.optimizer.Adamax;
import dev.chainrule.builtin.optimizer.AmsGrad;
import dev.chainrule.builtin.optimizer.Lamb;
import dev.chainrule.builtin.optimizer.Lbfgs;
import dev.chainrule.builtin.optimizer.Lion;
import dev.chainrule.builtin.optimizer.Nadam;
import dev.chainrule.builtin.optimizer.Radam;
import dev.chainrule.builtin.optimizer.Rmsprop;
import dev.chainrule.builtin.optimizer.Sgd;
import dev.chainrule.builtin.regularizer.L1;
import dev.chainrule.builtin.regularizer.L2;
import dev.chainrule.builtin.schedule.ConstantRate;
import dev.chainrule.builtin.schedule.CosineRate;
import dev.chainrule.builtin.schedule.CosineRestartsRate;
import dev.chainrule.builtin.schedule.ExponentialRate;
import dev.chainrule.builtin.schedule.InverseTimeRate;
import dev.chainrule.builtin.schedule.LinearRate;
import dev.chainrule.builtin.schedule.OneCycleRate;
import dev.chainrule.builtin.schedule.PiecewiseRate;
import dev.chainrule.builtin.schedule.PlateauRate;
import dev.chainrule.builtin.schedule.PolynomialRate;
import dev.chainrule.builtin.schedule.StepRate;
import dev.chainrule.builtin.schedule.Warmup;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import dev.chainrule.model.activation.Celu;
import dev.chainrule.model.activation.Elu;
import dev.chainrule.model.activation.Exponential;
import dev.chainrule.model.activation.Gelu;
import dev.chainrule.model.activation.GeluTanh;
import dev.chainrule.model.activation.HardSigmoid;
import dev.chainrule.model.activation.HardSilu;
import dev.chainrule.model.activation.HardTanh;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.activation.LeakyRelu;
import dev.chainrule.model.activation.LogSoftmax;
import dev.chainrule.model.activation.Mish;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Relu6;
import dev.chainrule.model.activation.Selu;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Silu;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.activation.Softplus;
import dev.chainrule.model.activation.Softsign;
import dev.chainrule.model.activation.Tanh;
import dev.chainrule.model.composite.Parallel;
import dev.chainrule.model.composite.Repeat;
import dev.chainrule.model.composite.Residual;
import dev.chainrule.model.composite.SameAs;
import dev.chainrule.model.cost.ActivityRegularizer;
import dev.chainrule.model.cost.Sample;
import dev.chainrule.model.initializer.XavierUniform;
import dev.chainrule.model.initializer.Zeros;
import dev.chainrule.model.join.Add;
import dev.chainrule.model.join.Concat;
import dev.chainrule.model.join.Dot;
import dev.chainrule.model.join.Joining;
import dev.chainrule.model.join.Mean;
import dev.chainrule.model.join.Multiply;
import dev.chainrule.model.layer.ActivationLayer;
import dev.chainrule.model.layer.BatchNorm;
import dev.chainrule.model.layer.Dense;
import dev.chainrule.model.layer.Dropout;
import dev.chainrule.model.layer.Embed;
import dev.chainrule.model.layer.GaussianNoise;
import dev.chainrule.model.layer.GroupNorm;
import dev.chainrule.model.layer.LayerNorm;
import dev.chainrule.model.layer.Prelu;
import dev.chainrule.model.layer.Trainable;
import dev.chainrule.model.network.BackwardOrder;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.shape.Flatten;
import dev.chainrule.model.shape.Permute;
import dev.chainrule.model.shape.Reshape;
import dev.chainrule.model.shape.Select;
import dev.chainrule.model.shape.Side;
import dev.chainrule.model.testing.TestLayer;
import dev.chainrule.model.testing.TestPass;
import dev.chainrule.model.transform.Bins;
import dev.chainrule.model.transform.Clip;
import dev.chainrule.model.transform.Fill;
import dev.chainrule.model.transform.FillValue;
import dev.chainrule.model.transform.Log;
import dev.chainrule.model.transform.MinMax;
import dev.chainrule.model.transform.OneHot;
import dev.chainrule.model.transform.Power;
import dev.chainrule.model.transform.Robust;
import dev.chainrule.model.transform.Scale;
import dev.chainrule.model.transform.Standardize;
import dev.chainrule.model.transform.category.Cross;
import dev.chainrule.model.transform.category.Frequency;
import dev.chainrule.model.transform.category.TargetMean;
import dev.chainrule.model.transform.category.TfIdf;
import dev.chainrule.model.transform.projection.Pca;
import dev.chainrule.model.window.Conv;
import dev.chainrule.model.window.Crop;
import dev.chainrule.model.window.DepthwiseConv;
import dev.chainrule.model.window.GlobalMaxPool;
import dev.chainrule.model.window.GlobalMeanPool;
import dev.chainrule.model.window.MaxPool;
import dev.chainrule.model.window.MeanPool;
import dev.chainrule.model.window.Pad;
import dev.chainrule.model.window.Padding;
import dev.chainrule.model.window.SeparableConv;
import dev.chainrule.model.window.SpatialDropout;
import dev.chainrule.model.window.TransposedConv;
import dev.chainrule.model.window.Upsample;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Test that the work of built-in components at every step allocates nothing once warm: not a byte in 1,000 calls, but
 * for four that call others' code.
 */
class AllocationTests {
    /** A cost that no search can lower. */
    private static final Cost ROUND = new Cost() {
        @Override
        public double value() {
            return 1;
        }

        @Override
        public void compute() {
            // the gradients stay
        }
    };

    private static final int CALLS = 1_000;
    private static final int MOST_TIMES = 400;
    private static final int ROWS = 16;
    private static final int COLUMNS = 10;
    /** Three arrays of two numbers. */
    private static final int POWER_BYTES = 96;
    /** One array of two numbers. */
    private static final int COSINE_BYTES = 32;

    /** Kinds that have no part in a step. */
    private static final Set<Kind> ELSEWHERE = EnumSet.of(Kind.INITIALIZER, Kind.DATA_SOURCE, Kind.HOOK);

    /** Layers that contain others, and compute by stages that are tested here. */
    private static final Set<Class<?>> NESTED = Set.of(Parallel.class, Repeat.class, Residual.class, SameAs.class);

    private static final OneOrMore<Integer> ONE = new OneOrMore<>(List.of(1));
    private static final OneOrMore<Integer> THREE = new OneOrMore<>(List.of(3));
    private static final Schedule RATE = new ConstantRate(0.01);
    /** Columns of names, which have five names each. */
    private static final List<String> NAMES = List.of("a", "b");

    private static final Span SPAN = Span.parse("20 steps");

    static List<Record> components() {
        return List.of(
                new Celu(0.5),
                new Elu(1),
                new Exponential(),
                new GeluTanh(),
                new HardSigmoid(),
                new HardSilu(),
                new HardTanh(),
                new Mish(),
                new Relu6(),
                new Selu(),
                new Softsign(),
                new Gelu(),
                new Identity(),
                new LeakyRelu(0.1),
                new LogSoftmax(),
                new Relu(),
                new Sigmoid(),
                new Silu(),
                new Softmax(),
                new Softplus(),
                new Tanh(),
                new Add(),
                new Concat(),
                new Dot(),
                new Mean(),
                new Multiply(),
                new ActivationLayer(new Sigmoid()),
                new ActivityRegularizer(0.1, 0.1),
                new Sample(1),
                new BatchNorm(0.9, 1e-5),
                new Dense(
                        COLUMNS, new Relu(), new XavierUniform(), new Zeros(), Optional.empty(), Trainable.TRUE, true),
                new Dropout(0.5),
                new Embed(1, Optional.empty(), Optional.of(3), new XavierUniform(), Optional.empty()),
                new Flatten(),
                new GaussianNoise(0.1),
                new GroupNorm(2, 1e-5),
                new LayerNorm(1e-5),
                new Prelu(0.25),
                new Permute(List.of(Axis.FEATURES)),
                new Reshape(List.of(Side.parse("5"), Side.parse("rest"))),
                conv(),
                new Crop(new OneOrMore<>(List.of(0)), new OneOrMore<>(List.of(0))),
                new DepthwiseConv(
                        THREE,
                        1,
                        ONE,
                        Padding.parse("same"),
                        ONE,
                        new Relu(),
                        new XavierUniform(),
                        new Zeros(),
                        Optional.empty(),
                        Trainable.TRUE,
                        true),
                new Pad(new OneOrMore<>(List.of(0)), new OneOrMore<>(List.of(0))),
                new SeparableConv(
                        2,
                        THREE,
                        3,
                        ONE,
                        Padding.parse("same"),
                        ONE,
                        new Relu(),
                        new XavierUniform(),
                        new Zeros(),
                        Optional.empty(),
                        Trainable.TRUE,
                        true),
                new SpatialDropout(0.5),
                new TransposedConv(
                        2,
                        THREE,
                        ONE,
                        Padding.parse("same"),
                        ONE,
                        new Relu(),
                        new XavierUniform(),
                        new Zeros(),
                        Optional.empty(),
                        Trainable.TRUE,
                        true),
                new Upsample(ONE),
                new GlobalMaxPool(),
                new GlobalMeanPool(),
                new MaxPool(THREE, Optional.of(ONE), Padding.parse("same")),
                new MeanPool(THREE, Optional.of(ONE), Padding.parse("same")),
                new Select(Optional.empty(), Optional.of(List.of(new Select.Range(0, COLUMNS - 1))), Optional.empty()),
                new BinaryCrossEntropy(Optional.empty()),
                new BinaryCrossEntropy(Optional.of(0.1)),
                new CosineDistance(),
                new CrossEntropy(Optional.empty()),
                new CrossEntropy(Optional.of(0.1)),
                new Focal(2),
                new Hinge(),
                new Huber(1),
                new KlDivergence(),
                new LogCosh(),
                new AbsoluteError(),
                new Poisson(),
                new Quadratic(),
                new Quantile(0.9),
                new SquaredHinge(),
                new Accuracy(),
                new AreaUnderCurve(Optional.of("class 3")),
                new BalancedAccuracy(),
                new BinaryAccuracy(0.5),
                new Exact(),
                new CoefficientOfDetermination(),
                new F1(Optional.empty(), Optional.empty(), Optional.empty()),
                new MeanAbsoluteError(),
                new MeanLoss(),
                new MeanSquaredError(),
                new Precision(Optional.empty(), Optional.empty(), Optional.empty()),
                new Recall(Optional.empty(), Optional.empty(), Optional.empty()),
                new RootMeanSquaredError(),
                new TopK(3),
                new AveragePrecision(Optional.of("class 3")),
                new BrierScore(),
                new CalibrationError(10),
                new CohenKappa(),
                new LogLoss(),
                new MatthewsCorrelation(),
                new ExplainedVariance(),
                new MeanAbsolutePercentageError(),
                new QuantileLoss(0.9),
                new Adadelta(RATE, 0.9, 1e-6),
                new Adagrad(RATE, 1e-8),
                new Adam(RATE, 0.9, 0.999, 1e-8),
                new AdamW(RATE, 0.9, 0.999, 1e-8, 0.1),
                new Adamax(RATE, 0.9, 0.999, 1e-8),
                new AmsGrad(RATE, 0.9, 0.999, 1e-8),
                new Lamb(RATE, 0.9, 0.999, 1e-8, 0.1),
                new Lbfgs(3, 20),
                new Lion(RATE, 0.9, 0.999, 0.1),
                new Nadam(RATE, 0.9, 0.999, 1e-8),
                new Radam(RATE, 0.9, 0.999, 1e-8),
                new Rmsprop(RATE, 0.9, 1e-7),
                new Sgd(RATE, 0, false),
                new Sgd(RATE, 0.9, true),
                new L1(0.1),
                new L2(0.1),
                new ConstantRate(0.1),
                new CosineRate(0.1, 0, Optional.of(SPAN)),
                new CosineRestartsRate(0.1, Span.parse("5 steps"), 0, 2, 0.5),
                new ExponentialRate(0.1, 0.5, SPAN),
                new InverseTimeRate(0.1, SPAN, 1),
                new LinearRate(0.1, 0, Optional.of(SPAN)),
                new OneCycleRate(0.1, 0.5, 0.04, 4e-6, Optional.empty()),
                new PiecewiseRate(List.of(RATE, new LinearRate(0.1, 0, Optional.empty())), List.of(SPAN)),
                new PlateauRate(0.1, "validation.loss", 2, 0.5, 0, 0, Optional.empty()),
                new PolynomialRate(0.1, 0, 2, Optional.empty()),
                new StepRate(0.1, 0.5, SPAN),
                new Warmup(SPAN, new CosineRate(0.1, 0, Optional.empty()), 0),
                new Bins(3, Bins.Rule.QUANTILES, Optional.empty()),
                new Clip(0.1, 0.9, Optional.empty()),
                new Fill(FillValue.parse("median"), Optional.empty(), true),
                new Log(Optional.empty()),
                new MinMax(0, 1, Optional.empty()),
                new OneHot(),
                new Pca(3, Optional.empty(), false, "component"),
                new Cross(NAMES, Optional.empty()),
                new Frequency(NAMES),
                new TargetMean(NAMES, 5, 10),
                new TfIdf(NAMES),
                new Brightness(0.5),
                new Contrast(0.5),
                new Cutout(ONE, 0),
                new Flip(Flip.Direction.HORIZONTAL, 0.5),
                new Noise(0.5),
                new Shift(ONE, 0),
                new Elastic(34, 4, 0),
                new Expand(1, 0),
                new Mixup(0.2),
                new RandomCrop(0.5),
                new Rotate(30, 0),
                new Zoom(0.5, 2, 0),
                new Power(Optional.empty()),
                new Robust(Optional.empty()),
                new Scale(1 / 255.0, 0, Optional.empty()),
                new Standardize(Optional.empty(), Optional.empty()));
    }

    private static Conv conv() {
        return new Conv(
                2,
                THREE,
                ONE,
                Padding.parse("same"),
                ONE,
                2,
                new Softmax(),
                new XavierUniform(),
                new Zeros(),
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    @Test
    void components_ofEveryKindInAStep_areTestedHere() {
        Set<String> known = new BuiltinPlugin()
                .components().stream()
                        .filter(component -> !ELSEWHERE.contains(
                                Kind.implementedBy(component).orElseThrow()))
                        .filter(component -> !NESTED.contains(component))
                        .map(Class::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tested = components().stream()
                .map(component -> component.getClass().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, tested);
        assertEquals(143, tested.size());
    }

    @ParameterizedTest
    @MethodSource("components")
    void step_onceWarm_allocatesNothing(Record component) {
        List<Runnable> steps = steps(component);
        for (int i = 0; i < steps.size(); i++) {
            long perCall = (allocatedWarm(steps.get(i)) + CALLS - 1) / CALLS; // rounded up
            assertTrue(perCall <= allowed(component), component + ", step " + i + ": " + perCall + " bytes a call");
        }
    }

    /**
     * A warm-up asks the schedule after it through a Progress of its own, which C2 need not take apart: 40 bytes. StrictMath keeps
     * small arrays, for a cosine in JDKs after 17 alone, which C2 removes only if all calls have taken one branch so far. Measured
     * after calls of both branches, on 17 and 25: 96 bytes for each power; 0 and 32 for a cosine.
     */
    private static long allowed(Record component) {
        if (component instanceof Warmup) {
            return 48;
        } else if (component instanceof Nadam) {
            return 3 * POWER_BYTES;
        } else if (component instanceof Radam) {
            return 3 * POWER_BYTES;
        } else if (component instanceof Adam
                || component instanceof AdamW
                || component instanceof Adamax
                || component instanceof AmsGrad
                || component instanceof Lamb) {
            return 2 * POWER_BYTES;
        } else if (component instanceof StepRate
                || component instanceof ExponentialRate
                || component instanceof PlateauRate
                || component instanceof PolynomialRate) {
            return POWER_BYTES;
        }
        long cosine = Runtime.version().feature() > 17 ? COSINE_BYTES : 0;
        if (component instanceof CosineRestartsRate) {
            return POWER_BYTES + cosine;
        }
        return component instanceof CosineRate || component instanceof OneCycleRate ? cosine : 0;
    }

    private static List<Runnable> steps(Record component) {
        if (component instanceof Activation activation) {
            return ofLayer(new ActivationLayer(activation));
        } else if (component instanceof Add) {
            return ofJoin(Joining.ADD);
        } else if (component instanceof Concat) {
            return ofJoin(Joining.CONCAT);
        } else if (component instanceof Dot) {
            return ofJoin(Joining.DOT);
        } else if (component instanceof Sample sample) {
            return ofNetwork(sample);
        } else if (component instanceof Mean) {
            return ofJoin(Joining.MEAN);
        } else if (component instanceof Multiply) {
            return ofJoin(Joining.MULTIPLY);
        } else if (component instanceof GlobalMaxPool || component instanceof GlobalMeanPool) {
            return ofLayer((LayerSpec) component, Shape.of(1, COLUMNS));
        } else if (component.getClass().getPackage() == Conv.class.getPackage()) {
            return ofLayer((LayerSpec) component, Shape.of(COLUMNS / 2, 2));
        } else if (component instanceof LayerSpec layer) {
            return ofLayer(layer);
        } else if (component instanceof Loss loss) {
            return ofLoss(loss);
        } else if (component instanceof Metric metric) {
            return ofMetric(metric);
        } else if (component instanceof OptimizerSpec spec) {
            return List.of(ofOptimizer(spec));
        } else if (component instanceof Regularizer regularizer) {
            return List.of(ofRegularizer(regularizer));
        } else if (component instanceof Schedule schedule) {
            Progress early = Progress.at(7, 10, 5, History.EMPTY);
            Progress late = Progress.at(27, 10, 5, History.EMPTY);
            return List.of(() -> requireRate(schedule.rate(early)), () -> requireRate(schedule.rate(late)));
        }
        return component instanceof AugmentationSpec spec
                ? ofAugmentation(spec)
                : List.of(ofTransform((TransformSpec) component));
    }

    private static List<Runnable> ofJoin(Joining joining) {
        List<Value> values = List.of(new Value(0, "a", Shape.of(COLUMNS)), new Value(1, "b", Shape.of(COLUMNS)));
        Join join = joining.join(values, FLOAT32);
        List<Matrix> xs = List.of(random(FLOAT32, ROWS, COLUMNS, 1), random(FLOAT32, ROWS, COLUMNS, 2));
        Matrix out = FLOAT32.matrix(ROWS, join.output().size());
        Matrix delta = random(FLOAT32, ROWS, join.output().size(), 3);
        Matrix dx = FLOAT32.matrix(ROWS, COLUMNS);
        return List.of(
                () -> join.forward(xs, out, TestPass.TRAINING),
                () -> join.backward(xs, out, delta, 0, dx, TestPass.TRAINING),
                () -> join.backward(xs, out, delta, 1, dx, TestPass.TRAINING));
    }

    private static List<Runnable> ofNetwork(LayerSpec spec) {
        List<NamedLayer> layers = List.of(new NamedLayer(Optional.empty(), spec));
        Network network = Network.build(layers, Shape.of(COLUMNS), FLOAT32, 0);
        Matrix x = random(FLOAT32, ROWS, COLUMNS, 1);
        Graph graph = network.graph();
        BackwardOrder starts =
                new BackwardOrder(graph.topology(), graph.topology().last());
        return List.of(
                () -> {
                    network.forward(x, TestPass.TRAINING);
                    assertTrue(network.addedCosts().addTo(0) > 0, "the layer adds no cost");
                },
                () -> {
                    graph.delta(graph.topology().last()).fill(1);
                    graph.backwardToInput(starts, TestPass.TRAINING);
                });
    }

    @Test
    void step_ofASequence_allocatesNothing() {
        LayerSpec spec =
                new Dense(2, new Softmax(), new XavierUniform(), new Zeros(), Optional.empty(), Trainable.TRUE, true);
        for (Runnable step : ofLayer(spec, Shape.of(COLUMNS / 2, 2))) {
            assertEquals(0, allocatedWarm(step));
        }
    }

    private static List<Runnable> ofLayer(LayerSpec spec) {
        return ofLayer(spec, Shape.of(COLUMNS));
    }

    private static List<Runnable> ofLayer(LayerSpec spec, Shape input) {
        TestLayer layer = new TestLayer(spec, input, FLOAT32);
        Node[] nodes = layer.nodes().toArray(Node[]::new);
        Matrix[] values = new Matrix[nodes.length + 1]; // all of one shape
        Matrix[] deltas = new Matrix[nodes.length + 1];
        for (int i = 0; i <= nodes.length; i++) {
            values[i] = random(FLOAT32, ROWS, COLUMNS, i);
            deltas[i] = random(FLOAT32, ROWS, COLUMNS, 10 + i);
        }
        return List.of(
                () -> {
                    forward(nodes, values, TestPass.TRAINING);
                    for (int i = nodes.length - 1; i >= 0; i--) {
                        nodes[i].gradients(values[i], values[i + 1], deltas[i + 1], TestPass.TRAINING);
                        nodes[i].backward(values[i], values[i + 1], deltas[i + 1], deltas[i], TestPass.TRAINING);
                    }
                },
                () -> forward(nodes, values, TestPass.INFERENCE));
    }

    private static void forward(Node[] nodes, Matrix[] values, TestPass pass) {
        for (int i = 0; i < nodes.length; i++) {
            nodes[i].forward(values[i], values[i + 1], pass);
        }
    }

    private static List<Runnable> ofLoss(Loss loss) {
        Matrix z = random(FLOAT32, ROWS, COLUMNS, 1);
        Matrix costs = FLOAT32.matrix(ROWS, 1);
        Matrix g = FLOAT32.matrix(ROWS, COLUMNS);
        Activation output = List.of(new Sigmoid(), new Softmax(), new Identity()).stream()
                .filter(activation -> loss.fuse(activation).isPresent())
                .findFirst()
                .orElse(new Softmax());
        Matrix a = FLOAT32.matrix(ROWS, COLUMNS);
        output.forward(z, a, FLOAT32);
        Optional<Loss.Fused> fused = loss.fuse(output);
        return Stream.of(Target.Form.ONE_HOT, Target.Form.CLASS_INDEX)
                .filter(form -> form == Target.Form.ONE_HOT || acceptsClasses(loss))
                .map(form -> form == Target.Form.ONE_HOT ? oneHot() : classes())
                .<Runnable>map(y -> () -> {
                    loss.costs(a, y, costs, FLOAT32);
                    loss.gradient(a, y, g, FLOAT32);
                    if (fused.isPresent()) {
                        fused.get().costs(z, a, y, costs, FLOAT32);
                        fused.get().delta(z, a, y, g, FLOAT32);
                    }
                })
                .toList();
    }

    private static List<Runnable> ofMetric(Metric metric) {
        Matrix a = random(FLOAT32, ROWS, COLUMNS, 1);
        Matrix costs = random(FLOAT32, ROWS, 1, 2);
        Metric.Accumulator sum = metric.start(target(Target.Form.ONE_HOT));
        Matrix oneHot = oneHot();
        Matrix classes = classes();
        Runnable numbers = () -> sum.add(a, oneHot, costs);
        return acceptsClasses(metric) ? List.of(numbers, () -> sum.add(a, classes, costs)) : List.of(numbers);
    }

    private static boolean acceptsClasses(Metric metric) {
        return !(metric instanceof MeanLoss)
                && passes(() -> metric.check(Shape.of(COLUMNS), target(Target.Form.CLASS_INDEX)));
    }

    private static boolean acceptsClasses(Loss loss) {
        return passes(() -> loss.check(Shape.of(COLUMNS), target(Target.Form.CLASS_INDEX)));
    }

    private static boolean passes(Runnable check) {
        try {
            check.run();
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    private static Target target(Target.Form form) {
        return new Target(
                form, IntStream.range(0, COLUMNS).mapToObj(i -> "class " + i).toList());
    }

    private static Runnable ofOptimizer(OptimizerSpec spec) {
        List<Parameter> parameters = IntStream.range(0, 3)
                .mapToObj(i -> new Parameter(
                        "p" + i, random(FLOAT32, ROWS, COLUMNS, i), random(FLOAT32, ROWS, COLUMNS, i + 3)))
                .toList();
        Optimizer optimizer = spec.create(parameters, FLOAT32);
        return () -> optimizer.update(5, 1e-6, ROUND);
    }

    private static Runnable ofRegularizer(Regularizer regularizer) {
        Matrix w = random(FLOAT32, ROWS, COLUMNS, 1);
        Matrix gradient = random(FLOAT32, ROWS, COLUMNS, 2);
        return () -> {
            requireRate(regularizer.cost(w, 100, FLOAT32));
            regularizer.addGradient(w, 100, gradient, FLOAT32);
        };
    }

    private static Runnable ofTransform(TransformSpec spec) {
        List<String> names =
                IntStream.range(0, COLUMNS).mapToObj(String::valueOf).toList();
        boolean readsNames = spec.getClass().getPackage() == Cross.class.getPackage();
        List<Encoding.Column> columns = NAMES.stream()
                .map(name -> new Encoding.Column(name, names.subList(0, COLUMNS / 2), Optional.empty()))
                .toList();
        Encoding encoding = new Encoding(
                Shape.of(COLUMNS), readsNames ? columns : List.of(), new Target(Target.Form.CLASS_INDEX, names));
        Transform transform = spec.create(encoding, FLOAT32);
        Matrix x = random(FLOAT32, ROWS, COLUMNS, 1);
        if (readsNames) {
            x.fill(0);
            for (int row = 0; row < ROWS; row++) {
                x.set(row, row % (COLUMNS / 2), 1);
                x.set(row, COLUMNS - 1 - row % (COLUMNS / 2), 1);
            }
        }
        Matrix y = classes();
        return () -> {
            transform.inputs(x);
            transform.targets(y);
        };
    }

    private static List<Runnable> ofAugmentation(AugmentationSpec spec) {
        List<String> names =
                IntStream.range(0, COLUMNS).mapToObj(String::valueOf).toList();
        Encoding encoding =
                new Encoding(Shape.of(COLUMNS / 2, 2, 1), List.of(), new Target(Target.Form.CLASS_INDEX, names));
        Augmentation augmentation = spec.create(encoding);
        Matrix x = random(FLOAT32, ROWS, COLUMNS, 1);
        Matrix out = FLOAT32.matrix(ROWS, COLUMNS);
        Matrix y = oneHot();
        Draws draws = RandomStream.of(0, "test").at(0, 0);
        return List.of(
                () -> augmentation.input(x, 1, out, draws.seek(0, 1)),
                () -> augmentation.target(y, 1, out, draws.seek(0, 1)));
    }

    private static Matrix classes() {
        Matrix y = FLOAT32.matrix(ROWS, 1);
        for (int i = 0; i < ROWS; i++) {
            y.set(i, 0, i % COLUMNS);
        }
        return y;
    }

    private static Matrix oneHot() {
        Matrix y = FLOAT32.matrix(ROWS, COLUMNS);
        for (int i = 0; i < ROWS; i++) {
            y.set(i, i % COLUMNS, 1);
        }
        return y;
    }

    private static void requireRate(double rate) {
        if (!(rate >= 0)) {
            throw new AssertionError("rate or cost is " + rate);
        }
    }

    /** Return the bytes of the last 1,000 calls, when they allocated none or too many were made. */
    private static long allocatedWarm(Runnable step) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 1;
        for (int time = 0; time < MOST_TIMES && allocated > 0; time++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                step.run();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }
}
