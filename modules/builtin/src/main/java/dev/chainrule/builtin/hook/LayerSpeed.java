package dev.chainrule.builtin.hook;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run.LayerState;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The learning speed of one layer, summed over the measured steps of an epoch.
 *
 * <p>Sums ascend by steps, rows and columns, in float64, so that the means are the same in every repetition.
 */
final class LayerSpeed {
    private final String name;
    private final SortedSet<String> before;
    private long steps;
    private final SortedMap<String, Double> gradients = new TreeMap<>();
    private double gradient;

    private boolean hasError;
    private double error;

    private long units;
    private long saturated;
    private double slope;
    private boolean fused;

    private long inputs;
    private long low;

    /**
     * Create the speed of a layer without steps.
     *
     * @param before the names of all layers that its input is computed by
     */
    LayerSpeed(String name, SortedSet<String> before) {
        this.name = name;
        this.before = before;
    }

    /** Return whether a layer can be measured: it learns, or has an activation that gradients come back to. */
    static boolean isMeasured(LayerState layer) {
        return !layer.parameters().isEmpty() || !layer.stages().isEmpty();
    }

    /** Add a step. */
    void add(LayerState layer, double saturatedBelow, double lowBelow) {
        steps++;
        double squares = 0;
        for (Parameter parameter : layer.parameters()) {
            if (parameter.trainable()) {
                double square = sumOfSquares(parameter.gradient());
                squares += square;
                gradients.merge(parameter.name(), Math.sqrt(square), Double::sum);
            }
        }
        gradient += Math.sqrt(squares);
        if (!layer.stages().isEmpty()) {
            // The first stage's z comes from the layer's own parameters.
            Matrix delta = layer.stages().get(0).delta();
            hasError = true;
            error += Math.sqrt(delta.rows() * sumOfSquares(delta));
        }
        for (LayerState.Stage stage : layer.stages()) {
            add(stage, saturatedBelow);
        }
        for (Matrix x : layer.inputs()) {
            inputs += x.size();
            low += below(x, lowBelow);
        }
    }

    private void add(LayerState.Stage stage, double saturatedBelow) {
        Matrix slopes = stage.z().copy();
        stage.node().slopes(stage.z(), stage.a(), slopes);
        units += slopes.size();
        saturated += below(slopes, saturatedBelow);
        for (int i = 0; i < slopes.rows(); i++) {
            for (int j = 0; j < slopes.columns(); j++) {
                slope += Math.abs(slopes.get(i, j));
            }
        }
        fused = stage.fused();
    }

    private static double sumOfSquares(Matrix matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                sum += matrix.get(i, j) * matrix.get(i, j);
            }
        }
        return sum;
    }

    private static long below(Matrix matrix, double limit) {
        long count = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                count += Math.abs(matrix.get(i, j)) < limit ? 1 : 0;
            }
        }
        return count;
    }

    String name() {
        return name;
    }

    /** Return whether the input of this layer is computed by another one, so that the gradient comes from here to there. */
    boolean isBehind(LayerSpeed other) {
        return before.contains(other.name);
    }

    /** Return whether it has parameters that learn. */
    boolean learns() {
        return !gradients.isEmpty();
    }

    /** Return the mean norm of the gradients of all trainable parameters, as the optimizer receives them. */
    double gradient() {
        return gradient / steps;
    }

    /** Return whether it has an activation, hence an error. */
    boolean hasError() {
        return hasError;
    }

    /**
     * Return the mean size of its error: √(Σ ‖m·δ‖² / m) over the m examples of a batch, δ being ∂C/∂z with the factor 1/m of the
     * mean in it. Unlike the gradient of the biases, Σ_rows δ, it does not shrink because examples disagree.
     */
    double error() {
        return error / steps;
    }

    /** Return the mean of |σ′|. */
    double slope() {
        return slope / units;
    }

    /** Return the share of saturated units. */
    double saturated() {
        return (double) saturated / units;
    }

    /** Return whether the loss omits the factor σ′ of its last activation. */
    boolean fused() {
        return fused;
    }

    /** Return the share of low inputs. */
    double low() {
        return (double) low / inputs;
    }

    /** Return the means in their JSON form. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("layer", name);
        if (learns()) {
            json.put("gradient_norm", gradient());
            Map<String, Object> norms = new LinkedHashMap<>();
            gradients.forEach(
                    (parameter, sum) -> norms.put(parameter.substring(parameter.lastIndexOf('.') + 1), sum / steps));
            json.put("gradient_norms", norms);
        }
        if (hasError) {
            json.put("error_norm", error());
            json.put("slope", slope());
            json.put("saturated", saturated());
        }
        json.put("low_inputs", low());
        return json;
    }

    void save(State to, String prefix) {
        to.put(prefix + "name", name)
                .put(prefix + "before", String.join(" ", before))
                .put(prefix + "steps", steps)
                .put(prefix + "gradient", gradient)
                .put(prefix + "has_error", String.valueOf(hasError))
                .put(prefix + "error", error)
                .put(prefix + "units", units)
                .put(prefix + "saturated", saturated)
                .put(prefix + "slope", slope)
                .put(prefix + "fused", String.valueOf(fused))
                .put(prefix + "inputs", inputs)
                .put(prefix + "low", low)
                .put(prefix + "parameters", gradients.size());
        int number = 0;
        for (Map.Entry<String, Double> gradient : gradients.entrySet()) {
            to.put(prefix + "parameter." + number, gradient.getKey())
                    .put(prefix + "norm." + number++, gradient.getValue());
        }
    }

    static LayerSpeed restore(State from, String prefix) {
        SortedSet<String> before =
                new TreeSet<>(List.of(from.text(prefix + "before").split(" ")));
        LayerSpeed speed = new LayerSpeed(from.text(prefix + "name"), before);
        speed.steps = from.whole(prefix + "steps");
        speed.gradient = from.number(prefix + "gradient");
        speed.hasError = Boolean.parseBoolean(from.text(prefix + "has_error"));
        speed.error = from.number(prefix + "error");
        speed.units = from.whole(prefix + "units");
        speed.saturated = from.whole(prefix + "saturated");
        speed.slope = from.number(prefix + "slope");
        speed.fused = Boolean.parseBoolean(from.text(prefix + "fused"));
        speed.inputs = from.whole(prefix + "inputs");
        speed.low = from.whole(prefix + "low");
        for (int i = 0; i < from.whole(prefix + "parameters"); i++) {
            speed.gradients.put(from.text(prefix + "parameter." + i), from.number(prefix + "norm." + i));
        }
        return speed;
    }
}
