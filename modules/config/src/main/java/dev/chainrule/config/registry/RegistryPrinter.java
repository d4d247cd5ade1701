package dev.chainrule.config.registry;

import dev.chainrule.api.Kind;
import java.util.List;

/** A description of components for readers at a terminal. */
public final class RegistryPrinter {
    private RegistryPrinter() {}

    /** Return every component, kind by kind. Ends with a line break. */
    public static String print(Registry registry) {
        StringBuilder out = new StringBuilder();
        for (Kind kind : Kind.values()) {
            List<RegisteredComponent> components = registry.of(kind);
            if (!components.isEmpty()) {
                out.append(out.isEmpty() ? "" : "\n").append(kind.label()).append('\n');
                components.forEach(component -> out.append(print(component).indent(2)));
            }
        }
        return out.toString();
    }

    /**
     * Return one component: name, description, origin unless built in, and each parameter with type, default and
     * description. Ends with a line break.
     */
    public static String print(RegisteredComponent component) {
        StringBuilder out = new StringBuilder(component.name()).append(": ").append(component.doc());
        if (!component.origin().isBuiltIn()) {
            out.append(" From ").append(component.origin()).append('.');
        }
        out.append('\n');
        for (RecordParameter parameter : component.type().parameters()) {
            out.append("    ")
                    .append(parameter.key())
                    .append(" (")
                    .append(parameter.summary())
                    .append("): ")
                    .append(parameter.doc())
                    .append('\n');
        }
        return out.toString();
    }
}
