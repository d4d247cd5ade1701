package dev.chainrule.testkit;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Kind;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.plugin.PluginLoader;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.write.RoundTrip;
import dev.chainrule.engine.contract.Finding;
import dev.chainrule.engine.contract.KindContracts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/**
 * Assertions that a component keeps the contract of its extension point, that of records, and can be written in YAML:
 *
 * <pre>
 * &#64;Test
 * void swish_always_keepsTheContract() {
 *     Contracts.assertHolds(new Swish(1.5));
 * }
 * </pre>
 *
 * <p>The contracts are the classes of {@code dev.chainrule.engine.contract}, one per extension point. The plugins on the
 * class path are loaded as the program loads them, so that a wrong services file or annotation is found, too.
 */
public final class Contracts {
    private static final int SHOWN = 8;

    private Contracts() {}

    /**
     * Assert that everything the component's extension point promises is kept.
     *
     * @param component a record of exactly one extension point, listed by a plugin on the class path
     */
    public static void assertHolds(Record component) {
        Kind kind = Kind.implementedBy(component.getClass()).orElse(null);
        Assertions.assertNotNull(
                kind, () -> component.getClass().getSimpleName() + " does not implement exactly one extension point");
        Registry registry = registry();
        List<String> faults = new ArrayList<>();
        KindContracts.check(kind, component, activations(registry)).stream()
                .map(Finding::text)
                .forEach(faults::add);
        if (!component.getClass().isAnnotationPresent(Component.class)) {
            faults.add("it has no @Component that names it");
        } else if (registry.find(component.getClass()).isEmpty()) {
            faults.add("no plugin on the class path lists it: see META-INF/services/dev.chainrule.api.Plugin and the"
                    + " components() of the class named there");
        } else {
            RoundTrip.check(component, kind, registry).ifPresent(faults::add);
        }
        fail(component + " breaks the contract of " + article(kind.label()), faults);
    }

    private static String article(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    private static void fail(String message, List<String> faults) {
        if (faults.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder(message).append(':');
        faults.stream().limit(SHOWN).forEach(fault -> text.append("\n  ").append(fault));
        if (faults.size() > SHOWN) {
            text.append("\n  and ").append(faults.size() - SHOWN).append(" more");
        }
        Assertions.fail(text.toString());
    }

    private static Registry registry() {
        try {
            return new PluginLoader(Contracts.class.getClassLoader()).load(List.of());
        } catch (ConfigException e) {
            return Assertions.fail("the plugins on the class path cannot be loaded:\n"
                    + new ProblemPrinter(false).print(e.problems()));
        }
    }

    /** Return every activation that can be created without parameters: a loss may fuse with some of them. */
    private static List<Activation> activations(Registry registry) {
        return registry.of(Kind.ACTIVATION).stream()
                .filter(component -> component.type().parameters().stream().noneMatch(RecordParameter::required))
                .map(component -> (Activation) new Binder(registry)
                        .component(
                                ConfigReader.read("activation", component.name(), new Problems())
                                        .orElseThrow(),
                                Kind.ACTIVATION))
                .toList();
    }
}
