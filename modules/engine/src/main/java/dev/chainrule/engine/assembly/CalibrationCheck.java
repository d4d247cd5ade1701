package dev.chainrule.engine.assembly;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.data.OutputCalibration;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Calibration;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Network;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The outputs that a temperature and a threshold are fitted to, and a check that there are some. */
final class CalibrationCheck {
    private static final String PATH = "training.calibrate";

    private final Experiment experiment;
    private final Network network;
    private final Pipeline pipeline;

    CalibrationCheck(Experiment experiment, Network network, Pipeline pipeline) {
        this.experiment = experiment;
        this.network = network;
        this.pipeline = pipeline;
    }

    /** Give each output of classes its calibration, not yet fitted. */
    void prepare() {
        Optional<Calibration> wanted = experiment.training().calibrate();
        for (int h = 0; wanted.isPresent() && h < pipeline.heads(); h++) {
            boolean scales = wanted.get().temperature() && isProbability(h);
            boolean decides = wanted.get().threshold().isPresent() && isChoice(h);
            if (scales || decides) {
                pipeline.calibrate(
                        h, new OutputCalibration(experiment.heads().get(h).name(), scales, decides, network.kernels()));
            }
        }
    }

    /** Check that there are examples to fit to, and outputs that can be calibrated. */
    void check(boolean validates, ConfigErrors errors) {
        if (experiment.training().calibrate().isEmpty()) {
            return;
        }
        if (!validates) {
            errors.add(new InputException(
                            "calibrate fits to validation examples, but there is no validation data",
                            "Add data.validation, such as validation: { fraction: 0.1 }.")
                    .atConfig(PATH));
        }
        Calibration wanted = experiment.training().calibrate().get();
        if (wanted.temperature() && noHead(this::isProbability)) {
            errors.add(new InputException(
                            "temperature changes probabilities of classes, but the network has none",
                            "Use it for classes, after softmax, or after sigmoid with a single output.")
                    .atConfig(PATH + ".temperature"));
        }
        wanted.threshold().ifPresent(metric -> errors.check(() -> check(metric)));
    }

    private void check(Metric metric) {
        String path = PATH + ".threshold";
        String name = Network.kind(metric);
        if (!metric.judgesClasses()) {
            throw new InputException(
                            name + " does not depend on a threshold",
                            "Use a metric of predicted classes, such as f1, balanced_accuracy or accuracy, without a"
                                    + " threshold of its own.")
                    .atConfig(path);
        }
        if (noHead(this::isChoice)) {
            throw new InputException(
                            "threshold decides between two classes by a probability, but "
                                    + (noHead(this::isOfTwoClasses)
                                            ? "the target has "
                                                    + (pipeline.target(0).isClass()
                                                            ? pipeline.target(0)
                                                                            .names()
                                                                            .size() + " classes"
                                                            : "numbers")
                                            : "the outputs are not probabilities"),
                            "Remove it: the class with the largest output is the predicted one.")
                    .atConfig(path);
        }
        for (int h = 0; h < pipeline.heads(); h++) {
            if (isChoice(h)) {
                try {
                    metric.check(shape(h), pipeline.target(h));
                } catch (InputException e) {
                    if (!e.configPath().equals(Optional.of(Loss.LAST_LAYER))) { // the loss reports that
                        throw e.below(path);
                    }
                }
            }
        }
    }

    private boolean noHead(IntPredicate suitable) {
        return IntStream.range(0, pipeline.heads()).noneMatch(suitable);
    }

    private Shape shape(int head) {
        return new TargetShape(pipeline.target(head))
                .seen(network.outputs().get(head).shape());
    }

    /** Return whether an output is a probability for each class, or for the second of two. */
    private boolean isProbability(int head) {
        Optional<ActivationNode> last = network.outputActivation(head);
        Bounds bounds = last.map(node -> node.activation().outputs()).orElse(Bounds.NONE);
        boolean single = bounds.equals(Bounds.FRACTIONS) && isOfTwoClasses(head) && width(head) == 1;
        return pipeline.target(head).isClass() && (bounds.sumsToOne() && width(head) > 1 || single);
    }

    /** Return whether an output decides between two classes by a probability. */
    private boolean isChoice(int head) {
        return isOfTwoClasses(head) && isProbability(head);
    }

    private boolean isOfTwoClasses(int head) {
        Target target = pipeline.target(head);
        return target.isClass() && target.names().size() == 2;
    }

    private int width(int head) {
        return network.outputs().get(head).shape().size()
                / pipeline.target(head).rows();
    }
}
