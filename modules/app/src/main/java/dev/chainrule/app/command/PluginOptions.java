package dev.chainrule.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Hold the option of all commands that know components. */
final class PluginOptions {
    @Option(
            names = "--plugins",
            paramLabel = "DIR|JAR",
            description = "Plugin jar, or folder of plugin jars, to load besides ./plugins. Repeatable.")
    private List<Path> plugins = new ArrayList<>();

    List<Path> plugins() {
        return plugins;
    }
}
