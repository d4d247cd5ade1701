package dev.chainrule.api.value;

/**
 * The reason why a legal combination of parts is probably a mistake. Shown as a warning.
 *
 * @param reason the likely problem: begins in lower case, ends without a full stop
 * @param remedy the advice: a whole sentence
 */
public record Objection(String reason, String remedy) {}
