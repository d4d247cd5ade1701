package dev.chainrule.api;

/**
 * Say why parts that may be put together are probably not meant to be. Shown as a warning.
 *
 * @param reason what will go wrong: begins in lower case, ends without a full stop
 * @param remedy what to do: a whole sentence
 */
public record Objection(String reason, String remedy) {}
