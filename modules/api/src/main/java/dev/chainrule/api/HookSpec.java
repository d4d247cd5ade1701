package dev.chainrule.api;

/** Describe a hook as YAML declares it. */
public interface HookSpec {
    /**
     * Create the hook of one run.
     *
     * @param run the run to watch, valid until it ends
     * @return a new hook
     */
    Hook create(Run run);
}
