package dev.chainrule.api.data;

import java.util.Optional;

/**
 * The origin of examples, so that a run can prove which data it was trained on.
 *
 * @param origin a description of the data: {@code MNIST train (MNIST_DIR)}
 * @param sha256 of the content in hexadecimal: equal content gives equal text, wherever it is stored
 * @param files the SHA-256 of the bytes of files that Java decodes, such as JPEG pictures: if the same files give another content,
 *     another Java is the reason; empty if there are none
 */
public record Provenance(String origin, String sha256, Optional<String> files) {
    /**
     * Create the origin of examples that have the same content everywhere.
     *
     * @param origin a description of the data: {@code MNIST train (MNIST_DIR)}
     * @param sha256 of the content in hexadecimal: equal content gives equal text, wherever it is stored
     */
    public Provenance(String origin, String sha256) {
        this(origin, sha256, Optional.empty());
    }
}
