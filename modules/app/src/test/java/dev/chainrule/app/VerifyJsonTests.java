package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test {@code verify --json}: everything that the text says can be built from the JSON again, and nothing else is printed. */
final class VerifyJsonTests {
    private static final String RUN = "/demo/run";

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder).file("plants.yaml", Samples.PLANTS).file("plants.csv", Samples.PLANTS_TABLE);
        shell.done("/demo/plants.yaml", "--run-dir", RUN, "--quiet", "--threads", "2");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void verifyJson_sameBits_looksAsGoldenFile() {
        Map<?, ?> json = verify(ExitCode.DONE, "--threads", "1");
        assertEquals("pass", json.get("verdict"));
        assertNull(json.get("reason"));
        GoldenFile.check(
                "verify-pass.json",
                shell.execute("verify", RUN, "--json", "--threads", "1").out());
    }

    @Test
    void verifyJson_otherData_looksAsGoldenFile() {
        shell.file("plants.csv", Samples.PLANTS_TABLE.replace("40;", "41;"));
        Map<?, ?> json = verify(ExitCode.CHECK, "--threads", "2");
        Map<?, ?> data = finding(json, "data", "changed");
        assertEquals("test, train, validation", data.get("subject"));
        Map<?, ?> epoch = (Map<?, ?>) ((Map<?, ?>) json.get("epochs")).get("first_difference");
        assertEquals(1L, epoch.get("epoch"));
        assertEquals(List.of("dense_1.biases", "dense_1.weights"), epoch.get("tensors"));
        GoldenFile.check(
                "verify-data.json",
                shell.execute("verify", RUN, "--json", "--threads", "2").out());
    }

    @Test
    void verifyJson_unreadableData_namesTheFile() {
        shell.file("plants.csv", Samples.PLANTS_TABLE.replace("40;", "4O;"));
        Map<?, ?> json = verify(ExitCode.CHECK);
        assertEquals("/demo/plants.csv", finding(json, "data", "changed").get("subject"));
        assertNull(json.get("retrained"));
        assertNull(json.get("steps"));
    }

    @Test
    void verifyJson_recordedStepEdited_hasBothValues() {
        byte[] steps = shell.bytes("run/steps.bin");
        steps[16 * 41 + 8] ^= 1;
        shell.file("run/steps.bin", steps);
        Map<?, ?> json = verify(ExitCode.CHECK);
        Map<?, ?> step = (Map<?, ?>) ((Map<?, ?>) json.get("steps")).get("first_difference");
        assertEquals(42L, step.get("step"));
        Map<?, ?> loss = (Map<?, ?>) step.get("loss");
        assertEquals(loss.get("recorded"), loss.get("now"));
        Map<?, ?> norm = (Map<?, ?>) step.get("gradient_norm");
        double recorded = (Double) norm.get("recorded");
        double now = (Double) norm.get("now");
        assertEquals(1, Math.abs(Double.doubleToLongBits(recorded) - Double.doubleToLongBits(now)));
    }

    @Test
    void verifyJson_metricsEdited_hasBothLines() {
        List<String> lines = shell.text("run/metrics.jsonl").lines().toList();
        String edited = lines.get(4).replaceFirst("(loss\": ?)\\d", "$19");
        assertFalse(edited.equals(lines.get(4)), edited);
        shell.edit("run/metrics.jsonl", lines.get(4), edited);
        Resealed.again(shell, "run");
        Map<?, ?> json = verify(ExitCode.CHECK);
        Map<?, ?> line = (Map<?, ?>) ((Map<?, ?>) json.get("metrics")).get("first_difference");
        assertEquals(5L, line.get("line"));
        assertEquals(JsonReader.read(edited), line.get("recorded"));
        assertEquals(JsonReader.read(lines.get(4)), line.get("now"));
        assertNull(((Map<?, ?>) json.get("steps")).get("first_difference"));
    }

    @Test
    void verifyJson_filesEditedAddedAndDeleted_namesEach() {
        byte[] model = shell.bytes("run/model.safetensors");
        model[model.length - 1] ^= 1;
        shell.file("run/model.safetensors", model).file("run/more.txt", "more").delete("run/metrics.jsonl");
        shell.edit("run/config.yaml", "learning_rate: 0.1", "learning_rate: 0.2");
        Map<?, ?> json = verify(ExitCode.CHECK);
        List<?> files = findings(json).stream()
                .filter(finding -> finding.get("aspect").equals("record"))
                .map(finding -> finding.get("subject"))
                .toList();
        assertEquals(List.of("config.yaml", "metrics.jsonl", "model.safetensors", "more.txt", "resolved.yaml"), files);
    }

    @Test
    void verifyJson_forgedFact_hasBothValues() {
        shell.edit("run/run.json", "\"test.accuracy\": 1", "\"test.accuracy\": 0.5");
        Resealed.again(shell, "run");
        Map<?, ?> fact = finding(verify(ExitCode.CHECK), "facts", "changed");
        assertEquals("result.metrics.test.accuracy", fact.get("subject"));
        assertEquals("0.5", fact.get("recorded"));
        assertEquals("1", fact.get("now"));
        Resealed.change(shell, "run", record -> record.put("more", 1L));
        assertTrue(findings(verify(ExitCode.CHECK)).stream()
                .anyMatch(finding -> "more".equals(finding.get("subject")) && finding.get("now") == null));
    }

    @Test
    void verifyJson_pluginChangedOrMissing_namesIt() {
        shell.file("square.jar", Plugins.square("2 * z").bytes());
        shell.edit(
                "plants.yaml",
                "units: 2, activation: softmax }",
                "units: 4, activation: square }\n  - { type: dense, units: 2, activation: softmax }");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/with", "--quiet", "--plugins", "/demo/square.jar");
        shell.file("square.jar", Plugins.square("2 * z + 1e-4").bytes());
        shell.trust("square.jar");
        Map<?, ?> plugin = finding(compared(ExitCode.CHECK, "/demo/with"), "plugins", "changed");
        assertEquals("square.jar", plugin.get("subject"));
        assertTrue(String.valueOf(plugin.get("recorded")).matches("[0-9a-f]{64}"), plugin::toString);
        shell.delete("square.jar");
        Map<?, ?> problem = problem("verify", "/demo/with", "--json");
        assertTrue(String.valueOf(problem.get("message")).startsWith("unknown activation 'square'"), problem::toString);
        assertEquals("model[0].activation", problem.get("path"));
        assertEquals("/demo/with/resolved.yaml", problem.get("file"));
    }

    @Test
    void verifyJson_nothingToVerify_isAProblem() {
        Map<?, ?> problem = problem("verify", "/demo/none", "--json");
        assertEquals("error", problem.get("severity"));
        assertTrue(String.valueOf(problem.get("message")).contains("/demo/none"), problem::toString);
        shell.file("run/steps.bin", new byte[0]);
        Resealed.killed(shell, "run");
        assertEquals(
                "run /demo/run recorded no step",
                problem("verify", RUN, "--json").get("message"));
        shell.file("run/run.json", "{\"format\": 1");
        assertEquals("/demo/run/run.json", problem("verify", RUN, "--json").get("file"));
    }

    @Test
    void verifyJson_checkpoint_saysWhatIsNotProven() {
        shell.append("plants.yaml", "hooks: [ { type: checkpoint, every: 10 epochs, keep: 2 } ]\n");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/saved", "--quiet");
        Map<?, ?> json = compared(ExitCode.DONE, "/demo/saved", "--from", "epoch-0030.safetensors");
        assertEquals(Map.of("steps", 20L, "from_record", 60L), json.get("retrained"));
    }

    /** The output of a plugin is not JSON; System.out is as before in the end. */
    @Test
    void verifyJson_pluginThatPrints_answersInJsonAlone() {
        PrintStream usual = System.out;
        shell.file("loud.jar", Plugins.faulty("System.out.println(\"loud\");").bytes());
        shell.append("plants.yaml", "hooks: [ faulty ]\n");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/loud", "--quiet", "--plugins", "/demo/loud.jar");
        shell.trust("loud.jar");
        Shell.Result result = shell.execute("verify", "/demo/loud", "--json");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertEquals("pass", ((Map<?, ?>) JsonReader.read(result.out())).get("verdict"));
        assertTrue(result.err().contains("loud\n"), result.err());
        assertEquals(usual, System.out);
    }

    @Test
    void verifyJson_quiet_saysNothingElse() {
        Shell.Result result = shell.done("verify", RUN, "--json", "--quiet");
        assertEquals("pass", ((Map<?, ?>) JsonReader.read(result.out())).get("verdict"));
    }

    /** A secret may be a word of the format, which nobody could read if it were hidden. */
    @ParameterizedTest
    @ValueSource(strings = {"pass", "data", "verdict"})
    void verifyJson_secretIsAWordOfTheFormat_keepsTheFormat(String word) {
        shell.with("S", word)
                .file(word + "/plants.csv", Samples.PLANTS_TABLE)
                .edit("plants.yaml", "file: plants.csv", "file: \"${secret:S}/plants.csv\"");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/own", "--quiet");
        Map<?, ?> json = (Map<?, ?>)
                JsonReader.read(shell.execute("verify", "/demo/own", "--json").out());
        assertEquals("pass", json.get("verdict"));
        assertEquals("ok", finding(json, "data", "ok").get("outcome"));
    }

    /** Verify in both ways, require that they say the same, and return the JSON. */
    private Map<?, ?> verify(int code, String... options) {
        return compared(code, RUN, options);
    }

    private Map<?, ?> compared(int code, String run, String... options) {
        Shell.Result text = shell.execute(command(run, options));
        assertEquals(code, text.code(), () -> text.out() + text.err());
        Shell.Result result = shell.execute(command(run, options, "--json"));
        assertEquals(code, result.code(), () -> result.out() + result.err());
        Map<?, ?> json = (Map<?, ?>) JsonReader.read(result.out());
        assertEquals(text.out(), text(json));
        Optional<Object> reason = Optional.ofNullable(json.get("reason"));
        assertEquals(reason.map(words -> "error: " + words + "\n\n1 error\n").orElse(""), text.err());
        assertEquals(retraining(json), result.err());
        assertEquals(1L, json.get("format"));
        assertEquals(List.of(), json.get("problems"));
        return json;
    }

    private static String[] command(String run, String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of("verify", run));
        all.addAll(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Return the text of the report, from the JSON alone. */
    private static String text(Map<?, ?> json) {
        StringBuilder text = new StringBuilder();
        text.append(json.get("run") + ": " + json.get("name") + ", " + json.get("state") + "\n");
        boolean begun = false;
        for (Map<?, ?> finding : findings(json)) {
            if (!begun && !List.of("record", "signature").contains(finding.get("aspect"))) {
                text.append(retraining(json));
                begun = true;
            }
            text.append(String.format("  %-10s %s%n", label(finding), finding.get("message")));
            if (finding.get("aspect").equals("metrics") && finding.get("recorded") != null) {
                text.append("               recorded " + finding.get("recorded") + "\n");
                text.append("               now      " + finding.get("now") + "\n");
            }
        }
        return text.append(json.get("verdict").equals("pass") ? "PASS\n" : "FAIL\n")
                .toString();
    }

    private static String retraining(Map<?, ?> json) {
        if (json.get("retrained") == null) {
            return "";
        }
        Map<?, ?> retrained = (Map<?, ?>) json.get("retrained");
        return "retraining " + retrained.get("steps") + " steps"
                + (retrained.get("from_record").equals(0L)
                        ? "\n"
                        : "; the " + retrained.get("from_record") + " before are taken from the record\n");
    }

    private static String label(Map<?, ?> finding) {
        String aspect = (String) finding.get("aspect");
        return switch ((String) finding.get("outcome")) {
            case "changed" -> "CHANGED";
            case "no_effect" -> aspect.equals("plugins") ? aspect : "harmless";
            case "note" -> "looked";
            default ->
                switch (aspect) {
                    case "signature" -> "signed";
                    case "checkpoints" -> "saved";
                    case "hook_files" -> "recorded";
                    case "program", "machine" -> "differs";
                    default -> aspect;
                };
        };
    }

    private static List<Map<?, ?>> findings(Map<?, ?> json) {
        return ((List<?>) json.get("findings"))
                .stream().<Map<?, ?>>map(finding -> (Map<?, ?>) finding).toList();
    }

    private static Map<?, ?> finding(Map<?, ?> json, String aspect, String outcome) {
        return findings(json).stream()
                .filter(finding -> finding.get("aspect").equals(aspect)
                        && finding.get("outcome").equals(outcome))
                .findFirst()
                .orElseThrow(() -> new AssertionError(json.toString()));
    }

    /** Return the one problem of a command whose input is wrong. */
    private Map<?, ?> problem(String... args) {
        Shell.Result result = shell.execute(args);
        assertEquals(ExitCode.INPUT, result.code(), () -> result.out() + result.err());
        assertEquals("", result.err());
        Map<?, ?> json = (Map<?, ?>) JsonReader.read(result.out());
        assertEquals(List.of("format", "problems"), List.copyOf(json.keySet()));
        List<?> problems = (List<?>) json.get("problems");
        assertEquals(1, problems.size());
        return (Map<?, ?>) problems.get(0);
    }
}
