package dev.chainrule.api;

import java.util.SortedMap;

/** Describe a hook as YAML declares it. */
public interface HookSpec {
    /**
     * Create the hook of one run.
     *
     * @param run the run to watch, valid until it ends
     * @return a new hook
     */
    Hook create(Run run);

    /**
     * Check that the hook can watch such a run.
     *
     * @param metrics what is recorded after each epoch, by full name such as {@code validation.loss}
     * @throws InputException saying what does not fit
     */
    default void check(SortedMap<String, Metric> metrics) {}
}
