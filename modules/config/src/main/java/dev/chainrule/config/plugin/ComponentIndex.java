package dev.chainrule.config.plugin;

import dev.chainrule.api.Kind;
import dev.chainrule.config.Problems;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RegisteredComponent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The list of the built-in components in a file of pipeline.jar, with a line for each: its kind, name and class.
 *
 * <p>The build makes it from the declarations. So a start reads one short file instead of loading all those classes, and does not
 * slow down with their number.
 */
public final class ComponentIndex {
    private static final String FILE = "META-INF/dev.chainrule.components";

    private ComponentIndex() {}

    /**
     * Write the index of the components on the class path.
     *
     * @param args the folder of the classes
     */
    public static void main(String[] args) throws IOException {
        Path file = Files.createDirectories(Path.of(args[0], "META-INF")).resolveSibling(FILE);
        Problems problems = new Problems();
        PluginLoader loader = new PluginLoader(ComponentIndex.class.getClassLoader());
        List<String> lines = new ArrayList<>();
        for (RegisteredComponent component :
                PluginLoader.register(loader.builtIn(), problems).all()) {
            lines.add(component.kind() + " " + component.name() + " " + component.recordName());
        }
        problems.throwIfErrors();
        Files.write(file, lines);
    }

    /** Return the components that the index lists; none if there is no index. */
    static List<RegisteredComponent> read(ClassLoader loader) {
        List<RegisteredComponent> components = new ArrayList<>();
        try (InputStream in = loader.getResourceAsStream(FILE)) {
            if (in == null) {
                return List.of();
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] words = line.split(" ");
                components.add(
                        new RegisteredComponent(Kind.valueOf(words[0]), words[1], words[2], loader, Origin.BUILT_IN));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return components;
    }
}
