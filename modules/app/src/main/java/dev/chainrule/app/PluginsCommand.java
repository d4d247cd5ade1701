package dev.chainrule.app;

import dev.chainrule.config.registry.RegistryPrinter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Show every component a config can name. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description = {"", "Show every component a config can name: parameters, defaults, what they do.", ""},
        footer = {"", "Example:", "  java -jar pipeline.jar plugins"})
final class PluginsCommand implements Callable<Integer> {
    private final Context context;

    @Option(
            names = "--plugins",
            paramLabel = "DIR|JAR",
            description = "Plugin jar, or folder of plugin jars, to load besides ./plugins. Repeatable.")
    private List<Path> plugins = new ArrayList<>();

    PluginsCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.out().print(RegistryPrinter.print(ConfigLoader.registry(PluginPaths.find(plugins))));
        return ExitCode.DONE;
    }
}
