package dev.chainrule.builtin.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run.LayerState;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Span;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.testing.Matrices;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Measure layers whose numbers can be worked out by hand. */
class LearningSpeedHookTests {
    private final RecordingRun run = new RecordingRun();

    private static LearningSpeedHook hook(int samples, String every) {
        return new LearningSpeedHook(samples, Span.parse(every), 0.05, 0.05, 0.1);
    }

    private static Matrix column(double... values) {
        Matrix column = Matrices.FLOAT64.matrix(values.length, 1);
        for (int i = 0; i < values.length; i++) {
            column.set(i, 0, values[i]);
        }
        return column;
    }

    /** Return a layer of one unit; those called output read the layer hidden. */
    private static LayerState layer(
            String name,
            Matrix x,
            Activation function,
            Matrix z,
            Matrix delta,
            boolean fused,
            Parameter... parameters) {
        return layer(name, name.equals("output") ? "hidden" : "input", x, function, z, delta, fused, parameters);
    }

    private static LayerState layer(
            String name,
            String from,
            Matrix x,
            Activation function,
            Matrix z,
            Matrix delta,
            boolean fused,
            Parameter... parameters) {
        ActivationNode node = new ActivationNode(function, Shape.of(1), Matrices.FLOAT64);
        Matrix a = z.copy();
        function.forward(z, a, Matrices.FLOAT64);
        return new LayerState(
                name,
                List.of(from),
                List.of(parameters),
                List.of(x),
                List.of(new LayerState.Stage(node, z, a, delta, fused)));
    }

    private static Parameter parameter(String name, Matrix gradient) {
        return new Parameter(name, gradient.copy(), gradient);
    }

    /**
     * In the hidden layer ‖(3, 4)‖ = 5 of weights and 12 of the biases make ‖(5, 12)‖ = 13; the error is √(2·(0.3² + 0.4²)) = √0.5;
     * one z of two is on the flat side, and two inputs of four are below 0.05. The error of the output is √(2·(6² + 8²)) = √200,
     * which is √400 times as much.
     */
    private static List<LayerState> twoLayers() {
        Matrix x = Matrices.of(Matrices.FLOAT64, Matrices.row(0, 1), Matrices.row(-0.01, 2));
        return List.of(
                layer(
                        "hidden",
                        x,
                        new Relu(),
                        column(1, -1),
                        column(0.3, 0.4),
                        false,
                        parameter("hidden.biases", column(12)),
                        parameter("hidden.weights", column(3, 4))),
                layer(
                        "output",
                        column(1, 0.5),
                        new Identity(),
                        column(2, 3),
                        column(6, 8),
                        true,
                        parameter("output.weights", column(0.25)),
                        parameter("output.frozen", column(100)).trainable(false)));
    }

    @Test
    void epoch_ofTwoLayers_reportsWhatIsWorkedOutByHand() {
        run.layers = twoLayers();
        run.drive(hook(50, "1 epoch").create(run), Hook.Ending.COMPLETED);
        String slow =
                "hidden learns slowly: its error is 20.00 times smaller than that of output. On its way back it is "
                        + "multiplied by weights and slopes (BP2): the mean slope is 0.5000 in hidden";
        assertEquals("""
                epoch 1/2  learning speed of each layer
                  layer     gradient       error       slope  saturated  low inputs
                  hidden       13.00      0.7071      0.5000       50 %        50 %
                  output      0.2500       14.14       1.000        0 %         0 %
                  @
                """.replace("@", slow), String.join("\n", run.lines.subList(0, 5)) + "\n");
        assertEquals(2, run.records.size());
        double error = Math.sqrt(2 * (0.3 * 0.3 + 0.4 * 0.4));
        assertEquals(
                "learning_speed.jsonl: {epoch=0, step=3, measured=3, layers=["
                        + "{layer=hidden, gradient_norm=13.0, gradient_norms={biases=12.0, weights=5.0}, error_norm="
                        + (error + error + error) / 3
                        + ", slope=0.5, saturated=0.5, low_inputs=0.5}, "
                        + "{layer=output, gradient_norm=0.25, gradient_norms={weights=0.25}, error_norm="
                        + (Math.sqrt(200) + Math.sqrt(200) + Math.sqrt(200)) / 3
                        + ", slope=1.0, saturated=0.0, low_inputs=0.0}], slow=[" + slow + "]}",
                run.records.get(0));
    }

    @Test
    void slowLayer_besideTheFastest_hasNoWayBackFromIt() {
        List<LayerState> chain = twoLayers();
        LayerState output = chain.get(1);
        LayerState branch =
                new LayerState("output", List.of("input"), output.parameters(), output.inputs(), output.stages());
        run.layers = List.of(chain.get(0), branch);
        run.drive(hook(50, "1 epoch").create(run), Hook.Ending.COMPLETED);
        assertTrue(
                run.records
                        .get(0)
                        .endsWith("slow=[hidden learns slowly: its error is 20.00 times smaller than that of output]}"),
                run.records.get(0));
    }

    @Test
    void table_everySoManyEpochs_isPrintedForTheFirstAndTheLastToo() {
        run.layers = twoLayers();
        run.drive(hook(50, "100 epochs").create(run), Hook.Ending.COMPLETED);
        assertEquals(
                2, run.lines.stream().filter(line -> line.startsWith("epoch")).count());
    }

    @Test
    void samples_fewerThanSteps_areSpreadOverTheEpoch() {
        run.layers = twoLayers();
        run.drive(hook(2, "1 epoch").create(run), Hook.Ending.COMPLETED);
        assertTrue(run.records.get(0).contains("measured=2"), run.records.get(0));
        assertTrue(run.records.get(1).contains("measured=2"), run.records.get(1));
    }

    @Test
    void saturatedOutput_isSlowUnlessTheLossLeavesTheSlopeOut() {
        Matrix z = column(9, -9);
        run.layers = List.of(layer(
                "output",
                column(1, 1),
                new Sigmoid(),
                z,
                column(0.1, 0.1),
                false,
                parameter("output.biases", column(1))));
        run.drive(hook(1, "1 epoch").create(run), Hook.Ending.COMPLETED);
        assertEquals(
                "  output learns slowly: 100 % of its units are saturated (BP1 and BP2 multiply by their slope). "
                        + "A loss that fuses with the activation leaves it out",
                run.lines.get(3));
        RecordingRun other = new RecordingRun();
        other.layers = List.of(layer(
                "output",
                column(1, 1),
                new Sigmoid(),
                z,
                column(0.1, 0.1),
                true,
                parameter("output.biases", column(1))));
        other.drive(hook(1, "100 epochs").create(other), Hook.Ending.COMPLETED);
        assertEquals(6, other.lines.size(), "two tables and no words: " + other.lines);
    }

    @Test
    void deadUnitsAndLowInputs_areNamed() {
        run.layers = List.of(layer(
                "dead",
                column(0, 0.001),
                new Relu(),
                column(-1, -2),
                column(0, 0),
                false,
                parameter("dead.b", column(0))));
        run.drive(hook(1, "1 epoch").create(run), Hook.Ending.COMPLETED);
        assertEquals(
                List.of(
                        "  dead learns nothing: its error is 0, and 100 % of its units are saturated (BP1 and BP2 multiply by "
                                + "their slope)",
                        "  the weights of dead learn slowly: 100 % of its inputs are low (BP4 multiplies by them)"),
                run.lines.subList(3, 5));
    }

    /** Of softmax, which mixes a row, the slopes are aⱼ·(1 − aⱼ): here ½·½. */
    @Test
    void slopes_ofSoftmax_areTheDiagonalOfItsJacobian() {
        ActivationNode node = new ActivationNode(new Softmax(), Shape.of(2), Matrices.FLOAT64);
        Matrix z = Matrices.of(Matrices.FLOAT64, Matrices.row(3, 3));
        Matrix a = Matrices.of(Matrices.FLOAT64, Matrices.row(0.5, 0.5));
        Matrix slopes = Matrices.garbage(Matrices.FLOAT64, 1, 2);
        node.slopes(z, a, slopes);
        assertEquals(0.25, slopes.get(0, 0));
        assertEquals(0.25, slopes.get(0, 1));
    }

    @Test
    void restored_betweenTwoSteps_recordsTheSame() {
        run.layers = twoLayers();
        run.drive(hook(3, "1 epoch").create(run), Hook.Ending.COMPLETED);
        RecordingRun other = new RecordingRun();
        other.layers = twoLayers();
        Hook[] current = {hook(3, "1 epoch").create(other)};
        other.drive(
                new Hook() {
                    @Override
                    public void onStepEnd() {
                        current[0].onStepEnd();
                        State state = State.of(current[0]);
                        current[0] = hook(3, "1 epoch").create(other);
                        current[0].restore(state);
                    }

                    @Override
                    public void onEpochEnd() {
                        current[0].onEpochEnd();
                    }
                },
                Hook.Ending.COMPLETED);
        assertEquals(run.records, other.records);
    }

    @Test
    void parameters_outsideTheirRange_areRefused() {
        assertEquals("samples is 0", refusal(() -> hook(0, "1 epoch")));
        assertEquals("every is 3 steps", refusal(() -> hook(1, "3 steps")));
        Span epoch = Span.parse("1 epoch");
        assertEquals("saturatedBelow is 0", refusal(() -> new LearningSpeedHook(1, epoch, 0, 0.05, 0.1)));
        assertEquals("lowBelow is .nan", refusal(() -> new LearningSpeedHook(1, epoch, 0.05, Double.NaN, 0.1)));
        assertEquals("slowBelow is 1", refusal(() -> new LearningSpeedHook(1, epoch, 0.05, 0.05, 1)));
    }

    private static String refusal(Runnable action) {
        return assertThrows(ParameterException.class, action::run).getMessage();
    }
}
