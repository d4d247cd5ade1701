package dev.chainrule.api.value;

/**
 * A warning that a legal combination of parts is probably a mistake.
 *
 * @param reason the likely problem: begins in lower case, ends without a full stop
 * @param remedy the advice: a whole sentence
 */
public record Warning(String reason, String remedy) {}
