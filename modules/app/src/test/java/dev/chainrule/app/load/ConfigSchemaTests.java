package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.chainrule.app.shell.Components;
import dev.chainrule.app.testing.EditorView;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.ShippedConfigs;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test the schema as editors use it: through a validator that knows nothing of this project. */
final class ConfigSchemaTests {
    private static final String SCHEMA = ConfigSchema.json(new Components().builtIn());
    private static final EditorView EDITOR = new EditorView(SCHEMA);
    private static final String LINE = "# yaml-language-server: $schema=";
    private static final String REST = """
            model:
              - { type: dense, units: 10, activation: softmax }
            loss: cross_entropy
            optimizer: adam
            """;
    private static final String DATA = "data: { train: digits }\n";

    @TempDir
    private Path folder;

    @Test
    void schema_command_writesWhatConfigsHolds() {
        String out = new Shell(folder).done("schema").out();
        assertEquals(SCHEMA, out);
        GoldenFile.check(ShippedConfigs.FOLDER.resolve("schema.json").toString(), out);
    }

    @Test
    void schema_withThePluginSwish_isWhatConfigsHolds() {
        String out = ConfigSchema.json(ShippedConfigs.registry());
        GoldenFile.check(
                ShippedConfigs.FOLDER.resolve("mnist-swish.schema.json").toString(), out);
    }

    @Test
    void schema_isItselfASchema() throws Exception {
        Set<?> problems = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(SchemaLocation.of(SchemaId.V7))
                .validate(new ObjectMapper().readTree(SCHEMA));
        assertEquals(Set.of(), problems);
    }

    @TestFactory
    Stream<DynamicTest> shippedConfig_namesTheSchemaAndPasses() {
        return ShippedConfigs.files().stream()
                .map(file -> DynamicTest.dynamicTest(
                        ShippedConfigs.FOLDER.relativize(file).toString(), () -> {
                            String text = ShippedConfigs.text(file);
                            Path schema = file.getParent().relativize(ShippedConfigs.schema(file));
                            assertEquals(LINE + schema, text.lines().findFirst().orElseThrow());
                            EditorView editor = new EditorView(ShippedConfigs.text(ShippedConfigs.schema(file)));
                            assertEquals(Set.of(), editor.problems(text));
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed: ${env:SEED}",
                "seed: 3\nname: run-${env:USER:-me}",
                "precision: ${env:PRECISION}",
                "training: { epochs: 3, clip_norm: 1/3 }",
                "training: { epochs: 3, clip_norm: 1 / 3 }",
                "training: { epochs: '${env:EPOCHS:-3}', clip_norm: ~ }",
                "hooks: [ progress, { type: log, every: 20 steps }, { type: checkpoint, every: '${env:SPAN}' } ]",
                "hooks: [ '${env:HOOK}', { type: '${env:HOOK}', every: 1 epoch } ]",
                "metrics: [ loss ]\nexpect: { test.loss: { max: 1, at: lowest } }",
                "metrics: [ { type: f1, of: 1, name: spam } ]\nexpect: { test.spam: { min: 0.5 } }"
            })
    void validate_legal_passes(String part) {
        assertEquals(Set.of(), EDITOR.problems(DATA + REST + part));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sead: 3",
                "seed: 1.5",
                "seed: three",
                "precision: float16",
                "training: { epoch: 3 }",
                "training: { epochs: ~ }",
                "training: 3",
                "hooks: progress",
                "hooks: [ { type: log, every: 20 stops } ]",
                "hooks: [ { every: 20 steps } ]",
                "hooks: [ relu ]",
                "hooks: [ inspect ]",
                "hooks: [ { type: inspect } ]",
                "expect: { tests.loss: { max: 1 } }",
                "expect: { test.losses: { max: 1 } }",
                "expect: { test.loss: { maximum: 1 } }"
            })
    void validate_illegal_isRefused(String part) {
        assertFalse(EDITOR.problems(DATA + REST + part).isEmpty());
    }

    @Test
    void validate_requiredKeys_mayBeAbsentOnlyBesideExtends() {
        assertFalse(EDITOR.problems(REST).isEmpty());
        assertFalse(EDITOR.problems(REST + "data: { batch_size: 10 }").isEmpty());
        assertEquals(Set.of(), EDITOR.problems("extends: base.yaml"));
        assertEquals(Set.of(), EDITOR.problems("extends: [ a.yaml, b.yaml ]\ndata: { batch_size: 10 }"));
        assertEquals(Set.of(), EDITOR.problems("extends: a.yaml\noptimizer: { learning_rate: { from: 1/10 } }"));
        assertEquals(Set.of(), EDITOR.problems("extends: a.yaml\ndata: ~\nexpect: { test.loss: ~ }\nloss: quadratic"));
    }

    @Test
    void validate_besideExtends_misspeltKeysAndPartsOfListsAreStillRefused() {
        assertFalse(EDITOR.problems("extends: a.yaml\nsead: 3").isEmpty());
        assertFalse(EDITOR.problems("extends: 3").isEmpty());
        assertFalse(EDITOR.problems("extends: a.yaml\ndata: { batchsize: 3 }").isEmpty());
        assertFalse(EDITOR.problems("extends: a.yaml\noptimizer: { learningrate: 3 }")
                .isEmpty());
        assertFalse(EDITOR.problems("extends: a.yaml\noptimizer: { type: adm }").isEmpty());
        assertFalse(EDITOR.problems("extends: a.yaml\nmodel: [ { units: 3 } ]").isEmpty());
    }

    @Test
    void schema_plugin_isInIt() {
        Shell shell =
                new Shell(folder).file("square.jar", Plugins.square("2 * z").bytes());
        String out = shell.done("schema", "--plugins", "/demo/square.jar").out();
        assertTrue(out.contains("\"The square of z.\""), out);
        String config = DATA + REST.replace("softmax", "square");
        assertEquals(Set.of(), new EditorView(out).problems(config));
        assertFalse(EDITOR.problems(config).isEmpty());
    }
}
