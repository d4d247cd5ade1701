package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.BrokenPlugins;
import dev.chainrule.app.testing.Canary;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.TestJar;
import dev.chainrule.engine.files.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Test that no code of a plugin runs without its user's word: no class of a {@link Canary} is initialised. */
final class PluginConsentTests {
    private static final int WAYS = 54;
    private static final String USED = Samples.GATES.replace("tanh", "canary");

    private static final Map<Integer, byte[]> CANARIES = new TreeMap<>();

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    /** A way in which a jar reaches the program. */
    private interface Way extends Consumer<PluginConsentTests> {}

    /** Let somebody train with the canary. */
    @BeforeAll
    static void train() throws IOException {
        System.setProperty(Canary.SINGS_INTO, sang().toString());
        Shell shell = new Shell(folder)
                .file("theirs/gates.yaml", USED + "hooks: [ checkpoint ]\n")
                .file("theirs/canary.jar", canary(1));
        shell.done(
                "/demo/theirs/gates.yaml",
                "--run-dir",
                "/demo/theirs/run",
                "--quiet",
                "--plugins",
                "/demo/theirs/canary.jar");
        Files.delete(sang());
        shell.delete("theirs/gates.yaml");
        shell.file("gates.yaml", Samples.GATES).file("used.yaml", USED);
        prepared = new PreparedFolder(folder);
    }

    @AfterAll
    static void forget() {
        System.clearProperty(Canary.SINGS_INTO);
    }

    @TestFactory
    Stream<DynamicTest> canary_presentedWithoutConsent_doesNotSing() {
        Map<String, Way> ways = ways();
        assertEquals(WAYS, ways.size());
        return ways.entrySet().stream()
                .map(way -> DynamicTest.dynamicTest(way.getKey(), () -> {
                    shell = prepared.putBack();
                    way.getValue().accept(this);
                    assertFalse(Files.exists(sang()), "the canary sang");
                }));
    }

    private static Path sang() {
        return folder.resolve("sang");
    }

    private static byte[] canary(int build) {
        return CANARIES.computeIfAbsent(build, number -> Canary.jar(number).bytes());
    }

    private static Map<String, Way> ways() {
        Map<String, Way> ways = new LinkedHashMap<>();
        theirRuns(ways);
        editedRuns(ways);
        linksAndConfigs(ways);
        archivesAndLooks(ways);
        jarsThatAreNotUsed(ways);
        descriptions(ways);
        otherConsent(ways);
        return ways;
    }

    /** Commands that compute with somebody's run. */
    private static void theirRuns(Map<String, Way> ways) {
        ways.put("verify of their run", test -> test.refused("verify", "/demo/theirs/run"));
        ways.put("rerun of their run", test -> test.refused("rerun", "/demo/theirs/run", "--run-dir", "/demo/mine"));
        ways.put("resume of their run", test -> test.refused("resume", "/demo/theirs/run", "--allow-changes"));
        ways.put("run --resume", test -> test.refused("run", "--resume", "/demo/theirs/run"));
        ways.put("evaluate", test -> test.refused("evaluate", "/demo/theirs/run"));
        ways.put(
                "evaluate other data",
                test -> test.refused("evaluate", "/demo/theirs/run", "--data", "{ type: inline, rows: [[0, 1]] }"));
        ways.put("gradcheck", test -> test.refused("gradcheck", "/demo/theirs/run"));
        ways.put("predict", test -> {
            test.shell.file("x.csv", "a,b\n0,1\n");
            test.refused("predict", "/demo/theirs/run", "--input", "/demo/x.csv");
        });
        ways.put(
                "resume of a checkpoint",
                test -> test.refused("resume", "/demo/theirs/run/checkpoints/" + test.last()));
        ways.put("run that was moved", test -> {
            test.shell.move("theirs", "elsewhere");
            test.refused("verify", "/demo/elsewhere/run");
        });
        ways.put("run whose jar lies in its directory", test -> {
            test.shell.move("theirs/canary.jar", "theirs/run/plugins/canary/canary.jar");
            test.refused("evaluate", "/demo/theirs/run");
        });
        ways.put("run whose jar is at its absolute path", test -> {
            test.shell.edit("theirs/run/run.json", "../canary.jar", "gone.jar");
            test.refused("verify", "/demo/theirs/run");
        });
    }

    private static void editedRuns(Map<String, Way> ways) {
        ways.put("run with a library", test -> {
            test.shell.move("theirs/canary.jar", "theirs/run/plugins/canary/canary.jar");
            test.shell.file("theirs/run/plugins/canary/more.jar", new TestJar().bytes());
            test.shell.edit("theirs/run/run.json", "\"libraries\": []", "\"libraries\": [{\"jar\": \"more.jar\"}]");
            test.stopped("verify", "/demo/theirs/run");
        });
        ways.put("run with a library that is not trusted", test -> {
            test.shell.move("theirs/canary.jar", "theirs/run/plugins/canary/canary.jar");
            test.shell.file(
                    "theirs/run/plugins/canary/more.jar",
                    new TestJar().file("more.txt", new byte[1]).bytes());
            test.shell.edit("theirs/run/run.json", "\"libraries\": []", "\"libraries\": [{\"jar\": \"more.jar\"}]");
            test.stopped(
                    "evaluate",
                    "/demo/theirs/run",
                    "--trust",
                    hash(test.shell.at("theirs/run/plugins/canary/canary.jar")));
        });
        ways.put("run whose hash is that of another jar", test -> {
            test.shell.edit("theirs/run/run.json", hash(test.shell.at("theirs/canary.jar")), "0".repeat(64));
            test.stopped("verify", "/demo/theirs/run");
        });
        ways.put("run whose resolved config names the jar", test -> {
            test.shell.edit(
                    "theirs/run/resolved.yaml",
                    "plugins: []",
                    "plugins: [ " + test.shell.at("theirs/canary.jar") + " ]");
            test.shell.edit("theirs/run/run.json", "\"plugins\": [", "\"others\": [");
            test.stopped("evaluate", "/demo/theirs/run");
        });
        ways.put("run whose edited config names the jar", test -> {
            test.shell.append("theirs/run/config.yaml", "plugins: [ " + test.shell.at("theirs/canary.jar") + " ]\n");
            test.shell.edit("theirs/run/run.json", "\"plugins\": [", "\"others\": [");
            test.says(ExitCode.CHECK, "verify", "/demo/theirs/run");
        });
    }

    private static void linksAndConfigs(Map<String, Way> ways) {
        ways.put("run through a link", test -> {
            test.shell.link("mine", "theirs/run");
            test.refused("verify", "/demo/mine");
        });
        ways.put("jar through a link", test -> {
            test.shell.move("theirs/canary.jar", "theirs/other.jar");
            test.shell.link("theirs/canary.jar", "theirs/other.jar");
            test.refused("verify", "/demo/theirs/run");
        });
        ways.put("their config in their run", test -> {
            test.shell.append("theirs/run/config.yaml", "plugins: [ ../canary.jar ]\n");
            test.refused("run", "/demo/theirs/run/config.yaml", "--run-dir", "/demo/mine");
        });
        ways.put("validate their config in their run", test -> {
            test.shell.append("theirs/run/config.yaml", "plugins: [ ../canary.jar ]\n");
            test.refused("validate", "/demo/theirs/run/config.yaml");
        });
        ways.put("their config that extends another", test -> {
            test.shell.file("theirs/base.yaml", USED + "plugins: [ ../canary.jar ]\n");
            test.shell.file("theirs/run/more.yaml", "extends: ../base.yaml\n");
            test.refused("describe", "/demo/theirs/run/more.yaml");
        });
    }

    private static void archivesAndLooks(Map<String, Way> ways) {
        ways.put("verify of an archive", test -> test.refused("verify", test.archive()));
        ways.put("evaluate of an archive", test -> test.refused("evaluate", test.archive()));
        ways.put("predict with an archive", test -> {
            test.shell.file("x.csv", "a,b\n0,1\n");
            test.refused("predict", test.archive(), "--input", "/demo/x.csv");
        });
        ways.put("diff of an archive", test -> {
            String archive = test.archive();
            test.shell.done("diff", archive, archive);
        });
        ways.put("archive --unpack", test -> test.shell.done("archive", "--unpack", test.archive(), "-o", "/demo/u"));
        ways.put("archive of their run", test -> test.shell.done("archive", "/demo/theirs/run", "-o", "/demo/a.zip"));
        ways.put("diff", test -> test.shell.execute("diff", "/demo/theirs/run", "/demo/theirs/run"));
        ways.put("runs", test -> test.shell.execute("runs", "/demo/theirs"));
        ways.put("start from their run", test -> {
            test.shell.done("run", "/demo/gates.yaml", "--start-from", "/demo/theirs/run", "--dry-run", "--quiet");
        });
    }

    /** Jars that the user gives and the config does not use. */
    private static void jarsThatAreNotUsed(Map<String, Way> ways) {
        for (String command : List.of("validate", "describe", "explain", "run", "gradcheck")) {
            ways.put(command + " with a jar that is not used", test -> {
                String[] args = command.equals("run")
                        ? new String[] {command, "/demo/gates.yaml", "--quiet", "--dry-run", "--plugins", "/demo/theirs"
                        }
                        : new String[] {command, "/demo/gates.yaml", "--plugins", "/demo/theirs/canary.jar"};
                Shell.Result result = test.shell.done(args);
                assertEquals(List.of(), result.plugins());
            });
        }
        ways.put("config that names a jar and does not use it", test -> {
            test.shell.append("gates.yaml", "plugins: [ theirs/canary.jar ]\n");
            test.shell.done("validate", "/demo/gates.yaml");
        });
        ways.put("misspelt component", test -> {
            test.shell.edit("used.yaml", "canary", "{ type: canari, sharp: 2 }");
            test.says(ExitCode.INPUT, "validate", "/demo/used.yaml", "--plugins", "/demo/theirs/canary.jar");
        });
        ways.put("component as a value, not a type", test -> {
            test.shell.edit("gates.yaml", "name: gates", "name: canary");
            test.shell.done("validate", "/demo/gates.yaml", "--plugins", "/demo/theirs/canary.jar");
        });
    }

    private static void descriptions(Map<String, Way> ways) {
        ways.put("plugins", test -> {
            String out = test.shell
                    .done("plugins", "--plugins", "/demo/theirs/canary.jar")
                    .out();
            assertTrue(out.contains("sharp (whole number, default 1)"), out);
            assertTrue(out.contains("song (one of low, high, default low)"), out);
        });
        ways.put(
                "plugins --json", test -> test.shell.done("plugins", "--json", "--plugins", "/demo/theirs/canary.jar"));
        ways.put("schema", test -> {
            String out = test.shell
                    .done("schema", "--plugins", "/demo/theirs/canary.jar")
                    .out();
            assertTrue(out.contains("\"canary\"") && out.contains("\"high\""), "described");
        });
        ways.put("schema --reference", test -> {
            String out = test.shell
                    .done("schema", "--reference", "--plugins", "/demo/theirs/canary.jar")
                    .out();
            assertTrue(out.contains("canary"), "described");
        });
        ways.put("plugins new", test -> {
            test.says(
                    ExitCode.INPUT,
                    "plugins",
                    "new",
                    "canary",
                    "--kind",
                    "activation",
                    "--plugins",
                    "/demo/theirs/canary.jar");
        });
        ways.put("plugins trust", test -> test.shell.done("plugins", "trust", "/demo/theirs/canary.jar"));
        ways.put("services file alone", test -> {
            test.shell.file("theirs/canary.jar", Canary.empty(1).bytes());
            test.says(ExitCode.INPUT, "validate", "/demo/gates.yaml", "--plugins", "/demo/theirs/canary.jar");
        });
        ways.put("jar that another's manifest names", test -> {
            test.shell.file(
                    "sender/swish.jar",
                    BrokenPlugins.good().classPath("../theirs/canary.jar").bytes());
            test.shell.file("swish.yaml", USED.replace("canary", "swish"));
            test.shell.done("validate", "/demo/swish.yaml", "--plugins", "/demo/sender/swish.jar");
        });
    }

    /** Consent that does not cover the jar. */
    private static void otherConsent(Map<String, Way> ways) {
        ways.put("changed after it was trusted", test -> {
            test.shell.trust("theirs/canary.jar");
            test.shell.file("theirs/canary.jar", canary(2));
            test.refused("verify", "/demo/theirs/run");
        });
        ways.put("same name in ./plugins of other content", test -> {
            test.shell.file("own/canary.jar", canary(3));
            // It is the user's own that sings.
            Shell.Result result =
                    test.shell.execute("evaluate", "/demo/theirs/run", "--plugins", "/demo/own/canary.jar");
            assertTrue(result.plugins().toString().contains("/demo/own/canary.jar"), result.err());
            assertEquals("3", test.shell.text("sang"));
            test.shell.delete("sang");
        });
        ways.put("trust of the beginning of a hash", test -> {
            String hash = hash(test.shell.at("theirs/canary.jar"));
            test.says(ExitCode.INPUT, "verify", "/demo/theirs/run", "--trust", hash.substring(0, 8));
        });
        ways.put("trust of another jar", test -> test.refused("verify", "/demo/theirs/run", "--trust", "0".repeat(64)));
        ways.put("trust in a comment", test -> {
            String hash = hash(test.shell.at("theirs/canary.jar"));
            test.shell.file("config/chainrule/trusted-plugins", "# " + hash + "\n" + "1" + hash + "\nfor " + hash);
            test.refused("verify", "/demo/theirs/run");
        });
        ways.put("--no-plugins", test -> {
            test.shell.trust("theirs/canary.jar");
            String err = test.says(ExitCode.INPUT, "evaluate", "/demo/theirs/run", "--no-plugins");
            assertTrue(
                    err.contains("unknown activation 'canary'") && err.contains("--no-plugins disables all of them"),
                    err);
        });
        ways.put("--no-plugins with a config that names it", test -> {
            test.shell.append("used.yaml", "plugins: [ theirs/canary.jar ]\n");
            test.says(ExitCode.INPUT, "validate", "/demo/used.yaml", "--no-plugins");
        });
    }

    @Test
    void canary_withConsent_sings() throws IOException {
        Map<String, List<String>> consents = new LinkedHashMap<>();
        consents.put("trust-option", List.of("--trust", "HASH"));
        consents.put("own-jar", List.of("--plugins", "/demo/own/other.jar"));
        consents.put("named", List.of("--plugins", "/demo/theirs/canary.jar"));
        consents.put("trusted", List.of());
        for (Map.Entry<String, List<String>> consent : consents.entrySet()) {
            shell = prepared.putBack();
            String hash = hash(shell.at("theirs/canary.jar"));
            shell.file("own/other.jar", shell.bytes("theirs/canary.jar"));
            if (consent.getValue().isEmpty()) {
                shell.trust("theirs/canary.jar");
            }
            Shell.Result result = shell.execute(Stream.concat(
                            Stream.of("evaluate", "/demo/theirs/run", "--data", "train"),
                            consent.getValue().stream().map(text -> text.replace("HASH", hash)))
                    .toArray(String[]::new));
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertTrue(Files.exists(sang()), consent.getKey());
            assertEquals(1, result.plugins().size(), result.plugins().toString());
            String jar = consent.getKey().equals("own-jar") ? "own/other.jar" : "theirs/canary.jar";
            assertTrue(
                    result.plugins().get(0).contains("/demo/" + jar + "), "),
                    result.plugins().get(0));
        }
    }

    @Test
    void plugins_trust_keepsEachHashOnce() throws IOException {
        shell = prepared.putBack();
        String hash = hash(shell.at("theirs/canary.jar"));
        shell.trust("theirs/canary.jar").trust("theirs/canary.jar");
        assertEquals(hash + "  canary.jar\n", shell.text("config/chainrule/trusted-plugins"));
    }

    private void refused(String... args) {
        String err = says(ExitCode.INPUT, args);
        assertTrue(err.contains("that you have not trusted") && err.contains(" has the SHA-256 "), err);
    }

    /** Require that the command ends without a plugin: an edited run is refused for that alone. */
    private void stopped(String... args) {
        Shell.Result result = shell.execute(args);
        assertEquals(List.of(), result.plugins());
        result.failed(result.code());
        assertTrue(result.code() == ExitCode.INPUT || result.code() == ExitCode.CHECK, result.err());
    }

    private String says(int code, String... args) {
        Shell.Result result = shell.execute(args);
        assertEquals(List.of(), result.plugins());
        return result.failed(code);
    }

    private String last() {
        try (Stream<Path> files = Files.list(shell.at("theirs/run/checkpoints"))) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .reduce((first, second) -> second)
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pack their run with their jar. */
    private String archive() {
        shell.done("archive", "/demo/theirs/run", "--output", "/demo/theirs.zip");
        shell.delete("theirs");
        return "/demo/theirs.zip";
    }

    private static String hash(Path jar) {
        try {
            return Sha256.ofJar(jar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
