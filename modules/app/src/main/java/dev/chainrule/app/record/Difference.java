package dev.chainrule.app.record;

import java.util.Optional;

/**
 * A value that two runs do not share.
 *
 * @param name of a fact, or the path of a value in a config
 * @param one the value of the first; empty if it has none
 * @param other that of the second
 */
public record Difference(String name, Optional<String> one, Optional<String> other) {}
