package dev.chainrule.engine.contract;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Kind;
import dev.chainrule.api.Loss;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Hold any component to the contract of its kind. This is the one list of contracts: what stands here is checked by {@code
 * plugins check} and by everything else that goes through all components.
 */
public final class KindContracts {
    private static final Map<Kind, Contract> ALL = new EnumMap<>(Map.of(
            Kind.ACTIVATION, (component, activations) -> ActivationContract.check((Activation) component),
            Kind.LOSS, (component, activations) -> LossContract.check((Loss) component, activations)));

    private KindContracts() {}

    /** Check one kind of component. */
    private interface Contract {
        List<Finding> check(Record component, List<Activation> activations);
    }

    /** Return whether there is a contract for components of a kind. */
    public static boolean exists(Kind kind) {
        return ALL.containsKey(kind);
    }

    /**
     * Return everything that breaks the contract; empty when it is kept, or where there is none.
     *
     * @param component implements the kind's interface
     * @param activations those known, for components that work together with some of them
     */
    public static List<Finding> check(Kind kind, Record component, List<Activation> activations) {
        return exists(kind) ? ALL.get(kind).check(component, activations) : List.of();
    }
}
