package dev.chainrule.model.network;

import dev.chainrule.api.layer.Value;
import java.util.List;
import java.util.Optional;

/**
 * A layer as the config lists it, whether it computes something itself or only contains layers.
 *
 * @param name with those of the layers around it
 * @param kind its name in YAML
 * @param inputs the values that it reads
 * @param chosen whether the config lists them; else they are the output of the layer above
 * @param layer its own stages; empty if it only contains layers
 */
public record OutlineEntry(
        String name, String kind, List<Value> inputs, boolean chosen, Value output, Optional<Layer> layer) {}
