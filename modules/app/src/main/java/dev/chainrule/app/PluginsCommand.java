package dev.chainrule.app;

import dev.chainrule.config.registry.RegistryPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Show every component a config can name. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = "Show every component a config can name: parameters, defaults, what they do.",
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar plugins",
            "  java -jar pipeline.jar plugins new swish --kind activation"
        },
        subcommands = PluginsNewCommand.class)
final class PluginsCommand implements Callable<Integer> {
    private final Context context;

    @Mixin
    private PluginOptions options = new PluginOptions();

    PluginsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.out().print(RegistryPrinter.print(ConfigLoader.registry(PluginPaths.find(options.plugins()))));
        return ExitCode.DONE;
    }
}
