package dev.chainrule.config.bind;

/** A default that does not bind: a mistake of the record's author, not of the user. */
final class FaultyDefault extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    FaultyDefault(String message) {
        super(message);
    }
}
