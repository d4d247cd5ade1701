package dev.chainrule.api.value;

import java.util.Locale;

/** An axis of a {@link Shape}. */
public enum Axis {
    /** The numbers of an example, or of one step of a sequence. */
    FEATURES,
    /** The steps of a sequence, first to last. */
    STEPS,
    /** The rows of an image, from its top. */
    HEIGHT,
    /** The columns of an image, from its left. */
    WIDTH,
    /** The values of one pixel. */
    CHANNELS;

    /** {@return the word in YAML and in messages: {@code height}} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
