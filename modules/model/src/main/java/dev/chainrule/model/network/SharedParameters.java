package dev.chainrule.model.network;

import dev.chainrule.api.Parameter;
import dev.chainrule.math.Kernels;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The parameters that several layers compute with: each use has a gradient of its own, and a parameter gets the sum. */
final class SharedParameters {
    private final Kernels kernels;
    /** The uses of each, its own layer's first. */
    private final List<List<Parameter>> uses;

    /**
     * Create the list of shared parameters.
     *
     * @param others by parameter: its uses by layers other than its own, in the order of computation
     */
    SharedParameters(Kernels kernels, Map<Parameter, List<Parameter>> others) {
        this.kernels = kernels;
        this.uses = others.entrySet().stream()
                .map(entry -> Stream.concat(Stream.of(entry.getKey()), entry.getValue().stream())
                        .toList())
                .toList();
    }

    /** Add the gradients of all uses, from the last to the first. */
    void addGradients() {
        for (int i = 0; i < uses.size(); i++) {
            List<Parameter> each = uses.get(i);
            for (int k = each.size() - 1; k > 0; k--) {
                kernels.addScaled(1, each.get(k).gradient(), each.get(k - 1).gradient());
            }
        }
    }

    /** Overwrite the gradients of all uses. */
    void fillGradients(double value) {
        uses.forEach(each -> each.forEach(use -> use.gradient().fill(value)));
    }
}
