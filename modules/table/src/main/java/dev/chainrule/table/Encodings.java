package dev.chainrule.table;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Encodings of text by their usual names. */
public final class Encodings {
    private static final String LATIN_1 = "latin-1";

    private Encodings() {}

    /** {@return the encoding of a name, such as latin-1; empty if it is unknown} */
    public static Optional<Charset> of(String name) {
        if (name.toLowerCase(Locale.ROOT).equals(LATIN_1)) {
            return Optional.of(StandardCharsets.ISO_8859_1);
        }
        try {
            return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
        } catch (IllegalCharsetNameException e) {
            return Optional.empty();
        }
    }

    /** {@return the usual name of an encoding} */
    public static String name(Charset charset) {
        return charset.equals(StandardCharsets.ISO_8859_1)
                ? LATIN_1
                : charset.name().toLowerCase(Locale.ROOT);
    }
}
