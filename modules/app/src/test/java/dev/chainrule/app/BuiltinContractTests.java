package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Kind;
import dev.chainrule.api.Loss;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.testkit.Contracts;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Hold every activation and loss that the registry knows to its contract, with its parameters' defaults. */
class BuiltinContractTests {
    private static final int ACTIVATIONS = 10;
    private static final int LOSSES = 3;
    private static final int FUSED = 3;

    private final Registry registry = ConfigLoader.registry(List.of());

    record OneActivation(Activation component) {}

    record OneLoss(Loss component) {}

    @TestFactory
    Stream<DynamicTest> activation_ofTheRegistry_keepsTheContract() {
        return tests(activations(), Contracts::assertHolds);
    }

    @TestFactory
    Stream<DynamicTest> loss_ofTheRegistry_keepsTheContract() {
        Activation[] outputs = activations().toArray(Activation[]::new);
        return tests(losses(), loss -> Contracts.assertHolds(loss, outputs));
    }

    @Test
    void components_all_haveBeenSeen() {
        assertEquals(ACTIVATIONS, activations().size());
        assertEquals(LOSSES, losses().size());
        long fused = losses().stream()
                .mapToLong(loss -> activations().stream()
                        .filter(activation -> loss.fuse(activation).isPresent())
                        .count())
                .sum();
        assertEquals(FUSED, fused, "the canonical pairs");
    }

    private List<Activation> activations() {
        return registry.names(Kind.ACTIVATION).stream()
                .map(name -> bind(name, OneActivation.class).component())
                .toList();
    }

    private List<Loss> losses() {
        return registry.names(Kind.LOSS).stream()
                .map(name -> bind(name, OneLoss.class).component())
                .toList();
    }

    private <T extends Record> T bind(String name, Class<T> holder) {
        Problems problems = new Problems();
        return new Binder(registry)
                .bind(ConfigReader.read(name, "component: " + name, problems).orElseThrow(), holder)
                .value();
    }

    private static <T> Stream<DynamicTest> tests(List<T> components, Consumer<T> check) {
        return components.stream()
                .map(component -> DynamicTest.dynamicTest(component.toString(), () -> check.accept(component)));
    }
}
