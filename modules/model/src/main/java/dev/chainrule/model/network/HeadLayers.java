package dev.chainrule.model.network;

import dev.chainrule.api.NamedLayer;
import java.util.List;

/**
 * The layers of one output of a network, after those that all outputs share.
 *
 * @param name of the output, the beginning of the layers' names
 * @param path of the list in the config: {@code outputs.good.layers}
 * @param layers none if the output is that of the last shared layer
 */
public record HeadLayers(String name, String path, List<NamedLayer> layers) {}
