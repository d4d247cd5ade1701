package dev.chainrule.config.example;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.value.Span;
import dev.chainrule.math.Kernels;
import java.util.List;
import java.util.Optional;

/** Components with state for tests; only their declarations matter. */
public final class Parts {
    private Parts() {}

    /** Which half of a data set. */
    public enum Split {
        TRAIN,
        TEST
    }

    /** Optimizers that are only declared. */
    interface DeclaredOptimizer extends OptimizerSpec {
        @Override
        default Optimizer create(List<Parameter> parameters, Kernels kernels) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("sgd")
    @Doc("w ← w − η ∂C/∂w.")
    record Sgd(
            @Doc("η.") Schedule learningRate,

            @Doc("How much of the last update is kept.") @Default("0")
            double momentum)
            implements DeclaredOptimizer {}

    @Component("adam")
    @Doc("Scale each update by its own history.")
    record Adam(
            @Doc("η.") @Default("0.001") Schedule learningRate,
            @Doc("Added to the divisor.") @Default("1e-8") double epsilon)
            implements DeclaredOptimizer {}

    /** Sources that are only declared. */
    interface DeclaredSource extends DataSourceSpec {
        @Override
        default DataSource open(DataContext context) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("digits")
    @Doc("Draw digits.")
    record Digits(@Doc("How many.") @Default("1000") int count) implements DeclaredSource {}

    @Component("mnist")
    @Doc("Read handwritten digits.")
    record Mnist(
            @Doc("Which half.") Split split,
            @Doc("The folder of the files.") Optional<String> directory,

            @Doc("The fallback if the files are unavailable.")
            Optional<DataSourceSpec> fallback)
            implements DeclaredSource {}

    @Component("inline")
    @Doc("Use rows from the config.")
    record Inline(
            @Doc("Rows of numbers.") List<List<Double>> rows,
            @Doc("The columns' names.") List<String> columns,

            @Doc("How targets are written.") @Default("values")
            Target.Form form)
            implements DeclaredSource {}

    @Component("scale")
    @Doc("Multiply.")
    record Scale(@Doc("The factor.") double by) implements TransformSpec {
        @Override
        public Transform create(Encoding encoding, Kernels kernels) {
            throw new UnsupportedOperationException();
        }
    }

    /** Hooks that are only declared. */
    interface DeclaredHook extends HookSpec {
        @Override
        default Hook create(Run run) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("progress")
    @Doc("Show how far the run is.")
    record ProgressHook() implements DeclaredHook {}

    @Component("checkpoint")
    @Doc("Save the parameters.")
    record Checkpoint(
            @Doc("How often.") @Default("1 epoch") Span every,

            @Doc("How many to keep; null keeps all.") @Default("3")
            Optional<Integer> keep)
            implements DeclaredHook {}
}
