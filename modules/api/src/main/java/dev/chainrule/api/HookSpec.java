package dev.chainrule.api;

import java.util.List;

/** Describe a hook as YAML declares it. */
public interface HookSpec {
    /**
     * Return the full names of the metrics it looks up in {@link History}, such as {@code validation.loss}, as its parameters
     * give them. A config in which nothing computes one of them is refused before it trains.
     *
     * @return the names; none by default
     */
    default List<String> watches() {
        return List.of();
    }

    /**
     * Create the hook of one run.
     *
     * @param run the run to watch, valid until it ends
     * @return a new hook
     */
    Hook create(Run run);
}
