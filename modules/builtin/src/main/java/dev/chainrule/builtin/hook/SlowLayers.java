package dev.chainrule.builtin.hook;

import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The layers that learn slowly and the reasons, in words, from the factors of the equations: δ is the error from behind
 * times σ′ (BP1, BP2), a weight's gradient is δ times its input (BP4).
 */
final class SlowLayers {
    /** Saturated units slow a layer down if they are the majority: two of three, which a relu's zero half is not. */
    private static final double MOST_SATURATED = 2 / 3.0;
    /** Low inputs slow a layer down if hardly any other exist: the dark pixels of a picture are four of five. */
    private static final double MOST_LOW = 0.9;

    private final LearningSpeedHook spec;
    private final List<LayerSpeed> layers;

    /**
     * Create the analysis of one epoch.
     *
     * @param layers first to last
     */
    SlowLayers(LearningSpeedHook spec, List<LayerSpeed> layers) {
        this.spec = spec;
        this.layers = layers;
    }

    /** Return a sentence for each reason of each slow layer, first to last; none if no layer is slow. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).learns()) {
                words(i, words);
            }
        }
        return words;
    }

    private void words(int place, List<String> words) {
        LayerSpeed layer = layers.get(place);
        if (layer.hasError()) {
            LayerSpeed fastest = layers.stream()
                    .filter(other -> other.learns() && other.hasError())
                    .max(Comparator.comparingDouble(LayerSpeed::error))
                    .orElseThrow();
            boolean saturated = layer.saturated() >= MOST_SATURATED && !layer.fused();
            if (layer.error() == 0) {
                words.add(layer.name() + " learns nothing: its error is 0"
                        + (saturated ? ", and " + saturated(layer) : ""));
            } else if (layer.error() < spec.slowBelow() * fastest.error()) {
                words.add(layer.name() + " learns slowly: its error is "
                        + Numbers.rounded(fastest.error() / layer.error()) + " times smaller than that of "
                        + fastest.name() + why(layer, fastest));
            } else if (saturated) {
                words.add(layer.name() + " learns slowly: " + saturated(layer)
                        + (place == layers.size() - 1 ? ". A loss that fuses with the activation leaves it out" : ""));
            }
        }
        if (layer.low() >= MOST_LOW) {
            words.add("the weights of " + layer.name() + " learn slowly: " + percent(layer.low())
                    + " of its inputs are low (BP4 multiplies by them)");
        }
    }

    /**
     * Return the slopes that the error was multiplied by on its way back; from a layer that does not follow, there is no such way.
     */
    private String why(LayerSpeed slow, LayerSpeed fastest) {
        StringBuilder why = new StringBuilder();
        for (int i = layers.size() - 1; i >= 0; i--) {
            LayerSpeed passed = layers.get(i);
            if (passed.hasError() && fastest.isBehind(passed) && (passed == slow || passed.isBehind(slow))) {
                why.append(
                                why.length() == 0
                                        ? ". On its way back it is multiplied by weights and slopes (BP2): the mean slope is "
                                        : ", ")
                        .append(Numbers.rounded(passed.slope()))
                        .append(" in ")
                        .append(passed.name())
                        .append(
                                passed.saturated() >= MOST_SATURATED
                                        ? ", where " + percent(passed.saturated()) + " of the units are saturated"
                                        : "");
            }
        }
        return why.toString();
    }

    private static String saturated(LayerSpeed layer) {
        return percent(layer.saturated()) + " of its units are saturated (BP1 and BP2 multiply by their slope)";
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
