package dev.chainrule.engine.experiment;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A whole run as its config file declares it. */
@Doc("One training run: a network, its data and its training.")
public record Experiment(
        @Doc("Version of the config's language, which says what the keys mean: this program knows 1.") @Default("1")
        int version,

        @Doc("Name of the run; its directory is runs/<name>/…. Without it the config file's name serves.")
        Optional<String> name,

        @Doc("Seed of every random draw. The same seed gives the same bits.") @Default("0")
        long seed,

        @Doc("Number format of training: float32 or float64.") @Default("float32")
        Precision precision,

        @Doc("Plugin jars to load, relative to this file.") @Default("[]")
        List<String> plugins,

        @Doc("Where examples come from and how they are prepared.")
        Data data,

        @Doc("The layers, first to last.") List<NamedLayer> model,

        @Doc("What training minimises.") Loss loss,

        @Doc("How parameters are updated.") OptimizerSpec optimizer,

        @Doc("How long and how to train.") @Default("{}") Training training,

        @Doc("What is measured. Without it: loss and accuracy for classes, loss, mse and mae for values.")
        Optional<List<NamedMetric>> metrics,

        @Doc("What watches the run, in this order.") @Default("[progress]")
        List<HookSpec> hooks,

        @Doc("Bands that metrics must reach, by full name such as test.accuracy; exit code 3 when one is missed.")
        @Default("{}")
        Map<String, Expectation> expect,

        @Doc("Warnings that this config means to be as it is; they are not shown.") @Default("[]")
        List<WarningKind> allow) {
    /** The version of the config language that this program supports. */
    public static final int VERSION = 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public Experiment {
        ParameterException.require(
                version == VERSION,
                "version",
                version,
                VERSION + ", the only one that this program knows; a config of a later version needs a later program");
        name.ifPresent(text -> ParameterException.require(
                NAME.matcher(text).matches(),
                "name",
                "'" + text + "'",
                "letters, digits, dots, dashes and underscores, beginning with a letter or digit"));
        ParameterException.require(!model.isEmpty(), "model", "empty", "at least one layer");
    }

    /** Return the same experiment with another hook after its own. */
    public Experiment with(HookSpec hook) {
        List<HookSpec> more = new ArrayList<>(hooks);
        more.add(hook);
        return new Experiment(
                version, name, seed, precision, plugins, data, model, loss, optimizer, training, metrics, more, expect,
                allow);
    }
}
