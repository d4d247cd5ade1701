package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.Components;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.ShippedConfigs;
import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test that configs/reference.yaml matches the components, is complete, and can be read as a config. */
final class ReferenceTests {
    private static final Path FILE = ShippedConfigs.FOLDER.resolve("reference.yaml");
    private static final String BLOCK = "#     ";
    private static final int FEWEST_COMPONENTS = 45;

    @TempDir
    private Path folder;

    @Test
    void schema_reference_writesWhatConfigsHolds() {
        String out = new Shell(folder).done("schema", "--reference").out();
        GoldenFile.check(FILE.toString(), out);
        assertTrue(out.lines().allMatch(line -> line.length() <= 110 && !line.endsWith(" ")), out);
    }

    @Test
    void validate_reference_isRight() {
        assertEquals(
                FILE + ": ok\n",
                new Shell(folder).done("validate", FILE.toString()).out());
    }

    /** A block copied out of the comments is YAML with the component's keys, each in its place. */
    @Test
    void reference_everyComponent_standsThereWithAllItsKeys() {
        Registry registry = new Components().builtIn();
        List<List<String>> found = new ArrayList<>();
        for (String block : ShippedConfigs.text(FILE).split("\n\n")) {
            String yaml = String.join(
                    "\n",
                    block.lines()
                            .filter(line -> line.startsWith(BLOCK))
                            .map(line -> line.substring(BLOCK.length()))
                            .toList());
            if (yaml.startsWith("type: ")) {
                ConfigNode.Mapping mapping = (ConfigNode.Mapping)
                        ConfigReader.read("block", yaml, new Problems()).orElseThrow();
                List<String> keys =
                        new ArrayList<>(List.of(yaml.lines().findFirst().orElseThrow()));
                mapping.entries().forEach(entry -> keys.add(entry.key()));
                found.add(keys);
            }
        }
        List<List<String>> expected = new ArrayList<>();
        for (RegisteredComponent component : registry.all()) {
            List<String> keys = new ArrayList<>(List.of("type: " + component.name()));
            keys.addAll(component.keys());
            expected.add(keys);
        }
        assertEquals(expected, found);
        assertTrue(found.size() >= FEWEST_COMPONENTS, "found only " + found.size());
    }
}
