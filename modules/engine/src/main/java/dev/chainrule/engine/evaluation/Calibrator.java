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
import dev.chainrule.math.Matrix;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** The outputs of one head for the validation examples, as float64, and the correct classes. */
    private static final class Answered {
        private final List<double[]> logarithms = new ArrayList<>();
        private final List<double[]> outputs = new ArrayList<>();
        private final List<Integer> classes = new ArrayList<>();

        void add(Matrix a, Matrix y, int row) {
            double[] own = new double[a.columns()];
            for (int j = 0; j < own.length; j++) {
                own[j] = a.get(row, j);
            }
            outputs.add(own);
            logarithms.add(OutputCalibration.logarithms(a, row));
            classes.add(Target.trueClass(y, row));
        }

        int[] correct() {
            return classes.stream().mapToInt(Integer::intValue).toArray();
        }

        Matrix outputs() {
            Matrix a = new DoubleMatrix(outputs.size(), outputs.isEmpty() ? 1 : outputs.get(0).length);
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    a.set(i, j, outputs.get(i)[j]);
                }
            }
            return a;
        }

        Matrix targets(Target target) {
            Matrix y = new DoubleMatrix(classes.size(), target.width());
            for (int i = 0; i < y.rows(); i++) {
                boolean index = target.form() == Target.Form.CLASS_INDEX;
                y.set(i, index ? 0 : classes.get(i), index ? classes.get(i) : 1);
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
        Dataset validation = datasets.validation().orElseThrow();
        List<Answered> heads = answers(validation);
        for (int h = 0; h < heads.size(); h++) {
            Optional<OutputCalibration> own = pipeline.calibration(h);
            if (own.isPresent() && own.get().temperature().isPresent()) {
                own.get()
                        .setTemperature(TemperatureFit.of(
                                heads.get(h).logarithms, heads.get(h).correct()));
            }
        }
        List<Answered> calibrated = wanted.get().temperature() ? answers(validation) : heads;
        for (int h = 0; h < heads.size(); h++) {
            Optional<OutputCalibration> own = pipeline.calibration(h);
            if (own.isPresent() && own.get().threshold().isPresent()) {
                Metric metric = wanted.get().threshold().orElseThrow();
                Target target = pipeline.target(h);
                Answered answered = calibrated.get(h);
                own.get()
                        .setThreshold(
                                new ThresholdFit(metric, target).of(answered.outputs(), answered.targets(target)));
            }
        }
    }

    private List<Answered> answers(Dataset validation) {
        List<Answered> heads = new ArrayList<>();
        for (int h = 0; h < pipeline.heads(); h++) {
            heads.add(new Answered());
        }
        evaluator.evaluate(validation, (head, index, a, y, cost, row) -> {
            int positions = pipeline.target(head).rows();
            for (int i = row; i < row + positions && pipeline.target(head).isClass(); i++) {
                heads.get(head).add(a, y, i);
            }
        });
        return heads;
    }
}
