package dev.chainrule.engine.assembly;

import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.Precision;
import dev.chainrule.model.ConfigPaths;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers of a config that the run's precision has to represent: float32 makes 1e39 infinite, and 1e-46 zero. */
record HeldNumbers(Experiment experiment) {
    /** Learning rates and their schedules are computed in float64; one that vanishes in float32 only ends the learning. */
    private static final String RATE = "optimizer.learning_rate";

    /** Add an error for the first number of each component that the precision cannot represent. */
    void check(ConfigErrors errors) {
        if (experiment.precision() != Precision.FLOAT32) {
            return;
        }
        for (int i = 0; i < experiment.model().size(); i++) {
            check("model[" + i + "]", experiment.model().get(i).spec(), errors);
        }
        for (Head head : experiment.heads()) {
            for (int i = 0; i < head.output().layers().size(); i++) {
                check(
                        head.path("layers") + "[" + i + "]",
                        head.output().layers().get(i).spec(),
                        errors);
            }
            check(head.path("loss"), head.output().loss(), errors);
            if (isLost(head.output().weight(), new Double[1])) {
                errors.add(problem(head.output().weight()).atConfig(head.path("weight")));
            }
        }
        check("optimizer", experiment.optimizer(), errors);
        for (Map.Entry<String, Double> weight :
                experiment.training().weightsByClass().entrySet()) {
            if (isLost(weight.getValue(), new Double[1])) {
                errors.add(problem(weight.getValue()).atConfig("training.class_weights." + weight.getKey()));
            }
        }
        List<TransformSpec> transforms = experiment.data().transforms();
        for (int i = transforms.size() - 1; i >= 0 && !transforms.get(i).beforeRounding(); i--) {
            check("data.transforms[" + i + "]", transforms.get(i), errors);
        }
    }

    private static void check(String path, Object component, ConfigErrors errors) {
        Double[] found = new Double[1];
        if (component instanceof Record parameters) {
            Optional<String> place = ConfigPaths.find(path, parameters, value -> isLost(value, found));
            boolean vanishes = found[0] != null && found[0] < 1 && found[0] > -1;
            if (place.isPresent() && !(vanishes && place.get().startsWith(RATE))) {
                errors.add(problem(found[0]).atConfig(place.get()));
            }
        }
    }

    private static boolean isLost(Object value, Double[] found) {
        if (value instanceof Double number
                && Double.isFinite(number)
                && number != 0
                && (number.floatValue() == 0 || Float.isInfinite(number.floatValue()))) {
            found[0] = number;
            return true;
        }
        return false;
    }

    private static InputException problem(double number) {
        boolean small = Math.abs(number) < 1;
        return new InputException(
                Numbers.format(number) + (small ? " is 0 in float32" : " is infinite in float32"),
                (small
                                ? "Its smallest number above 0 is " + Numbers.format(Float.MIN_VALUE)
                                : "Its largest number is " + Numbers.format(Float.MAX_VALUE))
                        + ". Write precision: float64, or another number.");
    }
}
