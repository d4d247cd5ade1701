package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.ShippedConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test that the layer of a plugin can contain layers, written as docs/PLUGINS.md shows it. */
class NestedLayerPluginTests {
    private static final int MOST_LINES = 40;
    private static final String LAYER = "{ type: around, layers: [ { type: dense, units: %s, activation: tanh } ] }";

    @TempDir
    private Path folder;

    /** Return the lines of the record in the document. */
    private static List<String> written(String layer) throws IOException {
        List<String> lines = Files.readAllLines(ShippedConfigs.FOLDER.resolveSibling("docs/PLUGINS.md"));
        int first = lines.indexOf("    @Component(\"" + layer + "\")");
        assertTrue(first >= 0, "docs/PLUGINS.md has no layer '" + layer + "'");
        return lines.subList(first, lines.size()).stream()
                .takeWhile(line -> line.isEmpty() || line.startsWith("    ") && !line.contains("java -jar"))
                .toList();
    }

    private static String source(String layer) throws IOException {
        return """
                import dev.chainrule.api.*;
                import dev.chainrule.api.error.*;
                import dev.chainrule.api.layer.*;
                import dev.chainrule.api.value.*;
                import dev.chainrule.math.*;
                import java.util.List;
                """ + String.join("\n", written(layer)) + "\n";
    }

    private Shell shell(String units) throws IOException {
        return new Shell(folder)
                .file("around.jar", Plugins.plugin("Around", source("around")).bytes())
                .file(
                        "gates.yaml",
                        Samples.GATES.replace("model:\n", "model:\n  - " + LAYER.formatted(units) + "\n")
                                + "hooks: [ gradient_check ]\n");
    }

    @Test
    void layer_ofTheDocument_isShortAndKeepsTheContract() throws IOException {
        assertTrue(
                written("around").size() <= MOST_LINES,
                "lines: " + written("around").size());
        Shell shell = shell("2");
        String with = LAYER.formatted("6");
        shell.done("plugins", "check", "/demo/around.jar", "--with", with);
    }

    @Test
    void run_networkWithIt_namesTheLayersWithinByTheirPaths() throws IOException {
        Shell shell = shell("2");
        String out = shell.done("run", "/demo/gates.yaml", "--plugins", "/demo/around.jar", "--run-dir", "/demo/run")
                .out();
        assertTrue(out.contains("around_1.dense_1.weights"), out);
        assertTrue(out.contains("gradient check passed"), out);
        assertTrue(shell.text("run/chain.jsonl").contains("around_1.dense_1.biases"));
        shell.done("verify", "/demo/run", "--plugins", "/demo/around.jar");
    }

    @Test
    void validate_layerWithinThatDoesNotFit_isReportedAtTheLayer() throws IOException {
        Shell shell = shell("3");
        String err = shell.execute("validate", "/demo/gates.yaml", "--plugins", "/demo/around.jar")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("gates.yaml:7:13: error: the layers turn [2] into [3]"), err);
        String misspelt = shell.text("gates.yaml").replace("units: 3", "unit: 3");
        err = shell.file("gates.yaml", misspelt)
                .execute("validate", "/demo/gates.yaml", "--plugins", "/demo/around.jar")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("at model[0].layers[0].unit. Did you mean 'units'?"), err);
        assertEquals(1, err.split("error:", -1).length - 1, err);
    }

    @Test
    void check_layerThatAddsACost_comparesTheGradientOfThat() throws IOException {
        String right = source("balanced");
        String[] check = {"plugins", "check", "/demo/balanced.jar", "--with", "{ type: balanced, weight: 0.5 }"};
        Shell shell = new Shell(folder)
                .file("balanced.jar", Plugins.plugin("Balanced", right).bytes());
        shell.done(check);
        shell.file(
                "gates.yaml",
                Samples.GATES.replace("model:\n", "model:\n  - { type: balanced, weight: 0.5 }\n")
                        + "hooks: [ gradient_check ]\n");
        String out = shell.done("run", "/demo/gates.yaml", "--plugins", "/demo/balanced.jar", "--run-dir", "/demo/run")
                .out();
        assertTrue(out.contains("the loss of each step includes balanced_1 (imbalance); metrics do not"), out);
        assertTrue(out.contains("gradient check passed"), out);
        String wrong = right.replace("2 * weight", "weight");
        assertNotEquals(right, wrong);
        String err = new Shell(folder)
                .file("balanced.jar", Plugins.plugin("Balanced", wrong).bytes())
                .execute(check)
                .failed(ExitCode.CHECK);
        assertTrue(err.contains("∂C/∂x"), err);
    }
}
