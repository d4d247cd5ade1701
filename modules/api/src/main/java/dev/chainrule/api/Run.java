package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

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

    /**
     * {@return the mean cost of the batch last trained on, as training minimises it but without regularizers, so that each example
     * counts as its class does; NaN before the first}
     */
    double loss();

    /**
     * {@return the Euclidean norm of the trainable parameters' gradients in the last step, before clipping; NaN before the first}
     */
    double gradientNorm();

    /** {@return η of the last step; NaN before the first} */
    double learningRate();

    /** {@return the network's parameters, to read} */
    List<Parameter> parameters();

    /** {@return parameters and buffers of the network by name, to read} */
    SortedMap<String, Matrix> tensors();

    /**
     * Show the layers, first to last, as the step that was just made left them. Nothing is computed for it, or kept between steps:
     * the matrices are those of the network, which the next pass overwrites.
     *
     * @return one for each layer, to read while {@link Hook#onStepEnd} is being called
     * @throws IllegalStateException if asked at another time
     */
    List<LayerState> layers();

    /** {@return what is recorded after each epoch, by full name such as {@code validation.loss}} */
    SortedMap<String, Metric> measured();

    /** {@return where progress is shown} */
    Console console();

    /**
     * Append a line of JSON to a file of the run's directory that grows while the run goes on. Where a run is resumed, what came
     * after the checkpoint is cut off: so the file at the end is that of a run which never ended.
     *
     * @param file its name, such as {@code learning_speed.jsonl}
     * @param line keys and their values, in order: text, numbers, booleans, lists and mappings of these. Nothing that depends on
     *     time or machine, or no repetition of the run is the same.
     */
    void record(String file, Map<String, ?> line);

    /**
     * Save everything that a run needs to go on from here, once all hooks have been told of the present event.
     *
     * <p>The state is copied at once and written while training goes on; a second request waits for the first.
     *
     * @param name the file's name without folder and ending; an older file of that name is replaced
     * @param then what is told when the file is whole, or could not be written: after a later step, or at the run's end
     */
    void saveCheckpoint(String name, Saved then);

    /** Hear what became of a checkpoint. */
    interface Saved {
        /**
         * Called when the file was written, read back and found whole.
         *
         * @param file where it is
         */
        void written(Path file);

        /**
         * Called when it could not be written: nothing half-written is left. To throw it again fails the run.
         *
         * @param e says why
         */
        default void failed(RunException e) {
            throw e;
        }
    }

    /**
     * Let the model be these tensors when the run has been completed or stopped, in place of the last ones: from before the test
     * data is evaluated. Checkpoints keep the last ones.
     *
     * @param tensors as many and of the same shapes as {@link #tensors}. Read at the end.
     */
    void finishWith(SortedMap<String, Matrix> tensors);

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
