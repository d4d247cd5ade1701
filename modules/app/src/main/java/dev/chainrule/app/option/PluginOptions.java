package dev.chainrule.app.option;

import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.Context;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of all commands that use components. */
public final class PluginOptions {
    @Option(
            names = "--plugins",
            paramLabel = "DIR|JAR",
            description = "Plugin jar or folder of plugin jars to load in addition to ./plugins. Repeatable.")
    private List<Path> named = new ArrayList<>();

    @Option(names = "--no-plugins", description = "Load no plugins at all.")
    private boolean refused;

    @Option(
            names = "--trust",
            paramLabel = "SHA256",
            description =
                    "Load the plugin jar with this SHA-256 even if it comes with a run or an archive. Repeatable.")
    private List<String> trusted = new ArrayList<>();

    private PluginSources sources;

    public PluginSources plugins(Context context) {
        if (sources == null) {
            sources = PluginSources.of(named, refused, trusted, context);
        }
        return sources;
    }
}
