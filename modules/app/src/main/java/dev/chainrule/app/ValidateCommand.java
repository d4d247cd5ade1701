package dev.chainrule.app;

import dev.chainrule.api.InputException;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.Assembly;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Check a config and the data it names without training. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Check a config and its data without training.",
            "Every value is checked, that the data can be read, and that layers and loss fit. Nothing is downloaded."
        },
        footer = {"", "Example:", "  java -jar pipeline.jar validate configs/mnist.yaml"})
final class ValidateCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "CONFIG", description = "The YAML file to check.")
    private Path config;

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private PluginOptions options = new PluginOptions();

    ValidateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        LoadedConfig loaded = ConfigLoader.load(config, options.plugins(), set.settings(), context);
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = Assemblies.of(loaded, context, true, team);
            Assemblies.warnings(assembly).forEach(context::warn);
        } catch (InputException e) {
            throw new ConfigException(Assemblies.problems(e, loaded));
        }
        context.out().println(config + ": ok");
        return ExitCode.DONE;
    }
}
