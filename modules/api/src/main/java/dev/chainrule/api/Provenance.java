package dev.chainrule.api;

/**
 * Say where examples come from, so that a run can prove what it was trained on.
 *
 * @param origin what was read, in words: {@code MNIST train (MNIST_DIR)}
 * @param sha256 of the content in hexadecimal: equal content gives equal text, wherever it lies
 */
public record Provenance(String origin, String sha256) {}
