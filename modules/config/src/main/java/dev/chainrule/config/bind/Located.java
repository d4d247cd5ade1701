package dev.chainrule.config.bind;

/**
 * Hold what a config says, with the places where it says so.
 *
 * @param value the record
 * @param locations where its values were written
 */
public record Located<T>(T value, Locations locations) {}
