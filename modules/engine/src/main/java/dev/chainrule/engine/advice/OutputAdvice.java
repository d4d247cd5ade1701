package dev.chainrule.engine.advice;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Loss;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Warning;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.assembly.LastLayer;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Advice on the outputs of activations, and on their interpretation by the loss. */
final class OutputAdvice {
    private final Assembly assembly;
    private final List<Advice> found = new ArrayList<>();

    private OutputAdvice(Assembly assembly) {
        this.assembly = assembly;
    }

    static List<Advice> of(Assembly assembly) {
        OutputAdvice advice = new OutputAdvice(assembly);
        advice.distributions();
        if (advice.found.isEmpty()) {
            List<Head> heads = assembly.experiment().heads();
            for (int h = 0; h < heads.size(); h++) {
                advice.loss(h, heads.get(h));
            }
        }
        return advice.found;
    }

    private void loss(int number, Head head) {
        Loss loss = head.output().loss();
        Optional<ActivationNode> stage = assembly.network().outputActivation(number);
        if (stage.isPresent()
                && stage.get().separates(assembly.pipeline().target(number).rows())
                && loss.fuse(stage.get().activation()).isPresent()) {
            return;
        }
        Optional<Activation> last = stage.map(ActivationNode::activation);
        LastLayer layer = new LastLayer(assembly.network(), number);
        loss.warning(last.map(Activation::outputs).orElse(Bounds.NONE))
                .ifPresent(warning -> found.add(new Advice(
                        WarningKind.MISMATCHED_OUTPUT,
                        last.map(this::place).orElseGet(layer::path),
                        new Warning(warning.reason(), layer.adapt(warning.remedy())),
                        false)));
    }

    private void distributions() {
        Topology topology = assembly.network().topology();
        for (int v = 1; v < topology.size(); v++) {
            if (isDistribution(topology, v)) {
                Activation activation = ((ActivationNode) topology.stage(v)).activation();
                List<Integer> sides = topology.stage(v).output().dimensions();
                distribution(activation, sides.get(sides.size() - 1), isDistribution(topology, topology.input(v, 0)));
            }
        }
    }

    private static boolean isDistribution(Topology topology, int v) {
        return v > 0
                && topology.stage(v) instanceof ActivationNode node
                && node.activation().outputs().sumsToOne();
    }

    private void distribution(Activation activation, int units, boolean again) {
        String name = Network.kind(activation);
        if (units == 1) {
            found.add(new Advice(
                    WarningKind.CONSTANT_OUTPUT,
                    place(activation),
                    name + " of a single unit is always 1, whatever its input",
                    "For two classes use sigmoid with binary_cross_entropy, or two units."));
        } else if (again) {
            found.add(new Advice(
                    WarningKind.DOUBLE_SOFTMAX,
                    place(activation),
                    name + " is applied to outputs that are already probabilities, which flattens them",
                    "Remove one of the two."));
        }
    }

    private String place(Activation activation) {
        return assembly.experiment().place(value -> value == activation);
    }
}
