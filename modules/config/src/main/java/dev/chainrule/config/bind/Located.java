package dev.chainrule.config.bind;

/**
 * A bound value with the places of its parts.
 *
 * @param value the record
 * @param locations where its values were written
 */
public record Located<T>(T value, Locations locations) {}
