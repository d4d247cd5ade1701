package dev.chainrule.model.network;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * A built layer of a network.
 *
 * @param place in the config
 * @param name with those of the layers around it
 * @param kind its name in YAML
 * @param spec as the config declares it
 * @param inputs the values that it reads
 * @param values those that its own stages compute, in the order of computation
 * @param stages those that compute them
 * @param uses parameters of other layers that it computes with, each with the gradient of this use
 */
public record Layer(
        String place,
        String name,
        String kind,
        LayerSpec spec,
        List<Value> inputs,
        Value output,
        List<Value> values,
        List<Stage> stages,
        List<Parameter> parameters,
        List<Parameter> uses,
        List<Matrix> buffers) {
    /** Return whether it computes with parameters, its own or those of another layer. */
    boolean learns() {
        return !parameters.isEmpty() || !uses.isEmpty();
    }

    /** Return the number of learnable values. */
    public long size() {
        long sum = 0;
        for (Parameter parameter : parameters) {
            sum += parameter.value().size();
        }
        return sum;
    }
}
