package dev.chainrule.engine.evaluation;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.OutputCalibration;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Calibration;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The fit of temperatures and thresholds to the validation examples, when training has ended. */
public final class Calibrator {
    private final Optional<Calibration> wanted;
    private final Datasets datasets;
    private final Pipeline pipeline;
    private final Evaluator evaluator;

    @Inject
    public Calibrator(Experiment experiment, Datasets datasets, Pipeline pipeline, Evaluator evaluator) {
        this.wanted = experiment.training().calibrate();
        this.datasets = datasets;
        this.pipeline = pipeline;
        this.evaluator = evaluator;
    }

    /** The outputs of one head for the validation examples, and the correct classes, row by row. */
    private static final class Answers {
        /** [rows, outputs], in the precision of the network. */
        private final Matrix outputs;

        private final int[] classes;
        private int rows;

        Answers(Matrix outputs) {
            this.outputs = outputs;
            this.classes = new int[outputs.rows()];
        }

        void add(Matrix a, Matrix y, int row) {
            outputs.copyRows(a, row, rows, 1);
            classes[rows++] = Target.trueClass(y, row);
        }

        List<double[]> logarithms() {
            return IntStream.range(0, rows)
                    .mapToObj(row -> OutputCalibration.logarithms(outputs, row))
                    .toList();
        }

        Matrix targets(Target target) {
            Matrix y = new DoubleMatrix(rows, target.width());
            for (int i = 0; i < rows; i++) {
                boolean index = target.form() == Target.Form.CLASS_INDEX;
                y.set(i, index ? 0 : classes[i], index ? classes[i] : 1);
            }
            return y;
        }
    }

    /** Return whether the config wants a temperature or a threshold. */
    public boolean isWanted() {
        return wanted.isPresent();
    }

    /** Fit the values that the config asks for to the model in the network. */
    public void fit() {
        if (wanted.isEmpty()) {
            return;
        }
        answers(datasets.validation().orElseThrow()).forEach((head, answers) -> {
            OutputCalibration own = pipeline.calibration(head).orElseThrow();
            if (own.temperature().isPresent()) {
                own.setTemperature(TemperatureFit.of(answers.logarithms(), answers.classes));
            }
            if (own.threshold().isPresent()) {
                Target target = pipeline.target(head);
                Metric metric = wanted.get().threshold().orElseThrow();
                own.setThreshold(
                        new ThresholdFit(metric, target).of(own.outputs(answers.outputs), answers.targets(target)));
            }
        });
    }

    /** Return the answers of each head that has a calibration. */
    private SortedMap<Integer, Answers> answers(Dataset validation) {
        SortedMap<Integer, Answers> heads = new TreeMap<>();
        evaluator.evaluate(validation, (head, index, a, y, cost, row) -> {
            if (pipeline.calibration(head).isEmpty()) {
                return;
            }
            int positions = pipeline.target(head).rows();
            Answers answers = heads.computeIfAbsent(head, first -> new Answers(like(a, validation.size() * positions)));
            for (int i = row; i < row + positions; i++) {
                answers.add(a, y, i);
            }
        });
        return heads;
    }

    private static Matrix like(Matrix a, int rows) {
        return a.precision() == Precision.FLOAT32
                ? new FloatMatrix(rows, a.columns())
                : new DoubleMatrix(rows, a.columns());
    }
}
