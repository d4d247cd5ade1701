package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test the checking of several configs: patterns, exit codes, JSON. */
final class ValidateCommandTests {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void write() {
        shell = new Shell(folder);
        Samples.write(shell);
        shell.file("more/warned.yaml", Samples.GATES.replace("batch_size: 2", "batch_size: 8"));
        shell.file("more/deep/wrong.yaml", Samples.GATES.replace("tanh", "tahn"));
    }

    @Test
    void validate_severalFiles_answersEachInTheOrderGiven() {
        assertEquals(
                """
                /demo/plants.yaml: ok
                /demo/gates.yaml: ok
                2 configs: 2 ok, 0 with errors
                """,
                shell.done("validate", "/demo/plants.yaml", "/demo/gates.yaml").out());
    }

    @Test
    void validate_oneOfSeveralIsWrong_goesOnAndFails() {
        Shell.Result result =
                shell.execute("validate", "/demo/more/deep/wrong.yaml", "/demo/none.yaml", "/demo/gates.yaml");
        String err = result.failed(ExitCode.INPUT);
        assertTrue(err.contains("wrong.yaml:7:42: error: unknown activation 'tahn'"), err);
        assertTrue(err.contains("error: there is no file '/demo/none.yaml'"), err);
        assertEquals("/demo/gates.yaml: ok\n3 configs: 1 ok, 2 with errors\n", result.out());
    }

    @Test
    void validate_pattern_findsFilesAsAShellWould() {
        assertEquals("""
                /demo/gates.yaml: ok
                /demo/images.yaml: ok
                /demo/plants.yaml: ok
                3 configs: 3 ok, 0 with errors
                """, shell.done("validate", "/demo/*.yaml").out());
        assertEquals(
                "/demo/more/warned.yaml: ok\n",
                shell.execute("validate", "/demo/m*/[vw]ar{ned,ns}.yaml").out());
        Shell.Result deep = shell.execute("validate", "/demo/**/*.yaml");
        assertEquals(ExitCode.INPUT, deep.code());
        assertTrue(deep.out().endsWith("5 configs: 4 ok, 1 with errors\n"), deep.out());
    }

    @Test
    void validate_patternThatMatchesNothing_saysWhereItLooked() {
        assertEquals(
                "error: no file matches '/demo/more/*.yml'\n   Looked in /demo/more.\n\n1 error\n",
                shell.execute("validate", "/demo/more/*.yml").failed(ExitCode.INPUT));
        String broken = shell.execute("validate", "/demo/more/[.yaml").failed(ExitCode.INPUT);
        assertTrue(broken.startsWith("error: '/demo/more/[.yaml' is not a valid pattern: "), broken);
    }

    @Test
    void validate_strict_makesWarningsErrors() {
        assertEquals(
                ExitCode.DONE,
                shell.execute("validate", "/demo/more/warned.yaml").code());
        Shell.Result strict = shell.execute("validate", "--strict", "/demo/more/warned.yaml");
        assertTrue(strict.failed(ExitCode.INPUT).contains("warned.yaml:5:15: error: batch_size is 8"), strict.err());
        assertEquals("", strict.out());
    }

    @Test
    void validate_json_hasTheDocumentedShape() {
        Shell.Result result = shell.execute(
                "validate", "--format", "json", "/demo/more/**.yaml", "/demo/gates.yaml", "/demo/none.yaml");
        assertEquals(ExitCode.INPUT, result.code());
        assertEquals("", result.err());
        GoldenFile.check("validate.json", result.out());
        Map<?, ?> whole = (Map<?, ?>) JsonReader.read(result.out());
        assertEquals(4, ((List<?>) whole.get("configs")).size());
    }

    @Test
    void validate_jsonOfASettingThatIsWrong_namesTheArgument() {
        Shell.Result result = shell.execute(
                "validate", "--format=json", "--set", "seed=1", "--set", "training.epochs=1e3", "/demo/gates.yaml");
        Map<?, ?> whole = (Map<?, ?>) JsonReader.read(result.out());
        Map<?, ?> config = (Map<?, ?>) ((List<?>) whole.get("configs")).get(0);
        Map<?, ?> problem = (Map<?, ?>) ((List<?>) config.get("problems")).get(0);
        assertEquals("--set argument", problem.get("file"));
        assertEquals(2.0, ((Number) problem.get("line")).doubleValue());
        assertEquals("1e3", problem.get("received"));
        assertEquals("1000", problem.get("suggestion"));
    }

    @Test
    void validate_unknownFormat_isAnsweredInWords() {
        String err =
                shell.execute("validate", "--format", "xml", "/demo/gates.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("xml"), err);
    }
}
