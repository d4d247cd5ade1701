package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Precision;
import dev.chainrule.model.ConfigPaths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A whole run as its config file declares it. */
@Doc("One training run: a network, its data and its training.")
public record Experiment(
        @Doc("Version of the config format: this program supports 1.") @Default("1")
        int version,

        @Doc("Name of the run; its directory is runs/<name>/…. By default, the name of the config file.")
        Optional<String> name,

        @Doc("Seed of every random draw. The same seed gives the same bits.") @Default("0")
        long seed,

        @Doc("Number format of training: float32 or float64.") @Default("float32")
        Precision precision,

        @Doc("Plugin jars to load, relative to this file.") @Default("[]")
        List<String> plugins,

        @Doc("The examples and their preparation.") Data data,

        @Doc("The layers, first to last.") List<NamedLayer> model,

        @Doc("The function that training minimises. Required, unless there are outputs.")
        Optional<Loss> loss,

        @Doc("Several outputs by name, instead of loss; training minimises the weighted sum of their costs.")
        @Default("{}")
        Map<String, Output> outputs,

        @Doc("How parameters are updated.") OptimizerSpec optimizer,

        @Doc("Trained parameters to start from. By default, all are initialised.")
        Optional<Start> start,

        @Doc("Duration and settings of training.") @Default("{}")
        Training training,

        @Doc("The metrics. By default, loss and accuracy for classes, and loss, mse and mae for numbers.")
        Optional<List<NamedMetric>> metrics,

        @Doc("The hooks of the run, in this order.") @Default("[progress]")
        List<HookSpec> hooks,

        @Doc("Bounds that metrics must meet, by full name such as test.accuracy; exit code 3 if one is missed.")
        @Default("{}")
        Map<String, Expectation> expect,

        @Doc("The page report.html that shows the run.") @Default("{}")
        Report report,

        @Doc("Warnings to hide, because the settings are intentional.") @Default("[]")
        List<WarningKind> allow) {
    /** The version of the config language that this program supports. */
    public static final int VERSION = 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public Experiment {
        ParameterException.require(
                version == VERSION,
                "version",
                version,
                VERSION + ", the only one that this program supports; a later version requires a later program");
        name.ifPresent(text -> ParameterException.require(
                NAME.matcher(text).matches(),
                "name",
                "'" + text + "'",
                "letters, digits, dots, dashes and underscores, beginning with a letter or digit"));
        ParameterException.require(!model.isEmpty(), "model", "empty", "at least one layer");
        if (loss.isEmpty() && outputs.isEmpty()) {
            throw new IllegalArgumentException("missing key 'loss', or 'outputs', each with a loss");
        }
        if (!outputs.isEmpty()) {
            ParameterException.require(
                    loss.isEmpty(),
                    "loss",
                    "given in addition to outputs",
                    "either one loss for the network, or one in each output");
            ParameterException.require(
                    metrics.isEmpty(), "metrics", "given in addition to outputs", "metrics in each output");
            outputs.keySet().forEach(Experiment::requireName);
        }
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }

    private static void requireName(String output) {
        if (!output.matches(NamedMetric.NAME)) {
            throw new InputException(
                            "the output's name is '" + output + "'",
                            "Allowed: letters, digits, dashes and underscores, beginning with a letter.")
                    .atConfig("outputs." + output);
        }
    }

    /** Return the outputs of the network, in their order: one without a name if the config has a loss for the whole. */
    public List<Head> heads() {
        if (outputs.isEmpty()) {
            return List.of(Head.of(data, loss.orElseThrow(), metrics));
        }
        return outputs.entrySet().stream()
                .map(entry -> new Head(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Return the path of the parameter that contains a value, in the last such layer of the outputs, or of the model. */
    public String place(Predicate<Object> wanted) {
        List<Head> heads = heads();
        for (int i = heads.size() - 1; i >= 0; i--) {
            Optional<String> found = ConfigPaths.inLayers(
                    heads.get(i).path("layers"), heads.get(i).output().layers(), wanted);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return heads.get(heads.size() - 1).place(model, wanted);
    }

    /** Return the same experiment with another hook after its own. */
    public Experiment with(HookSpec hook) {
        List<HookSpec> more = new ArrayList<>(hooks);
        more.add(hook);
        return new Experiment(
                version, name, seed, precision, plugins, data, model, loss, outputs, optimizer, start, training,
                metrics, more, expect, report, allow);
    }
}
