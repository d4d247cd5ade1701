package dev.chainrule.engine.experiment;

import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.model.ConfigPaths;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An output of the network with its place in the config: one of several with names, or the only one, whose loss is that of the
 * config.
 *
 * @param name of the output; empty for the only one
 */
public record Head(String name, Output output) {
    /** Return the only output of a network, as the keys beside {@code model} declare it. */
    public static Head of(Data data, Loss loss, Optional<List<NamedMetric>> metrics) {
        return new Head(
                "",
                new Output(Optional.empty(), data.reconstruct(), data.targetTransforms(), List.of(), loss, 1, metrics));
    }

    /** Return the name of its target among those of a source: empty for the one that the source itself chooses. */
    public String source() {
        return output.target().isPresent() ? name : "";
    }

    /** Return the path of one of its keys, {@code outputs.good.loss} or {@code loss}. */
    public String path(String key) {
        boolean ofData = key.equals("target_transforms") || key.equals("reconstruct");
        return name.isEmpty() ? (ofData ? "data." : "") + key : "outputs." + name + "." + key;
    }

    /** Return a name with that of the output before it: {@code good.accuracy}, or {@code accuracy}. */
    public String label(String of) {
        return name.isEmpty() ? of : name + "." + of;
    }

    /** Return the path of the parameter that contains a value: in the last such layer on the way to this output. */
    public String place(List<NamedLayer> model, Predicate<Object> wanted) {
        return ConfigPaths.inLayers(path("layers"), output.layers(), wanted)
                .or(() -> ConfigPaths.inLayers("model", model, wanted))
                .orElse(lastLayer(model));
    }

    /** Return the path of the layer that computes it. */
    public String lastLayer(List<NamedLayer> model) {
        return output.layers().isEmpty()
                ? "model[" + (model.size() - 1) + "]"
                : path("layers") + "[" + (output.layers().size() - 1) + "]";
    }
}
