package dev.chainrule.config.bind;

/** Report a default that does not bind: a mistake of whoever wrote the record, not of the user. */
final class FaultyDefault extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    FaultyDefault(String message) {
        super(message);
    }
}
