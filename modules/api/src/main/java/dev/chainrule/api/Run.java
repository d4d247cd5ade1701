package dev.chainrule.api;

import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A hook's view of its run, and the ways to influence it. */
public interface Run {
    /** {@return the config's name} */
    String name();

    /** {@return the run's directory} */
    Path directory();

    /**
     * {@return the values of the config by their paths, such as {@code optimizer.learning_rate}, with defaults and without
     * secrets, in the order of the config}
     */
    Map<String, String> settings();

    /**
     * {@return whether this run repeats a recorded one in a temporary directory, as {@code verify} does} A hook then writes nothing
     * outside that directory.
     */
    boolean isRepetition();

    /** {@return the shape of an example as the network's first layer receives it} */
    Shape input();

    /** {@return the progress of the run} */
    Progress progress();

    /** {@return the number of training examples} */
    int examples();

    /** {@return the number of examples in the last training batch} */
    int batchRows();

    /**
     * {@return the mean cost of the last training batch, as training minimises it, with class weights but without
     * regularizers; NaN before the first}
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

    /**
     * {@return the tensors of the model by name, to read: parameters and buffers of the network; with {@code training.average}, the
     * averages instead of the parameters}
     */
    SortedMap<String, Matrix> tensors();

    /**
     * Return the layers, first to last, as the last step left them. Nothing is computed for this: the matrices are
     * those of the network, which the next pass overwrites. Only if {@code training.shards} divides batches, they are copied from the
     * shards. A hook that calls this says so in {@link HookSpec#readsLayers}.
     *
     * @return one state per layer, to be read only during {@link Hook#onStepEnd}
     * @throws IllegalStateException if called at another time
     */
    List<LayerState> layers();

    /** {@return the metrics recorded after each epoch, by full name such as {@code validation.loss}} */
    SortedMap<String, Metric> measured();

    /** {@return the console on which progress is shown} */
    Console console();

    /**
     * Append a line of JSON to a file in the run's directory. Resuming a run truncates the file to its length at the
     * checkpoint, so that it ends up identical to the file of an uninterrupted run.
     *
     * @param file its name, such as {@code learning_speed.jsonl}
     * @param line keys and their values, in order: text, numbers, booleans, lists and mappings of these. Nothing that depends
     *     on time or machine, which would make repetitions of the run differ.
     */
    void record(String file, Map<String, ?> line);

    /**
     * Save everything that is needed to resume the run from here, once all hooks have handled the current event.
     *
     * <p>The state is copied at once and written while training continues; a second request waits for the first.
     *
     * @param name the file's name without folder and extension; an existing file of that name is replaced
     * @param then called when the file is complete or could not be written: after a later step, or at the run's end
     */
    void saveCheckpoint(String name, Saved then);

    /** A callback for the outcome of a checkpoint. */
    interface Saved {
        /**
         * Called when the file was written, read back and verified.
         *
         * @param file the checkpoint
         */
        void written(Path file);

        /**
         * Called when the file could not be written; no partial file remains. Rethrowing the exception, as the default does,
         * fails the run.
         *
         * @param e the failure
         */
        default void failed(RunException e) {
            throw e;
        }
    }

    /**
     * Replace the final model with these tensors when the run completes or is stopped, before the test data is evaluated.
     * Checkpoints contain the last tensors.
     *
     * @param tensors as many and of the same shapes as {@link #tensors}. Read at the run's end.
     */
    void finishWith(SortedMap<String, Matrix> tensors);

    /**
     * Compare analytic with numerical gradients on a copy of the network; the run is not changed.
     *
     * @param options the number of entries to compare, and the tolerance
     * @return the result
     */
    GradientReport checkGradients(GradientReport.Options options);

    /**
     * End the run after this epoch, as {@link Hook.Ending#STOPPED}.
     *
     * @param reason for the user
     */
    void stop(String reason);

    /**
     * A read-only view of one layer after the last training step: its update included, but before the next forward pass.
     *
     * @param name of the layer: {@code dense_1}
     * @param from the names of the layers whose outputs it reads, or "input" for that of the network
     * @param parameters its parameters, with the gradients that the optimizer received; empty if it has none
     * @param inputs [batch, in] each, as its first stage reads them. Not to be modified.
     * @param stages its activations, first to last; none where nothing learned precedes them, since no gradient is computed there
     */
    public record LayerState(
            String name, List<String> from, List<Parameter> parameters, List<Matrix> inputs, List<Stage> stages) {
        /**
         * Copy the lists.
         *
         * @param name of the layer
         * @param from the names of the layers whose outputs it reads
         * @param parameters its parameters
         * @param inputs its inputs
         * @param stages its activations
         */
        public LayerState {
            from = List.copyOf(from);
            parameters = List.copyOf(parameters);
            inputs = List.copyOf(inputs);
            stages = List.copyOf(stages);
        }

        /**
         * One activation, a = σ(z).
         *
         * @param node the function as a stage of the network
         * @param z [batch, units]. Not to be modified.
         * @param a [batch, units]. Not to be modified.
         * @param delta [batch, units] ∂C/∂z (BP1, BP2), C averaged over the batch, without regularizers. Not to be modified.
         * @param fused whether the loss is fused with this function, so that delta has no factor σ′(z)
         */
        public record Stage(ActivationNode node, Matrix z, Matrix a, Matrix delta, boolean fused) {}
    }
}
