package dev.chainrule.app.compare;

/** A listener to the findings of a verification while it is under way. */
public interface VerifyListener {
    /**
     * Hear that it has begun.
     *
     * @param run how messages call the run
     * @param name the run's name
     * @param state how the run ended
     */
    default void onBegin(String run, String name, String state) {}

    /** Hear of the next finding. */
    default void onFinding(Finding finding) {}

    /** Hear that the training, which takes long, begins. */
    default void onRetraining(Retrained retrained) {}
}
