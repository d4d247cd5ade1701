package dev.chainrule.app.run;

import dev.chainrule.app.load.LoadedPlugin;
import dev.chainrule.app.record.MovedPath;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.record.RunDirectory;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facts of run.json about the plugins that a run uses. */
final class PluginFacts {
    private final Set<LoadedPlugin> plugins;
    private final Registry registry;
    private final RunDirectory run;

    @Inject
    PluginFacts(Set<LoadedPlugin> plugins, Registry registry, RunDirectory run) {
        this.plugins = plugins;
        this.registry = registry;
        this.run = run;
    }

    /** Return the facts of each, in the order in which they were loaded. */
    List<Object> all() {
        return plugins.stream().map(this::of).toList();
    }

    private Object of(LoadedPlugin plugin) {
        PluginFiles files = plugin.files();
        List<RegisteredComponent> components = registry.all().stream()
                .filter(component ->
                        component.origin().jar().filter(files.jar()::equals).isPresent())
                .toList();
        Origin origin = components.get(0).origin();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", origin.name());
        facts.put("version", origin.version().orElse(""));
        facts.put("jar", files.jar().toString());
        facts.put(MovedPath.FROM_RUN, MovedPath.from(run, files.jar()).orElse(null));
        facts.put("sha256", plugin.sha256().get(files.jar()));
        facts.put(
                "libraries",
                files.libraries().stream()
                        .map(jar -> library(jar, plugin.sha256().get(jar)))
                        .toList());
        facts.put(
                "components",
                components.stream().map(RegisteredComponent::label).toList());
        return facts;
    }

    private static Object library(Path jar, String sha256) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("jar", jar.toString());
        facts.put("sha256", sha256);
        return facts;
    }
}
