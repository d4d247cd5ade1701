package dev.chainrule.config.write;

import dev.chainrule.api.Kind;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import java.util.Optional;

/** A check that a component survives being written as YAML and bound again, as resolved.yaml requires. */
public final class RoundTrip {
    private RoundTrip() {}

    /**
     * Return the fault; empty if an equal component comes back.
     *
     * @param kind of the component
     * @param registry knows it
     */
    public static Optional<String> check(Record component, Kind kind, Registry registry) {
        String yaml = ResolvedYaml.write(component);
        try {
            ConfigNode node =
                    ConfigReader.read("resolved", yaml, new Problems()).orElseThrow();
            Record again = new Binder(registry).component(node, kind);
            return again.equals(component)
                    ? Optional.empty()
                    : Optional.of("written as YAML and read again, " + component + " becomes " + again);
        } catch (ConfigException e) {
            return Optional.of("written as YAML, it is not read again: "
                    + e.problems().sorted().get(0).message());
        }
    }
}
