package dev.chainrule.app.record;

/**
 * A part of a run that is not as it was written.
 *
 * @param file within the run's directory, its folders separated by slashes
 * @param message the edit in words
 */
public record Edit(String file, String message) {}
