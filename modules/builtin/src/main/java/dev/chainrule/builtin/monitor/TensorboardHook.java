package dev.chainrule.builtin.monitor;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.value.Span;
import java.nio.file.Path;

/** The course of a run as an event file of TensorBoard, which finds it below the folder that it is given. */
@Component("tensorboard")
@Doc(
        "Writes an event file for TensorBoard into the folder tensorboard of the run's directory: metrics, histograms of weights "
                + "and gradients, the filters of the first layer, the config and the hyperparameters.")
public record TensorboardHook(
        @Doc(
                "The interval at which to write loss, gradient norm and learning rate of single steps, such as '100 steps'.")
        @Default("100 steps")
        Span steps,

        @Doc("The interval at which to write histograms and filters, in epochs, such as '10 epochs'.")
        @Default("1 epoch")
        Span every,

        @Doc("Whether to write histograms of the parameters and of their gradients in the last step of the epoch.")
        @Default("true")
        boolean histograms,

        @Doc("Whether to write the weights of the first layer as pictures, if the examples are pictures.")
        @Default("true")
        boolean filters)
        implements HookSpec {
    private static final String FOLDER = "tensorboard";

    public TensorboardHook {
        ParameterException.require(every.unit() == Span.Unit.EPOCHS, "every", every, "a number of epochs");
    }

    @Override
    public Hook create(Run run) {
        Path folder = run.directory().resolve(FOLDER);
        return new MonitorHook("tensorboard", folder, run, new EventLog(this, folder, run, System::currentTimeMillis));
    }
}
