package dev.chainrule.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RatedOptimizerTests {
    private static final Kernels KERNELS = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));

    /** Adds to each parameter all learning rates so far, whose sum is its state under one name. */
    private record Adding() implements OptimizerSpec {
        @Override
        public Schedule learningRate() {
            return new TestNetwork.Rate(1);
        }

        @Override
        public Optimizer create(List<Parameter> parameters, Kernels kernels) {
            return new Optimizer() {
                private double sum;

                @Override
                public void update(long step, double learningRate) {
                    sum += learningRate;
                    parameters.forEach(parameter ->
                            parameter.value().set(0, 0, parameter.value().get(0, 0) + sum));
                }

                @Override
                public void save(State to) {
                    to.put("sum", sum)
                            .put(parameters.get(0).name(), parameters.get(0).value());
                }

                @Override
                public void restore(State from) {
                    sum = from.number("sum");
                }
            };
        }
    }

    private static Parameter parameter(String name, double factor) {
        return new Parameter(name, new DoubleMatrix(1, 1), new DoubleMatrix(1, 1)).multiplyLearningRate(factor);
    }

    private static List<Double> values(List<Parameter> parameters) {
        return parameters.stream().map(parameter -> parameter.value().get(0, 0)).toList();
    }

    @Test
    void update_severalFactors_givesEachGroupItsRateAndState() {
        List<Parameter> parameters =
                List.of(parameter("a", 0.5), parameter("b", 1), parameter("c", 0.5), parameter("d", 4));
        Optimizer optimizer = RatedOptimizer.of(new Adding(), parameters, KERNELS);
        optimizer.update(0, 2);
        assertEquals(List.of(1.0, 2.0, 1.0, 8.0), values(parameters));
        State saved = State.of(optimizer);
        assertEquals("[rate_1.a, rate_2.b, rate_3.d]", saved.matrices().keySet().toString());
        optimizer.update(1, 2);
        assertEquals(List.of(3.0, 6.0, 3.0, 24.0), values(parameters));
        optimizer.restore(saved);
        optimizer.update(1, 2);
        assertEquals(List.of(5.0, 10.0, 5.0, 40.0), values(parameters));
    }

    @Test
    void of_factorsOfOne_createsTheDeclaredOptimizerAlone() {
        List<Parameter> parameters = List.of(parameter("a", 1), parameter("b", 1));
        Optimizer optimizer = RatedOptimizer.of(new Adding(), parameters, KERNELS);
        assertEquals("[a]", State.of(optimizer).matrices().keySet().toString());
    }

    @Test
    void trainable_factorOfZero_isFalse() {
        assertEquals(false, parameter("a", 0).trainable());
        assertEquals(true, parameter("a", 0.5).trainable());
    }
}
