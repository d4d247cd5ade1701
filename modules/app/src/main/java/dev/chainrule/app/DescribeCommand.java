package dev.chainrule.app;

import dev.chainrule.api.InputException;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.Assembly;
import dev.chainrule.engine.Network;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Show the network that a config declares. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Show the layers of a config's network: shapes, parameters, memory.",
        footer = {"", "Example:", "  java -jar pipeline.jar describe configs/mnist.yaml"})
final class DescribeCommand implements Callable<Integer> {
    private static final long KIBI = 1024;

    private final Context context;

    @Parameters(paramLabel = "CONFIG", description = "The YAML file to show.")
    private Path config;

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private PluginOptions options = new PluginOptions();

    DescribeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        LoadedConfig loaded = ConfigLoader.load(config, options.plugins(), set.settings(), context);
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = Assemblies.of(loaded, context, true, team);
            print(assembly, loaded);
            Assemblies.warnings(assembly).forEach(context::warn);
        } catch (InputException e) {
            throw new ConfigException(Assemblies.problems(e, loaded));
        }
        return ExitCode.DONE;
    }

    private void print(Assembly assembly, LoadedConfig loaded) {
        int batch = loaded.experiment().data().batchSize();
        int bytes = assembly.network().kernels().precision().bytes();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layer", "kind", "input", "output", "parameters", "memory"));
        long parameters = 0;
        long memory = 0;
        for (Network.Layer layer : assembly.network().layers()) {
            // Value and gradient of each parameter; output and its gradient of each node.
            long values = layer.nodes().stream()
                    .mapToLong(node -> (long) node.output().size() * batch)
                    .sum();
            long needed = 2 * (layer.size() + values) * bytes;
            parameters += layer.size();
            memory += needed;
            rows.add(List.of(
                    layer.name(),
                    layer.kind(),
                    layer.input().toString(),
                    layer.output().toString(),
                    count(layer.size()),
                    size(needed)));
        }
        rows.add(List.of("total", "", "", "", count(parameters), size(memory)));
        Tables.format(rows, false, false, false, false, true, true).forEach(context.out()::println);
        context.out()
                .printf(
                        Locale.ROOT,
                        "%nMemory is for training with batches of %d in %s: parameters, gradients and what flows"
                                + " between layers; the optimizer's state comes on top.%n",
                        batch,
                        assembly.network().kernels().precision());
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String size(long bytes) {
        return bytes < KIBI * KIBI
                ? String.format(Locale.ROOT, "%.1f KiB", bytes / (double) KIBI)
                : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (KIBI * KIBI));
    }
}
