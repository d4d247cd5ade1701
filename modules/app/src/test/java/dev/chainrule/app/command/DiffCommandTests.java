package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiffCommandTests {
    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder).file("plants.yaml", Samples.PLANTS).file("plants.csv", Samples.PLANTS_TABLE);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/one", "--quiet", "--threads", "1");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void diff_otherRateEpochsAndThreads_showsWhereTheyPart() {
        String[] other = {"optimizer.learning_rate=0.2", "training.epochs=41", "expect={test.loss: {max: 1}}"};
        shell.done(
                "/demo/plants.yaml",
                "--run-dir",
                "/demo/two",
                "--quiet",
                "--threads",
                "2",
                "--set",
                other[0],
                "--set",
                other[1],
                "--set",
                other[2]);
        GoldenFile.check(
                "diff.txt", shell.done("diff", "/demo/one", "/demo/two").out());
    }

    @Test
    void diff_longerRun_isTheSameAsFarAsBothGo() {
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/two", "--quiet", "--set", "training.epochs=50");
        String out = shell.done("diff", "/demo/one", "/demo/two").out();
        assertTrue(out.contains("steps    identical in the part that both have: 80 in A, 100 in B"), out);
        assertTrue(out.contains("epochs   identical in the part that both have: 40 in A, 50 in B"), out);
    }

    @Test
    void diff_otherData_showsBothHashes() {
        shell.file("plants.csv", Samples.PLANTS_TABLE.replace("40;", "41;"));
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/two", "--quiet");
        String out = shell.done("diff", "/demo/one", "/demo/two").out();
        assertTrue(out.contains("config: identical"), out);
        assertTrue(out.matches("(?s).*\\n  train +[0-9a-f]{64} +[0-9a-f]{64}\\n.*"), out);
        assertTrue(shell.execute("diff", "/demo/one", "/demo/no")
                .failed(ExitCode.INPUT)
                .contains("it does not exist"));
    }
}
