package dev.chainrule.config.bind;

import java.util.List;

/** The refusal of a scalar, with hints about the allowed text. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> notes;

    Refused(String message, String... notes) {
        super(message, null, false, false);
        this.notes = List.of(notes);
    }

    List<String> notes() {
        return notes;
    }
}
