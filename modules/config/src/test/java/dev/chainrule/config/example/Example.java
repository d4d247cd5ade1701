package dev.chainrule.config.example;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Metric;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.value.Inline;
import dev.chainrule.math.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A config of the shape that experiments have. */
public record Example(
        @Default("unnamed") String name,
        @Default("0") long seed,
        @Default("float32") Precision precision,
        @Doc("What is learned from.") Data data,
        List<NamedLayer> model,
        @Default("cross_entropy") Loss loss,
        @Default("adam") OptimizerSpec optimizer,
        @Default("{}") Training training,
        @Default("[progress]") List<HookSpec> hooks,
        @Default("[accuracy]") List<Metric> metrics,
        @Default("{}") Map<String, Expectation> expect) {

    /** Where examples come from. */
    public record Data(
            DataSourceSpec train,
            Optional<DataSourceSpec> test,
            Optional<HeldOut> validation,
            @Default("[]") List<TransformSpec> transforms,
            @Default("64") int batchSize) {}

    /** A part of the training data, or a source of its own. */
    public record HeldOut(
            Optional<Double> fraction,
            Optional<Integer> count,
            @Inline Optional<DataSourceSpec> source) {
        public HeldOut {
            if (fraction.isPresent() && count.isPresent()) {
                throw new IllegalArgumentException("both fraction and count are given");
            }
        }
    }

    /** A layer that may have a name. */
    public record NamedLayer(@Inline LayerSpec spec, Optional<String> name) {}

    /** How long to train. */
    public record Training(
            @Default("1") int epochs, @Default("true") boolean shuffle) {}

    /** Where a metric should end. */
    public record Expectation(Optional<Double> min, Optional<Double> max) {}
}
