package dev.chainrule.config.registry;

import dev.chainrule.api.Kind;
import java.util.Optional;

/** A memory of the plugins that once provided a component. */
@FunctionalInterface
public interface Memory {
    /** A memory of nothing. */
    Memory NONE = (kind, name) -> Optional.empty();

    /** Return advice for a user who requests a component that is missing: a whole sentence. */
    Optional<String> of(Kind kind, String name);
}
