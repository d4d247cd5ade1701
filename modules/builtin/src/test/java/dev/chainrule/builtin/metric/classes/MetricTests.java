package dev.chainrule.builtin.metric.classes;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.random;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.MeanLoss;
import dev.chainrule.builtin.metric.numbers.BinaryAccuracy;
import dev.chainrule.builtin.metric.numbers.CoefficientOfDetermination;
import dev.chainrule.builtin.metric.numbers.ExplainedVariance;
import dev.chainrule.builtin.metric.numbers.MeanAbsoluteError;
import dev.chainrule.builtin.metric.numbers.MeanAbsolutePercentageError;
import dev.chainrule.builtin.metric.numbers.MeanSquaredError;
import dev.chainrule.builtin.metric.numbers.QuantileLoss;
import dev.chainrule.builtin.metric.numbers.RootMeanSquaredError;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTests {
    static List<Metric> all() {
        return List.of(
                new MeanLoss(),
                new Accuracy(),
                new AreaUnderCurve(Optional.of("n1")),
                new BalancedAccuracy(),
                new BinaryAccuracy(0.5),
                new CoefficientOfDetermination(),
                new F1(Optional.empty(), Optional.empty(), Optional.empty()),
                new MeanAbsoluteError(),
                new MeanSquaredError(),
                new Precision(Optional.empty(), Optional.of(Average.WEIGHTED), Optional.empty()),
                new Recall(Optional.of("n1"), Optional.empty(), Optional.empty()),
                new RootMeanSquaredError(),
                new TopK(2),
                new AveragePrecision(Optional.of("n1")),
                new BrierScore(),
                new CalibrationError(5),
                new CohenKappa(),
                new ExplainedVariance(),
                new LogLoss(),
                new MatthewsCorrelation(),
                new MeanAbsolutePercentageError(),
                new QuantileLoss(0.9));
    }

    private static double measure(Metric metric, Matrix a, Matrix y) {
        Metric.Accumulator accumulator = metric.start();
        accumulator.add(a, y, FLOAT64.matrix(a.rows(), 1));
        return accumulator.value();
    }

    private static Target target(Target.Form form, int names) {
        return new Target(form, IntStream.range(0, names).mapToObj(i -> "n" + i).toList());
    }

    @Test
    void loss_ofTwoBatches_isTheMeanOverExamples() {
        Metric.Accumulator accumulator = new MeanLoss().start();
        Matrix any = FLOAT64.matrix(2, 1);
        accumulator.add(any, any, of(FLOAT64, row(1), row(2)));
        accumulator.add(FLOAT64.matrix(1, 1), any, of(FLOAT64, row(6)));
        assertEquals(3, accumulator.value());
    }

    @Test
    void accuracy_ofClassNumbers_countsTheLargestOutputs() {
        Matrix a = of(FLOAT64, row(0.1, 0.7, 0.2), row(0.5, 0.2, 0.3), row(0.1, 0.2, 0.7), row(0.4, 0.3, 0.3));
        assertEquals(0.75, measure(new Accuracy(), a, of(FLOAT64, row(1), row(0), row(0), row(0))));
    }

    @Test
    void accuracy_ofOneHot_countsTheLargestOutputs() {
        Matrix a = of(FLOAT64, row(0.1, 0.9), row(0.8, 0.2));
        assertEquals(0.5, measure(new Accuracy(), a, of(FLOAT64, row(0, 1), row(0, 1))));
    }

    @Test
    void accuracy_ofEqualOutputs_takesTheLowestClass() {
        Matrix a = of(FLOAT64, row(0.2, 0.4, 0.4));
        assertEquals(1, measure(new Accuracy(), a, of(FLOAT64, row(1))));
        assertEquals(0, measure(new Accuracy(), a, of(FLOAT64, row(2))));
    }

    @Test
    void accuracy_ofOneOutput_comparesWithAHalf() {
        Matrix a = of(FLOAT64, row(0.51), row(0.49), row(0.5), row(0.9));
        assertEquals(0.75, measure(new Accuracy(), a, of(FLOAT64, row(1), row(0), row(0), row(0))));
    }

    @Test
    void mseAndMae_byHand_areMeansOverExamplesAndOutputs() {
        Matrix a = of(FLOAT64, row(1, 2), row(3, 4));
        Matrix y = of(FLOAT64, row(1, 0), row(0, 3));
        assertEquals((4 + 9 + 1) / 4.0, measure(new MeanSquaredError(), a, y));
        assertEquals((2 + 3 + 1) / 4.0, measure(new MeanAbsoluteError(), a, y));
    }

    @ParameterizedTest
    @MethodSource("all")
    void value_ofOtherBatches_hasTheSameBits(Metric metric) {
        Matrix a = random(FLOAT64, 7, 3, 1);
        Matrix y = random(FLOAT64, 7, 3, 2);
        Matrix costs = random(FLOAT64, 7, 1, 3);
        Metric.Accumulator whole = metric.start(target(Target.Form.ONE_HOT, 3));
        whole.add(a, y, costs);
        Metric.Accumulator single = metric.start(target(Target.Form.ONE_HOT, 3));
        for (int i = 0; i < 7; i++) {
            single.add(rowOf(a, i), rowOf(y, i), rowOf(costs, i));
        }
        assertEquals(whole.value(), single.value());
    }

    private static Matrix rowOf(Matrix matrix, int i) {
        double[] values = new double[matrix.columns()];
        for (int j = 0; j < values.length; j++) {
            values[j] = matrix.get(i, j);
        }
        return of(FLOAT64, values);
    }

    @ParameterizedTest
    @MethodSource("all")
    void value_ofNothing_isNan(Metric metric) {
        assertTrue(Double.isNaN(metric.start(target(Target.Form.ONE_HOT, 3)).value()));
    }

    @Test
    void higherIsBetter_ofErrorsAndLossOnly_isFalse() {
        List<Metric> lower =
                all().stream().filter(metric -> !metric.higherIsBetter()).toList();
        assertEquals(
                List.of(
                        new MeanLoss(),
                        new MeanAbsoluteError(),
                        new MeanSquaredError(),
                        new RootMeanSquaredError(),
                        new BrierScore(),
                        new CalibrationError(5),
                        new LogLoss(),
                        new MeanAbsolutePercentageError(),
                        new QuantileLoss(0.9)),
                lower);
    }

    private static double ofClasses(Metric metric, int classes, Matrix a, Matrix y) {
        Metric.Accumulator sum = metric.start(target(Target.Form.CLASS_INDEX, classes));
        sum.add(a, y, FLOAT64.matrix(a.rows(), 1));
        return sum.value();
    }

    /** Thresholds: 0.9 finds one of two at precision 1, 0.5 the other at 2/4. */
    @Test
    void averagePrecision_byHand_countsEqualScoresAsOneThreshold() {
        Matrix a = of(FLOAT64, row(0.9), row(0.5), row(0.5), row(0.5), row(0.1));
        Matrix y = of(FLOAT64, row(1), row(0), row(1), row(0), row(0));
        assertEquals((1 + 2 / 4.0) / 2, ofClasses(new AveragePrecision(Optional.empty()), 2, a, y), 1e-15);
        Matrix none = of(FLOAT64, row(0), row(0), row(0), row(0), row(0));
        assertTrue(Double.isNaN(ofClasses(new AveragePrecision(Optional.empty()), 2, a, none)));
    }

    /** Of four examples three are right; two of each class, three predicted as class 0. */
    @Test
    void agreement_byHand_isCorrectedForChance() {
        Matrix a = of(FLOAT64, row(0.9, 0.1), row(0.8, 0.2), row(0.7, 0.3), row(0.1, 0.9));
        Matrix y = of(FLOAT64, row(0), row(0), row(1), row(1));
        assertEquals((3 * 4 - 8) / (16.0 - 8), ofClasses(new CohenKappa(), 2, a, y), 1e-15);
        assertEquals((3 * 4 - 8) / Math.sqrt(6 * 8), ofClasses(new MatthewsCorrelation(), 2, a, y), 1e-15);
        Matrix same = of(FLOAT64, row(0), row(0), row(0), row(0));
        Matrix all = of(FLOAT64, row(1, 0), row(1, 0), row(1, 0), row(1, 0));
        assertEquals(0, ofClasses(new CohenKappa(), 2, all, same));
        assertEquals(0, ofClasses(new MatthewsCorrelation(), 2, all, same));
    }

    @Test
    void probabilities_byHand_areScored() {
        Matrix a = of(FLOAT64, row(0.75, 0.25), row(0.5, 0.5));
        Matrix y = of(FLOAT64, row(0), row(1));
        Matrix one = of(FLOAT64, row(0.25), row(0.5));
        for (Matrix outputs : List.of(a, one)) {
            assertEquals(Math.log(8 / 3.0) / 2, ofClasses(new LogLoss(), 2, outputs, y), 1e-15);
            assertEquals((1 / 16.0 + 1 / 4.0) / 2, ofClasses(new BrierScore(), 2, outputs, y), 1e-15);
        }
        Matrix three = of(FLOAT64, row(0.5, 0.25, 0.25));
        assertEquals(0.25 + 2 / 16.0, ofClasses(new BrierScore(), 3, three, of(FLOAT64, row(0))), 1e-15);
        assertEquals(52 * Math.log(2), ofClasses(new LogLoss(), 2, of(FLOAT64, row(0)), of(FLOAT64, row(1))), 1e-13);
    }

    /** Confidences 0.9 and 0.8, one right, share a bin; 0.6 is right, and 0.5, the end of its bin, is not. */
    @Test
    void calibrationError_byHand_weighsBins() {
        Matrix a = of(FLOAT64, row(0.9, 0.1), row(0.2, 0.8), row(0.6, 0.4), row(0.5, 0.5));
        Matrix y = of(FLOAT64, row(0), row(0), row(0), row(1));
        double expected = (Math.abs(1 - 1.7) + Math.abs(1 - 0.6) + 0.5) / 4;
        assertEquals(expected, ofClasses(new CalibrationError(4), 2, a, y), 1e-15);
    }

    @Test
    void numbers_byHand_areCompared() {
        Matrix a = of(FLOAT64, row(2), row(3), row(8));
        Matrix y = of(FLOAT64, row(1), row(2), row(6));
        assertEquals((1 + 0.5 + 2 / 6.0) / 3, measure(new MeanAbsolutePercentageError(), a, y), 1e-15);
        assertEquals(0.25 * 4 / 3, measure(new QuantileLoss(0.75), a, y), 1e-15);
        assertEquals(0.75 * 4 / 3, measure(new QuantileLoss(0.75), y, a), 1e-15);
        // The residuals are −1, −1, −2: 2/3 about their mean. The targets: 4 + 1 + 9.
        assertEquals(1 - 2 / 3.0 / 14, measure(new ExplainedVariance(), a, y), 1e-15);
        assertEquals(1, measure(new ExplainedVariance(), of(FLOAT64, row(5), row(6), row(10)), y), 1e-15);
    }

    /** Of class 1 three examples, two of them found, and one of class 0 taken for it: 2/3 each. */
    @Test
    void f1_byHand_isTheHarmonicMean() {
        Matrix a = of(FLOAT64, row(0.9), row(0.8), row(0.2), row(0.7), row(0.1));
        Matrix y = of(FLOAT64, row(1), row(1), row(1), row(0), row(0));
        Target target = new Target(Target.Form.CLASS_INDEX, List.of("no", "Yes"));
        for (Metric metric : List.of(
                new F1(Optional.empty(), Optional.empty(), Optional.empty()),
                new Precision(Optional.of("Yes"), Optional.empty(), Optional.empty()),
                new Recall(Optional.empty(), Optional.empty(), Optional.empty()))) {
            Metric.Accumulator sum = metric.start(target);
            sum.add(a, y, FLOAT64.matrix(5, 1));
            assertEquals(2 / 3.0, sum.value(), 1e-15, metric.toString());
        }
    }

    /** Outputs above 0.15 are of class 1: all three examples of it are found, and one of class 0 is taken for it. */
    @Test
    void threshold_byHand_movesTheBorder() {
        Matrix one = of(FLOAT64, row(0.9), row(0.8), row(0.2), row(0.7), row(0.1));
        Matrix two = of(FLOAT64, row(0.1, 0.9), row(0.2, 0.8), row(0.8, 0.2), row(0.3, 0.7), row(0.9, 0.1));
        Matrix y = of(FLOAT64, row(1), row(1), row(1), row(0), row(0));
        for (Matrix a : List.of(one, two)) {
            Optional<Double> limit = Optional.of(0.15);
            assertEquals(1, ofClasses(new Recall(Optional.of("n1"), Optional.empty(), limit), 2, a, y));
            assertEquals(0.75, ofClasses(new Precision(Optional.of("n1"), Optional.empty(), limit), 2, a, y));
            assertEquals(6 / 7.0, ofClasses(new F1(Optional.of("n1"), Optional.empty(), limit), 2, a, y), 1e-15);
        }
    }

    @Test
    void binaryAccuracy_ofSeveralLabels_countsEachValue() {
        Matrix a = of(FLOAT64, row(0.6, 0.5), row(0.4, 0.9));
        Matrix y = of(FLOAT64, row(1, 0), row(1, 1));
        assertEquals(0.75, measure(new BinaryAccuracy(0.5), a, y));
        assertEquals(1, measure(new BinaryAccuracy(0.3), a, of(FLOAT64, row(1, 1), row(1, 1))));
        assertEquals(0, measure(new BinaryAccuracy(0.5), a, of(FLOAT64, row(0.5, 0.5), row(0.5, 0.5))));
    }

    @Test
    void r2_ofTheMean_isZeroAndOfEqualTargetsOneOrZero() {
        Matrix y = of(FLOAT64, row(1), row(2), row(6));
        assertEquals(0, measure(new CoefficientOfDetermination(), of(FLOAT64, row(3), row(3), row(3)), y));
        assertEquals(1, measure(new CoefficientOfDetermination(), y, y));
        Matrix equal = of(FLOAT64, row(4), row(4));
        assertEquals(1, measure(new CoefficientOfDetermination(), equal, equal));
        assertEquals(0, measure(new CoefficientOfDetermination(), of(FLOAT64, row(4), row(5)), equal));
    }

    private static double area(Optional<String> of, Target target, Matrix a, Matrix y) {
        Metric.Accumulator sum = new AreaUnderCurve(of).start(target);
        sum.add(a, y, FLOAT64.matrix(a.rows(), 1));
        return sum.value();
    }

    /** Of 2·3 pairs three are in order, one has equal scores and two are the wrong way round. */
    @Test
    void auc_byHand_countsPairsInOrderAndEqualOnesHalf() {
        Matrix a = of(FLOAT64, row(0.7), row(0.2), row(0.1), row(0.2), row(0.6));
        Matrix y = of(FLOAT64, row(1), row(1), row(0), row(0), row(0));
        Target classes = new Target(Target.Form.CLASS_INDEX, List.of("no", "Yes"));
        assertEquals(4.5 / 6, area(Optional.empty(), classes, a, y));
        assertEquals(4.5 / 6, area(Optional.of("no"), classes, a, y));
        assertEquals(4.5 / 6, area(Optional.empty(), target(Target.Form.VALUES, 1), a, y));
    }

    /** Only 1 is the class; any other number is of the rest. */
    @Test
    void auc_ofNumbers_tellsOneFromTheRest() {
        Matrix a = of(FLOAT64, row(3), row(2), row(1));
        Matrix y = of(FLOAT64, row(1), row(1.5), row(0));
        assertEquals(1, area(Optional.empty(), target(Target.Form.VALUES, 1), a, y));
    }

    @Test
    void auc_ofSeveralOutputs_ranksByThatOfTheClass() {
        Matrix a = of(FLOAT64, row(0.5, 0.1, 0.4), row(0.2, 0.7, 0.1), row(0.3, 0.6, 0.1), row(0.1, 0.1, 0.8));
        Matrix y = of(FLOAT64, row(1), row(1), row(0), row(2));
        assertEquals(2.5 / 4, area(Optional.of("n1"), target(Target.Form.CLASS_INDEX, 3), a, y));
        assertEquals(1, area(Optional.of("n2"), target(Target.Form.CLASS_INDEX, 3), a, y));
    }

    @Test
    void auc_ofTwoClasses_measuresTheOneCalledYesElseTheSecond() {
        Matrix a = of(FLOAT64, row(0.9, 0.5), row(0.4, 0.6), row(0.2, 0.1));
        Matrix y = of(FLOAT64, row(0), row(0), row(1));
        assertEquals(1, area(Optional.empty(), new Target(Target.Form.CLASS_INDEX, List.of("YES", "zebra")), a, y));
        assertEquals(0, area(Optional.empty(), new Target(Target.Form.CLASS_INDEX, List.of("ant", "bee")), a, y));
    }

    @Test
    void auc_ofZerosOfBothSigns_takesThemForEqual() {
        Matrix y = of(FLOAT64, row(1), row(0));
        Target classes = target(Target.Form.CLASS_INDEX, 2);
        assertEquals(0.5, area(Optional.empty(), classes, of(FLOAT64, row(0.0), row(-0.0)), y));
        assertEquals(0.5, area(Optional.empty(), classes, of(FLOAT64, row(-0.0), row(0.0)), y));
    }

    @Test
    void auc_withoutPairsOrScores_isNan() {
        Target classes = target(Target.Form.CLASS_INDEX, 2);
        Matrix a = of(FLOAT64, row(0.3), row(0.6));
        assertTrue(Double.isNaN(area(Optional.empty(), classes, a, of(FLOAT64, row(0), row(0)))));
        assertTrue(Double.isNaN(area(Optional.empty(), classes, a, of(FLOAT64, row(1), row(1)))));
        Matrix undefined = of(FLOAT64, row(Double.NaN), row(0.6));
        assertTrue(Double.isNaN(area(Optional.empty(), classes, undefined, of(FLOAT64, row(0), row(1)))));
        assertTrue(Double.isNaN(area(Optional.empty(), classes, undefined, of(FLOAT64, row(1), row(0)))));
    }

    /** Every example has a score of its own, so a place that is lost or exchanged shows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 3000})
    void auc_savedAndRestored_goesOnWithTheSameBits(int before) {
        int rows = before + 300;
        Matrix a = random(FLOAT64, rows, 1, 4);
        Matrix y = FLOAT64.matrix(rows, 1);
        for (int i = 0; i < rows; i++) {
            y.set(i, 0, a.get((i * 7) % rows, 0) > 0 ? 1 : 0);
        }
        Target classes = target(Target.Form.CLASS_INDEX, 2);
        Metric.Accumulator sum = new AreaUnderCurve(Optional.empty()).start(classes);
        for (int i = 0; i < rows; i++) {
            if (i == before) {
                State state = State.of(sum);
                sum = new AreaUnderCurve(Optional.empty()).start(classes);
                sum.restore(state);
            }
            sum.add(rowOf(a, i), rowOf(y, i), FLOAT64.matrix(1, 1));
        }
        assertEquals(area(Optional.empty(), classes, a, y), sum.value());
        assertTrue(sum.value() > 0.3 && sum.value() < 0.7, "value " + sum.value());
    }

    @Test
    void topK_ofEqualOutputs_takesTheLowestClassesFirst() {
        Matrix a = of(FLOAT64, row(0.2, 0.4, 0.4, 0.4));
        assertEquals(1, measure(new TopK(2), a, of(FLOAT64, row(2))));
        assertEquals(0, measure(new TopK(2), a, of(FLOAT64, row(3))));
    }

    @Test
    void construct_ofWhatCannotBe_isRefused() {
        assertThrows(ParameterException.class, () -> new TopK(0));
        assertThrows(ParameterException.class, () -> new CalibrationError(0));
        assertThrows(ParameterException.class, () -> new Recall(Optional.empty(), Optional.empty(), Optional.of(1.0)));
        assertThrows(ParameterException.class, () -> new QuantileLoss(1));
        assertThrows(ParameterException.class, () -> new BinaryAccuracy(1));
        assertThrows(ParameterException.class, () -> new BinaryAccuracy(Double.NaN));
        assertThrows(
                ParameterException.class, () -> new F1(Optional.of("a"), Optional.of(Average.MICRO), Optional.empty()));
    }

    @Test
    void check_ofWhatFits_passes() {
        new MeanLoss().check(Shape.of(3), target(Target.Form.VALUES, 3));
        new Accuracy().check(Shape.of(10), target(Target.Form.CLASS_INDEX, 10));
        new Accuracy().check(Shape.of(10), target(Target.Form.ONE_HOT, 10));
        new Accuracy().check(Shape.of(1), target(Target.Form.CLASS_INDEX, 2));
        new MeanSquaredError().check(Shape.of(3), target(Target.Form.VALUES, 3));
        new MeanAbsoluteError().check(Shape.of(3), target(Target.Form.ONE_HOT, 3));
        new AreaUnderCurve(Optional.empty()).check(Shape.of(2), target(Target.Form.CLASS_INDEX, 2));
        new AreaUnderCurve(Optional.empty()).check(Shape.of(1), target(Target.Form.VALUES, 1));
        new AreaUnderCurve(Optional.of("n0")).check(Shape.of(1), target(Target.Form.CLASS_INDEX, 2));
        new BinaryAccuracy(0.5).check(Shape.of(3), target(Target.Form.VALUES, 3));
        new BinaryAccuracy(0.5).check(Shape.of(1), target(Target.Form.CLASS_INDEX, 2));
        new Recall(Optional.of("n2"), Optional.empty(), Optional.empty())
                .check(Shape.of(3), target(Target.Form.CLASS_INDEX, 3));
        new TopK(2).check(Shape.of(3), target(Target.Form.CLASS_INDEX, 3));
    }

    @Test
    void check_ofWhatDoesNotFit_saysWhy() {
        assertRefused(
                new Accuracy(),
                1,
                target(Target.Form.VALUES, 1),
                "accuracy requires classes as targets, but these are numbers: n0");
        assertRefused(
                new Accuracy(),
                9,
                target(Target.Form.CLASS_INDEX, 10),
                "accuracy compares 10 classes, but the network has 9 outputs");
        assertRefused(
                new Accuracy(),
                1,
                target(Target.Form.CLASS_INDEX, 3),
                "accuracy compares 3 classes, but the network has 1 output");
        assertRefused(
                new BinaryAccuracy(0.5),
                3,
                target(Target.Form.CLASS_INDEX, 3),
                "binary_accuracy compares values of 0 and 1, but the target is a class (3 classes)");
        assertRefused(
                new Recall(Optional.of("fraud"), Optional.empty(), Optional.empty()),
                3,
                target(Target.Form.CLASS_INDEX, 3),
                "the target has no class 'fraud'");
        assertRefused(
                new AreaUnderCurve(Optional.empty()),
                3,
                target(Target.Form.CLASS_INDEX, 3),
                "auc distinguishes one class from the rest, but the target has 3 classes");
        assertRefused(
                new AreaUnderCurve(Optional.of("fraud")),
                2,
                target(Target.Form.CLASS_INDEX, 2),
                "the target has no class 'fraud'");
        assertRefused(
                new AreaUnderCurve(Optional.empty()),
                2,
                target(Target.Form.VALUES, 2),
                "auc ranks examples by one output, but the target is 2 numbers (n0, n1)");
        assertRefused(
                new AreaUnderCurve(Optional.empty()),
                2,
                target(Target.Form.VALUES, 1),
                "auc compares outputs one by one, but the network has 2 and the target 1");
        assertRefused(
                new AreaUnderCurve(Optional.of("n0")),
                1,
                target(Target.Form.VALUES, 1),
                "auc has no class 'n0', because the target is a number (n0)");
        assertRefused(
                new TopK(3),
                3,
                target(Target.Form.CLASS_INDEX, 3),
                "top_k counts the 3 largest outputs, but with 3 classes, that is always correct");
        assertRefused(
                new MeanSquaredError(),
                10,
                target(Target.Form.CLASS_INDEX, 10),
                "mse compares numbers, but the target is a class number");
        assertRefused(
                new MeanAbsoluteError(),
                2,
                target(Target.Form.VALUES, 3),
                "mae compares outputs one by one, but the network has 2 and the target 3");
    }

    private static void assertRefused(Metric metric, int outputs, Target target, String message) {
        InputException problem = assertThrows(InputException.class, () -> metric.check(Shape.of(outputs), target));
        assertEquals(message, problem.getMessage());
        assertEquals(1, problem.notes().size());
    }
}
