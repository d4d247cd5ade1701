package dev.chainrule.api.data;

/**
 * The origin of examples, so that a run can prove which data it was trained on.
 *
 * @param origin a description of the data: {@code MNIST train (MNIST_DIR)}
 * @param sha256 of the content in hexadecimal: equal content gives equal text, wherever it is stored
 */
public record Provenance(String origin, String sha256) {}
