package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.Parameter;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** One matrix of zeros for each parameter, of its shape, under {@code <parameter>.<slot>}. */
final class Slots {
    private final SortedMap<String, Matrix> byName = new TreeMap<>();
    private final List<Parameter> parameters;
    private final Kernels kernels;

    Slots(List<Parameter> parameters, Kernels kernels) {
        this.parameters = List.copyOf(parameters);
        this.kernels = kernels;
    }

    /** Create a slot for every parameter, in their order. */
    Matrix[] create(String slot) {
        Matrix[] created = new Matrix[parameters.size()];
        for (int i = 0; i < created.length; i++) {
            Parameter parameter = parameters.get(i);
            created[i] =
                    kernels.matrix(parameter.value().rows(), parameter.value().columns());
            byName.put(parameter.name() + "." + slot, created[i]);
        }
        return created;
    }

    /** Return all slots by full name. */
    SortedMap<String, Matrix> byName() {
        return Collections.unmodifiableSortedMap(byName);
    }
}
