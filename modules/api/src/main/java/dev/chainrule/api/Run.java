package dev.chainrule.api;

import java.nio.file.Path;
import java.util.List;

/** Show a hook the run it watches, and what it may do to it. */
public interface Run {
    /** {@return the config's name} */
    String name();

    /** {@return the run's directory} */
    Path directory();

    /** {@return how far the run has come} */
    Progress progress();

    /** {@return the number of training examples} */
    int examples();

    /** {@return the examples of the batch last trained on} */
    int batchRows();

    /** {@return the mean cost of the batch last trained on, without regularizers; NaN before the first} */
    double loss();

    /**
     * {@return the Euclidean norm of the trainable parameters' gradients in the last step, before clipping; NaN before the first}
     */
    double gradientNorm();

    /** {@return η of the last step; NaN before the first} */
    double learningRate();

    /** {@return the network's parameters, to read} */
    List<Parameter> parameters();

    /** {@return where progress is shown} */
    Console console();

    /**
     * Save parameters, buffers and optimizer state.
     *
     * @param name the file's name without ending; an older file of that name is replaced
     * @return the file, whole
     * @throws RunException if it cannot be written; nothing half-written is left
     */
    Path saveCheckpoint(String name);

    /**
     * Compare analytic with numerical gradients on a copy of the network; the run is not changed.
     *
     * @param options how many entries are compared, and how closely
     * @return what was compared
     */
    GradientReport checkGradients(GradientReport.Options options);

    /**
     * End the run after this epoch, as {@link Hook.Ending#STOPPED}.
     *
     * @param reason for the user
     */
    void stop(String reason);
}
