package dev.chainrule.app.command.plugins;

import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.option.PluginOptions;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.RegistryPrinter;
import dev.chainrule.engine.files.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that shows every available component. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = "List all components that a config can use, with parameters, defaults and descriptions.",
        commandListHeading = "%nCommands:%n",
        subcommands = {PluginsCheckCommand.class, PluginsNewCommand.class, PluginsTrustCommand.class},
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar plugins",
            "  java -jar pipeline.jar plugins new swish --kind activation",
            "  java -jar pipeline.jar plugins check swish/target/swish.jar"
        })
public final class PluginsCommand implements Callable<Integer> {
    private final Context context;

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    @Mixin
    private PluginOptions options = new PluginOptions();

    public PluginsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Registry registry = ConfigLoader.registry(options.plugins(context), context);
        context.out().print(json ? Json.pretty(ComponentFacts.of(registry)) : RegistryPrinter.print(registry));
        return ExitCode.DONE;
    }
}
