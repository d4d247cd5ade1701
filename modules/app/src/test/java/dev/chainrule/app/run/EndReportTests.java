package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that a run leaves behind: it is the one that the command report writes, and its failure is not the run's. */
final class EndReportTests {
    private static final String PAGE = "run/report.html";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void write() {
        shell = new Shell(folder);
        Samples.write(shell);
    }

    private String writtenByCommand() {
        shell.done("report", "/demo/run", "--output", "/demo/later.html");
        return shell.text("later.html");
    }

    @Test
    void run_completed_writesThePageOfTheCommand() {
        String out = shell.done("/demo/plants.yaml", "--run-dir", "/demo/run").out();
        assertTrue(
                out.endsWith(
                        "\nrun kept in /demo/run\nmodel:  /demo/run/model.safetensors\nreport: /demo/run/report.html\n"),
                out);
        String page = shell.text(PAGE);
        assertTrue(page.contains("Worst predictions") && page.contains("plants.yaml:"));
        assertEquals(writtenByCommand(), page);
        assertTrue(shell.done("verify", "/demo/run").out().endsWith("PASS\n"));
    }

    @Test
    void run_withPicturesAndWeights_writesThePageOfTheCommand() {
        String weights = shell.text("images.yaml") + "training: { epochs: 2, class_weights: balanced }\n";
        shell.file("images.yaml", weights.replaceFirst("training: .*\n", ""));
        shell.done("/demo/images.yaml", "--run-dir", "/demo/run", "--quiet");
        assertEquals(writtenByCommand(), shell.text(PAGE));
    }

    @Test
    void resume_moreEpochs_replacesThePage() {
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "training.epochs=2");
        String before = shell.text(PAGE);
        shell.done("resume", "/demo/run", "--quiet", "--set", "training.epochs=3", "--allow-changes");
        assertFalse(shell.text(PAGE).equals(before), "a new page");
        assertEquals(writtenByCommand(), shell.text(PAGE));
    }

    @Test
    void run_diverged_writesThePageOfTheCommand() {
        shell.execute(
                        "/demo/gates.yaml",
                        "--run-dir",
                        "/demo/run",
                        "--quiet",
                        "--set",
                        "loss=quadratic",
                        "--set",
                        "model[1].activation=identity",
                        "--set",
                        "optimizer.learning_rate=1e30")
                .failed(ExitCode.FAILED);
        assertTrue(shell.text(PAGE).contains("Ended early after step"), "the reason");
        assertEquals(writtenByCommand(), shell.text(PAGE));
    }

    @Test
    void run_writeFalse_writesNone() {
        String out = shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--set", "report.write=false")
                .out();
        assertTrue(out.endsWith("\nrun kept in /demo/run\nmodel:  /demo/run/model.safetensors\n"), out);
        assertFalse(Files.exists(shell.at(PAGE)));
    }

    @Test
    void run_examplesNone_showsCountsOnly() {
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "report.examples=none");
        String page = shell.text(PAGE);
        assertTrue(page.contains("since report.examples is none") && page.contains("Confusion"));
        assertFalse(page.contains("predictions</h3>") || page.contains("plants.csv:"));
        assertEquals(writtenByCommand(), page);
    }

    @Test
    void run_pageCannotBeWritten_isAWarning() throws IOException {
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "report.write=false");
        Files.createDirectories(shell.at(PAGE + "/full"));
        Shell.Result result = shell.execute(
                "resume",
                "/demo/run",
                "--quiet",
                "--allow-changes",
                "--set",
                "training.epochs=41",
                "--set",
                "report.write=true");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(
                result.err()
                        .matches("(?s).*warning: the report could not be written: cannot write .*report\\.html.*\n"),
                result.err());
        assertEquals("completed", shell.json("run/run.json").get("state"));
    }
}
