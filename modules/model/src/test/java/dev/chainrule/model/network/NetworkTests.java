package dev.chainrule.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.activation.Tanh;
import dev.chainrule.model.initializer.XavierUniform;
import dev.chainrule.model.initializer.Zeros;
import dev.chainrule.model.layer.ActivationLayer;
import dev.chainrule.model.layer.Dense;
import dev.chainrule.model.layer.Trainable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTests {
    /** With a thousand columns a matrix of two thousand million values. */
    private static final int LARGE = 1 << 20;

    private static final long SEED = 7;
    private static final List<NamedLayer> MODEL = List.of(new NamedLayer(Optional.empty(), dense(3)));

    static LayerSpec dense(int units) {
        return new Dense(units, new Tanh(), new XavierUniform(), new Zeros(), Optional.empty(), Trainable.TRUE, true);
    }

    @Test
    void unfilled_holdsZerosAndTakesOverAnothersTensors() {
        Kernels kernels = Kernels.of(Precision.FLOAT32, new ThreadTeam(1));
        Network filled = Network.build(MODEL, Shape.of(2), kernels, SEED);
        Network unfilled = Network.unfilled(MODEL, List.of(), filled, kernels, SEED);
        assertTrue(values(filled).stream().anyMatch(value -> value != 0), "an initializer gave nothing but 0");
        assertTrue(values(unfilled).stream().allMatch(value -> value == 0), () -> "not 0: " + values(unfilled));
        unfilled.copyTensors(filled);
        assertEquals(values(filled), values(unfilled));
    }

    @Test
    void outputActivation_ofASequence_separatesItsStepsOrAllElements() {
        Shape sequence = Shape.of(2, 3);
        assertTrue(outputActivation(new Tanh(), sequence).separates(1), "elements are rows of any length");
        assertTrue(outputActivation(new Softmax(), sequence).separates(2), "two steps");
        assertFalse(outputActivation(new Softmax(), sequence).separates(1), "not one distribution");
        assertTrue(outputActivation(new Softmax(), Shape.of(6)).separates(1), "one distribution");
        assertTrue(outputActivation(new Softmax(), Shape.of(2, 3, 4)).separates(6), "six pixels");
    }

    private static ActivationNode outputActivation(Activation function, Shape input) {
        List<NamedLayer> model = List.of(new NamedLayer(Optional.empty(), new ActivationLayer(function)));
        return Network.build(model, input, Kernels.of(Precision.FLOAT32, new ThreadTeam(1)), SEED)
                .outputActivation(0)
                .orElseThrow();
    }

    @Test
    void build_onDeclaredKernels_allocatesWhatIsReadWithTheSameValues() {
        ThreadTeam team = new ThreadTeam(1);
        Network filled = Network.build(MODEL, Shape.of(2), Kernels.of(Precision.FLOAT32, team), SEED);
        Network declared = Network.build(MODEL, Shape.of(2), Declared.kernels(Precision.FLOAT32, team), SEED);
        for (Parameter parameter : declared.parameters()) {
            assertTrue(Declared.isUntouched(parameter.value()), parameter.name());
            assertTrue(Declared.isUntouched(parameter.gradient()), parameter.name());
        }
        assertEquals(filled.streams(), declared.streams());
        assertEquals(values(filled), values(declared));
    }

    @Test
    void likeness_ofParameters_isKnownBeforeTheirValuesAre() {
        Initializer ascending = (w, in, out, draws) -> {
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    w.set(i, j, j);
                }
            }
        };
        Initializer constant = (w, in, out, draws) -> w.fill(2);
        Initializer ofOneShape = (w, in, out, draws) -> {
            if (w.rows() != LARGE) {
                throw new InputException("no shape for it");
            }
            w.set(0, 0, 1);
        };
        for (int rows : new int[] {3, LARGE}) {
            assertEquals(new Likeness(true, false), likeness(ascending, rows));
            assertEquals(new Likeness(true, true), likeness(constant, rows));
        }
        assertEquals(new Likeness(false, false), likeness(ofOneShape, LARGE));
        InputException e = assertThrows(InputException.class, () -> likeness(ofOneShape, 3));
        assertEquals(Optional.of("model[0].w"), e.configPath());
    }

    private static Likeness likeness(Initializer initializer, int rows) {
        LayerSpec layer = context -> {
            context.parameter("w", rows, 1 << 10, initializer, 1, 1);
            return context.chain(new ActivationNode(new Tanh(), context.input(), context.kernels()));
        };
        Network network = Network.build(
                List.of(new NamedLayer(Optional.empty(), layer)),
                Shape.of(2),
                Declared.kernels(Precision.FLOAT64, new ThreadTeam(1)),
                1);
        Parameter parameter = network.parameters().get(0);
        Likeness likeness = network.likeness(parameter);
        assertTrue(Declared.isUntouched(parameter.value()));
        return likeness;
    }

    private static List<Double> values(Network network) {
        List<Double> values = new ArrayList<>();
        network.parameters().forEach(parameter -> {
            for (int i = 0; i < parameter.value().rows(); i++) {
                for (int j = 0; j < parameter.value().columns(); j++) {
                    values.add(parameter.value().get(i, j));
                }
            }
        });
        return values;
    }
}
