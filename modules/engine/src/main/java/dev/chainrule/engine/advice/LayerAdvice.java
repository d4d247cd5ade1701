package dev.chainrule.engine.advice;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Advice on the layers and their first values. */
final class LayerAdvice {
    private static final double[] PROBES = {-2.5, -1, 0, 0.75, 3};

    private LayerAdvice() {}

    static List<Advice> of(Assembly assembly) {
        List<Layer> layers = assembly.network().layers();
        List<Advice> found = new ArrayList<>();
        Map<Value, Layer> byOutput = new LinkedHashMap<>();
        for (Layer second : layers) {
            Layer first = byOutput.get(second.inputs().get(0));
            if (first != null && isOnlyInput(first, second, assembly.network())) {
                neighbours(first, second, assembly.network(), found);
            }
            byOutput.put(second.output(), second);
        }
        Set<String> seen = new LinkedHashSet<>();
        found.removeIf(advice -> !seen.add(advice.kind() + " " + advice.path()));
        List<Parameter> parameters = assembly.network().parameters();
        boolean learns = false;
        for (Parameter parameter : parameters) {
            learns |= parameter.trainable();
        }
        if (!learns) {
            found.add(new Advice(
                    WarningKind.NOTHING_LEARNS,
                    "model",
                    parameters.isEmpty()
                            ? "no layer has parameters to learn"
                            : "no layer learns: trainable is false in all of them",
                    "Add a dense layer, or make one trainable."));
        } else {
            for (Parameter parameter : parameters) {
                if (!parameter.trainable() && parameter.regularizer().isPresent()) {
                    found.add(idle(parameter, assembly));
                }
            }
        }
        return found;
    }

    private static Advice idle(Parameter parameter, Assembly assembly) {
        Object regularizer = parameter.regularizer().orElseThrow();
        return new Advice(
                WarningKind.IDLE_REGULARIZER,
                assembly.experiment().place(value -> value == regularizer),
                "this regularizer has no effect, because " + parameter.name() + " does not learn",
                "Remove it, or make the layer trainable.");
    }

    private static void neighbours(Layer first, Layer second, Network network, List<Advice> found) {
        if (!beginsAffine(first) || !beginsAffine(second)) {
            return;
        }
        int narrowest = Math.min(
                first.inputs().get(0).shape().size(), second.output().shape().size());
        boolean learned = first.parameters().get(0).trainable()
                && second.parameters().get(0).trainable();
        if (learned
                && first.stages().stream().skip(1).allMatch(LayerAdvice::isIdentity)
                && first.output().shape().size() >= narrowest) {
            found.add(new Advice(
                    WarningKind.LINEAR_LAYERS,
                    first.place() + ".activation",
                    first.name() + " has no activation, so it and " + second.name() + " together can do no more than "
                            + second.name() + " alone",
                    "Give it one, such as activation: relu."));
        }
        if (first.output().shape().size() > 1
                && first.parameters().stream()
                        .allMatch(p -> p.trainable() && network.likeness(p).columns())
                && network.likeness(second.parameters().get(0)).rows()) {
            found.add(new Advice(
                    WarningKind.IDENTICAL_UNITS,
                    first.place() + ".weights",
                    "all units of " + first.name() + " start out equal and will stay equal",
                    "Start with random weights, such as weights: he_normal."));
        }
    }

    /** Return whether a layer reads another one's output and nothing else, and is alone in reading it. */
    private static boolean isOnlyInput(Layer first, Layer second, Network network) {
        return second.inputs().equals(List.of(first.output()))
                && network.topology().uses(first.output().id()) == 1;
    }

    private static boolean beginsAffine(Layer layer) {
        return layer.stages().get(0).isAffine() && !layer.parameters().isEmpty();
    }

    private static boolean isIdentity(Stage stage) {
        if (!(stage instanceof ActivationNode node) || !(node.activation() instanceof Elementwise function)) {
            return false;
        }
        for (double z : PROBES) {
            if (function.value(z) != z) {
                return false;
            }
        }
        return true;
    }
}
