package dev.chainrule.app.compare;

import dev.chainrule.app.record.Difference;
import java.util.Optional;

/**
 * One statement of a verification.
 *
 * @param subject the file, fact, plugin or part of the data; empty for an aspect as a whole
 * @param recorded the value in the record; empty if there is none
 * @param now the value found now; empty if there is none
 * @param message the statement in words
 */
public record Finding(
        Aspect aspect,
        Outcome outcome,
        Optional<String> subject,
        Optional<String> recorded,
        Optional<String> now,
        String message) {
    /** The part of a run that a finding is about. */
    public enum Aspect {
        /** The files of the run and run.json, by their seal. */
        RECORD,
        SIGNATURE,
        DATA,
        /** The places where a data file was found and looked for. */
        DATA_FILES,
        PLUGINS,
        /** The end of the retraining. */
        RETRAINING,
        STEPS,
        EPOCHS,
        METRICS,
        MODEL,
        CHECKPOINTS,
        /** Files that hooks and gradient checks wrote. */
        HOOK_FILES,
        /** Facts of run.json that training gives. */
        FACTS,
        /** The configs that the run was resumed with. */
        CONFIG,
        PROGRAM,
        MACHINE
    }

    /** The significance of a finding. */
    public enum Outcome {
        /** As recorded. */
        OK,
        /** A change that fails the verification. */
        CHANGED,
        /** A difference whose cause may be among the changes. */
        DIFFERS,
        /** A difference that has changed no bit. */
        NO_EFFECT,
        /** Further information. */
        NOTE
    }

    static Finding of(Aspect aspect, Outcome outcome, String message) {
        return new Finding(aspect, outcome, Optional.empty(), Optional.empty(), Optional.empty(), message);
    }

    static Finding ok(Aspect aspect, String message) {
        return of(aspect, Outcome.OK, message);
    }

    /** Return a change without values. */
    public static Finding changed(Aspect aspect, String subject, String message) {
        return new Finding(aspect, Outcome.CHANGED, Optional.of(subject), Optional.empty(), Optional.empty(), message);
    }

    static Finding of(Aspect aspect, Outcome outcome, Difference difference, String message) {
        return new Finding(
                aspect, outcome, Optional.of(difference.name()), difference.one(), difference.other(), message);
    }

    /** Return whether it fails the verification. */
    public boolean isCause() {
        return outcome == Outcome.CHANGED;
    }
}
