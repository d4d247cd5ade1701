package dev.chainrule.api;

/** Describe a hook as YAML declares it. */
public interface HookSpec {
    /** Create the hook of one run. */
    Hook create(Run run);
}
