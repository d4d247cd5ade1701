package dev.chainrule.api.value;

import java.util.Optional;

/**
 * A value written in YAML either as a word or in a longer form: {@code balanced}, or a mapping of names to numbers.
 *
 * @param <W> the words, an enum
 * @param <V> the longer form: a list, a mapping of names to values, or a record
 * @param word the word, if one was written
 * @param value the longer form; present if word is empty, else empty
 */
public record WordOr<W extends Enum<W>, V>(Optional<W> word, Optional<V> value) {
    /**
     * Require exactly one of the two.
     *
     * @param word the word, if one was written
     * @param value the longer form, if it was written
     */
    public WordOr {
        if (word.isPresent() == value.isPresent()) {
            throw new IllegalArgumentException("a word or a value is required, not both");
        }
    }

    /**
     * {@return a word}
     *
     * @param <W> the words
     * @param <V> the longer form
     * @param word any of the words
     */
    public static <W extends Enum<W>, V> WordOr<W, V> ofWord(W word) {
        return new WordOr<W, V>(Optional.of(word), Optional.empty());
    }

    /**
     * {@return a value in the longer form}
     *
     * @param <W> the words
     * @param <V> the longer form
     * @param value any
     */
    public static <W extends Enum<W>, V> WordOr<W, V> ofValue(V value) {
        return new WordOr<W, V>(Optional.empty(), Optional.of(value));
    }
}
