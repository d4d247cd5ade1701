package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about each kind of mistake in a config: {@code golden/config/x.yaml} gives {@code x.txt}. */
final class BadConfigTests {
    private static final int CASES = 351;
    private static final List<String> NAMES = GoldenFile.names("config", ".yaml");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> validateAndRun_brokenConfig_sayTheSameAndKeepNothing() {
        return NAMES.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(CASES, NAMES.size());
        assertEquals(NAMES, GoldenFile.names("config", ".txt"), "every .yaml has its .txt");
    }

    private void check(String name) {
        Shell shell = new Shell(folder).file("config.yaml", GoldenFile.read("config/" + name + ".yaml"));
        Shell.Result validated = shell.execute("validate", "/demo/config.yaml");
        GoldenFile.check("config/" + name + ".txt", validated.failed(ExitCode.INPUT));
        assertEquals("", validated.out());
        Shell.Result run = shell.execute("/demo/config.yaml", "--run-dir", "/demo/run", "--offline");
        assertEquals(validated.err(), run.failed(ExitCode.INPUT));
        assertEquals("", run.out());
        assertFalse(Files.exists(shell.at("run")), "a run directory was made");
    }
}
