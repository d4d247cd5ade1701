package dev.chainrule.app.compare;

/**
 * The steps that a verification repeats.
 *
 * @param steps trained again
 * @param fromRecord steps before them, taken from the record unproven
 */
public record Retrained(long steps, long fromRecord) {
    /** Return the announcement in words. */
    public String words() {
        return "retraining " + steps + (steps == 1 ? " step" : " steps")
                + (fromRecord == 0 ? "" : "; the " + fromRecord + " before are taken from the record");
    }
}
