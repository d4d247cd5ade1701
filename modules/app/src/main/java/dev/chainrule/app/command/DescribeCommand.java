package dev.chainrule.app.command;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.app.command.show.RateChart;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.PluginOptions;
import dev.chainrule.app.option.SetOptions;
import dev.chainrule.app.report.NetworkTree;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.Tables;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.assembly.TargetShape;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.MemoryKind;
import dev.chainrule.model.network.Network;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that shows the network of a config. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = {
            "Show the layers of a config's network: shapes, parameters, memory, operations.",
            "Also shows the cost of training: memory, operations per example, steps."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar describe configs/mnist.yaml",
            "  java -jar pipeline.jar describe configs/mnist.yaml --schedule"
        })
public final class DescribeCommand implements Callable<Integer> {
    private static final long KIBI = 1024;

    private final Context context;

    @Parameters(paramLabel = "CONFIG", description = "The YAML file to describe.")
    private Path config;

    @Option(names = "--dot", description = "Print the network in the DOT language, for Graphviz.")
    private boolean dot;

    @Option(names = "--schedule", description = "Draw the learning rate of all steps, and nothing else.")
    private boolean schedule;

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private PluginOptions options = new PluginOptions();

    public DescribeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        LoadedConfig loaded = ConfigLoader.load(config, options.plugins(context), set.settings(), context)
                .lookingIn(data.folder());
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = AssemblyFactory.of(loaded, context, true, team);
            if (schedule) {
                TrainingCost cost = TrainingCost.of(assembly, loaded.experiment());
                RateChart.of(
                                loaded.experiment().optimizer().learningRate(),
                                cost.stepsPerEpoch(),
                                cost.epochs(),
                                Terminal.showsUnicode())
                        .forEach(context::print);
            } else if (dot) {
                DotGraph.of(assembly.network()).forEach(context::print);
            } else {
                print(assembly, loaded);
            }
            AssemblyFactory.warnings(assembly).forEach(context::warn);
        } catch (InputException e) {
            throw new ConfigException(AssemblyFactory.problems(e, loaded));
        }
        return ExitCode.DONE;
    }

    private void print(Assembly assembly, LoadedConfig loaded) {
        TrainingCost cost = TrainingCost.of(assembly, loaded.experiment());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layer", "kind", "input", "output", "parameters", "memory", "FLOPs", "rate"));
        for (NetworkTree.Branch branch : NetworkTree.of(assembly.network())) {
            Optional<Layer> layer = branch.part().layer();
            rows.add(List.of(
                    "  ".repeat(branch.depth()) + branch.name(),
                    branch.part().kind(),
                    branch.inputs(),
                    branch.output(),
                    layer.map(own -> count(own.size())).orElse(""),
                    layer.map(own -> size(cost.memory().of(assembly.network(), own)))
                            .orElse(""),
                    layer.map(own -> count(TrainingCost.forward(own))).orElse(""),
                    layer.map(DescribeCommand::rate).orElse("")));
        }
        double layers = assembly.network().layers().stream()
                .mapToDouble(layer -> cost.memory().of(assembly.network(), layer))
                .sum();
        rows.add(List.of("total", "", "", "", count(cost.parameters()), size(layers), count(cost.forward()), ""));
        boolean rated =
                rows.stream().skip(1).anyMatch(row -> !row.get(row.size() - 1).isEmpty());
        rows.replaceAll(row -> rated ? row : row.subList(0, row.size() - 1));
        Tables.format(rows, false, false, false, false, true, true, true, false).forEach(context::print);
        context.out().println();
        List<List<String>> facts = new ArrayList<>(axes(assembly.network()));
        facts.addAll(outputs(assembly));
        facts.addAll(targets(assembly));
        facts.addAll(List.of(
                List.of(
                        "memory",
                        size(cost.memory().of(assembly.network())) + " for training in "
                                + assembly.network().kernels().precision() + ", batches of "
                                + cost.memory().passes().batch()
                                + loaded.experiment()
                                        .training()
                                        .rowsAtOnce()
                                        .map(most -> ", rows_at_once: " + most)
                                        .orElse("")
                                + ", recompute: "
                                + loaded.experiment().training().recompute()),
                List.of(
                        "FLOPs",
                        count(cost.forward()) + " per example forward, " + count(cost.training())
                                + " in training, including the backward pass"),
                List.of("", "recompute: true adds " + count(cost.again()) + " in training"),
                List.of(
                        "",
                        "rows_at_once below " + cost.memory().passes().batch() + " adds up to "
                                + count(cost.forward())),
                List.of(
                        "steps",
                        count(cost.stepsPerEpoch()) + " per epoch of " + count(cost.examples()) + " examples, "
                                + count(cost.steps()) + " in " + cost.epochs()
                                + (cost.epochs() == 1 ? " epoch" : " epochs"))));
        Tables.format(facts, false, false).forEach(context::print);
        context.out().println();
        List<List<String>> parts =
                new ArrayList<>(List.of(List.of("memory of", "recompute: false", "recompute: true")));
        cost.kept()
                .forEach((kind, bytes) -> parts.add(List.of(
                        kind.label(), size(bytes), size(cost.recomputed().get(kind)))));
        parts.add(List.of("total", size(sum(cost.kept())), size(sum(cost.recomputed()))));
        Tables.format(parts, false, true, true).forEach(context::print);
    }

    private static double sum(Map<MemoryKind, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Return a line that names the axes of shapes with several. */
    private static List<List<String>> axes(Network network) {
        String named = network.layers().stream()
                .flatMap(layer -> Stream.concat(layer.inputs().stream(), Stream.of(layer.output())))
                .map(Value::shape)
                .filter(shape -> shape.axes().size() > 1)
                .map(shape -> shape.axes().toString())
                .distinct()
                .collect(Collectors.joining(" or "));
        return named.isEmpty() ? List.of() : List.of(List.of("shapes", named + ", the last axis varying fastest"));
    }

    /** Return a line that lists the outputs of a network with several. */
    private static List<List<String>> outputs(Assembly assembly) {
        String named = assembly.objective().heads().stream()
                .map(OutputCost::term)
                .filter(term -> !term.name().isEmpty())
                .map(term -> term.name() + ", " + (term.weight() == 1 ? "" : Numbers.format(term.weight()) + " · ")
                        + Network.kind(term.loss()))
                .collect(Collectors.joining("; "));
        return named.isEmpty() ? List.of() : List.of(List.of("outputs", named));
    }

    /** Return a line for each target with positions. */
    private static List<List<String>> targets(Assembly assembly) {
        List<List<String>> lines = new ArrayList<>();
        List<Head> heads = assembly.experiment().heads();
        for (int h = 0; h < heads.size(); h++) {
            Target target = assembly.pipeline().target(h);
            if (!target.positions().isEmpty()) {
                lines.add(List.of(
                        heads.get(h).label("target"),
                        new TargetShape(target).named() + "; its loss is the mean over " + target.rows()
                                + " positions"));
            }
        }
        return lines;
    }

    /** Return the factors of the learning rates of a layer's parameters, unless they are 1. */
    private static String rate(Layer layer) {
        return layer.parameters().stream()
                .map(Parameter::learningRateFactor)
                .distinct()
                .filter(factor -> factor != 1)
                .map(factor -> "× " + Numbers.format(factor))
                .collect(Collectors.joining(", "));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String size(double bytes) {
        return bytes < KIBI * KIBI
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / KIBI)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (KIBI * KIBI));
    }
}
