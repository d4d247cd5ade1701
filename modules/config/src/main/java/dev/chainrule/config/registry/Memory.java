package dev.chainrule.config.registry;

import dev.chainrule.api.Kind;
import java.util.Optional;

/** Remember who once brought a component that is not there now. */
@FunctionalInterface
public interface Memory {
    /** Remember nothing. */
    Memory NONE = (kind, name) -> Optional.empty();

    /** Return what to tell a user who asks for a component that is not there: a whole sentence. */
    Optional<String> of(Kind kind, String name);
}
