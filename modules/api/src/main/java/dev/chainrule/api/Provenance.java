package dev.chainrule.api;

import java.util.List;

/**
 * Say where examples come from, so that a run can prove what it was trained on.
 *
 * @param origin what was read, in words: {@code MNIST train (MNIST_DIR)}
 * @param sha256 of the content in hexadecimal: equal content gives equal text, wherever it lies
 * @param warnings what the user must not miss, such as a substitute for the data asked for
 */
public record Provenance(String origin, String sha256, List<String> warnings) {
    /**
     * Copy what could be modified.
     *
     * @param origin what was read, in words: {@code MNIST train (MNIST_DIR)}
     * @param sha256 of the content in hexadecimal: equal content gives equal text, wherever it lies
     * @param warnings what the user must not miss, such as a substitute for the data asked for
     */
    public Provenance {
        warnings = List.copyOf(warnings);
    }
}
