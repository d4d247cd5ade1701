package dev.chainrule.builtin.hook;

import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The speeds of the layers as a table, the layer nearest to the input first. */
final class SpeedTable {
    private static final String NAME = "layer";
    private static final String NONE = "-";

    private SpeedTable() {}

    /** Return the lines, a title and a heading first. */
    static List<String> lines(String epoch, List<LayerSpeed> layers) {
        int width = layers.stream().mapToInt(layer -> layer.name().length()).reduce(NAME.length(), Math::max);
        String form = "  %-" + width + "s  %10s  %10s  %10s  %9s  %10s";
        List<String> lines = new ArrayList<>();
        lines.add(epoch + "  learning speed of each layer");
        lines.add(String.format(Locale.ROOT, form, NAME, "gradient", "error", "slope", "saturated", "low inputs"));
        for (LayerSpeed layer : layers) {
            lines.add(String.format(
                    Locale.ROOT,
                    form,
                    layer.name(),
                    layer.learns() ? Numbers.rounded(layer.gradient()) : NONE,
                    layer.hasError() ? Numbers.rounded(layer.error()) : NONE,
                    layer.hasError() ? Numbers.rounded(layer.slope()) : NONE,
                    layer.hasError() ? SlowLayers.percent(layer.saturated()) : NONE,
                    SlowLayers.percent(layer.low())));
        }
        return lines;
    }
}
