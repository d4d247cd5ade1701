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
            description = "Plugin jar, or folder of plugin jars, to load besides ./plugins. Repeatable.")
    private List<Path> named = new ArrayList<>();

    @Option(names = "--no-plugins", description = "Load no plugin, wherever it is named.")
    private boolean refused;

    @Option(
            names = "--trust",
            paramLabel = "SHA256",
            description = "Let a jar of this content run although only a run or an archive names it. Repeatable.")
    private List<String> trusted = new ArrayList<>();

    private PluginSources sources;

    public PluginSources plugins(Context context) {
        if (sources == null) {
            sources = PluginSources.of(named, refused, trusted, context);
        }
        return sources;
    }
}
