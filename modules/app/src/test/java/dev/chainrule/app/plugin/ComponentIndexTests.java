package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.Problems;
import dev.chainrule.config.plugin.FoundPlugin;
import dev.chainrule.config.plugin.PluginLoader;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.Registry;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ComponentIndexTests {
    @Test
    void index_ofTheBuild_hasAllDeclaredComponents() {
        ClassLoader loader = getClass().getClassLoader();
        assertNotNull(loader.getResource("META-INF/dev.chainrule.components"), "otherwise the declarations are read");
        List<FoundPlugin> plugins = ServiceLoader.load(Plugin.class, loader).stream()
                .map(plugin -> new FoundPlugin(plugin.get(), Origin.BUILT_IN))
                .toList();
        Problems problems = new Problems();
        Registry declared = PluginLoader.register(plugins, problems);
        assertEquals(List.of(), problems.sorted());
        assertEquals(declared.all(), new PluginLoader(loader).load(List.of()).all());
    }
}
