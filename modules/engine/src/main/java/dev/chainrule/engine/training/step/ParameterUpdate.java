package dev.chainrule.engine.training.step;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Cost;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.ScalarFunction;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The update of the parameters from their gradients: clipping, learning rate, optimizer. */
public final class ParameterUpdate {
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final Optional<Double> clipNorm;
    private final Optional<ScalarFunction> clipValue;
    private final Kernels kernels;
    private final List<Matrix> gradients;
    private final ParameterAverages averages;
    private final RunProgress progress;

    @Inject
    public ParameterUpdate(
            Optimizer optimizer,
            Schedule schedule,
            Experiment experiment,
            Network network,
            ParameterAverages averages,
            RunProgress progress) {
        this.optimizer = optimizer;
        this.schedule = schedule;
        this.clipNorm = experiment.training().clipNorm();
        this.clipValue = experiment.training().clipValue().map(Limit::new);
        this.kernels = network.kernels();
        this.gradients = network.parameters().stream()
                .filter(Parameter::trainable)
                .map(Parameter::gradient)
                .toList();
        this.averages = averages;
        this.progress = progress;
    }

    /** Return the Euclidean norm of the trainable parameters' gradients. */
    double gradientNorm() {
        return Math.sqrt(kernels.sumOfSquares(gradients));
    }

    /**
     * Update the parameters.
     *
     * @param norm of the gradients, finite
     * @param cost of the batch
     */
    void apply(double norm, Cost cost) {
        clip(norm);
        optimizer.update(progress.step(), learningRate(), cost);
        averages.update(progress.step() + 1);
    }

    private void clip(double norm) {
        boolean tooLong = clipNorm.isPresent() && norm > clipNorm.get();
        // without an iterator: a step allocates nothing
        for (int i = 0; i < gradients.size() && (tooLong || clipValue.isPresent()); i++) {
            if (tooLong) {
                kernels.scale(clipNorm.get() / norm, gradients.get(i));
            } else {
                kernels.map(clipValue.get(), gradients.get(i), gradients.get(i));
            }
        }
    }

    /** The nearest number from −largest to largest. */
    private record Limit(double largest) implements ScalarFunction {
        @Override
        public double value(double g) {
            return Math.max(-largest, Math.min(largest, g));
        }

        @Override
        public float value(float g) {
            return Math.max((float) -largest, Math.min((float) largest, g));
        }

        @Override
        public double derivative(double g, double limited) {
            return g == limited ? 1 : 0;
        }
    }

    private double learningRate() {
        double rate = schedule.rate(progress);
        progress.last().updatedAt(rate);
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new RunException("the learning rate of step " + progress.step() + " is " + Numbers.format(rate)
                    + ": a finite number of 0 or more is required.");
        }
        return rate;
    }
}
