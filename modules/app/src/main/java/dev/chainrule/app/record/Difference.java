package dev.chainrule.app.record;

/**
 * Name what two runs do not share.
 *
 * @param name of a fact, or the path of a value in a config
 */
public record Difference(String name, String one, String other) {}
