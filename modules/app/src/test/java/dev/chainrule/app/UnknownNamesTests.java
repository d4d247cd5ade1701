package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that no training example has, in validation and test data, in evaluations and in rows to predict. */
final class UnknownNamesTests {
    private static final int ROWS = 30;

    private static final String CONFIG = """
            seed: 3
            data:
              train: { type: csv, file: t.csv, target: kind, unknown: FATE }
              validation: { type: csv, file: v.csv, target: kind, unknown: FATE }
              test: { type: csv, file: e.csv, target: kind, unknown: FATE }
              transforms: [ standardize ]
              batch_size: 8
            model: [ { type: dense, units: 4, activation: relu, weights: he_normal }, { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.05 }
            training: { epochs: 6 }
            hooks: [ { type: checkpoint, every: 7 steps } ]
            """;

    private static final String HELD_OUT = """
            size,colour,kind
            1,NAME,small
            5,red,big
            6,OTHER,big
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder)
                .file("t.csv", table())
                .file("v.csv", HELD_OUT.replace("NAME", "violet").replace("OTHER", "red"))
                .file("e.csv", HELD_OUT.replace("NAME", "violet").replace("OTHER", "pink"));
    }

    /** Two of three are red. */
    private static String table() {
        StringBuilder table = new StringBuilder("size,colour,kind\n");
        for (int i = 0; i < ROWS; i++) {
            table.append(i % 7).append(',').append(i % 3 == 1 ? "blue" : "red").append(',');
            table.append(i % 7 > 2 ? "big" : "small").append('\n');
        }
        return table.toString();
    }

    private void train(String fate, String run) {
        shell.file("t.yaml", CONFIG.replace("FATE", fate));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/" + run, "--quiet");
    }

    private List<String> metrics(String run) throws IOException {
        return Files.readAllLines(shell.at(run + "/metrics.jsonl"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "most_common"})
    void run_unknownNames_areCountedVerifiedAndResumed(String fate) throws IOException {
        train(fate, "run");
        String data = ((Map<?, ?>) shell.json("run/run.json")).get("data").toString();
        String became = fate.equals("zeros") ? "written as zeros" : "taken for the most common";
        assertTrue(data.contains("CSV v.csv, 1 unknown name " + became), data);
        assertTrue(data.contains("CSV e.csv, 2 unknown names " + became), data);
        assertTrue(data.contains("origin=CSV t.csv,") || data.contains("origin=CSV t.csv}"), data);
        shell.done("verify", "/demo/run");
        String checkpoint = shell.names("run/checkpoints").get(0);
        shell.copy("run", "again");
        shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint);
        assertEquals(metrics("run"), metrics("again"));
        for (String file : List.of("model.safetensors", "chain.jsonl", "steps.bin")) {
            assertArrayEquals(
                    Files.readAllBytes(shell.at("run/" + file)), Files.readAllBytes(shell.at("again/" + file)), file);
        }
        shell.done("verify", "/demo/again");
    }

    /** The learned model does not depend on the treatment of names that training does not have. */
    @Test
    void run_eitherFate_learnsTheSame() throws IOException {
        train("zeros", "zeros");
        train("most_common", "common");
        assertEquals(Files.readString(shell.at("zeros/chain.jsonl")), Files.readString(shell.at("common/chain.jsonl")));
        assertTrue(!metrics("zeros").equals(metrics("common")), "validation data differ");
    }

    /** Taken for red, such rows are measured as red ones are. */
    @Test
    void run_mostCommon_measuresAsIfTheNameWereWritten() throws IOException {
        train("most_common", "run");
        shell.file("v.csv", HELD_OUT.replace("NAME", "red").replace("OTHER", "red"));
        shell.file("e.csv", HELD_OUT.replace("NAME", "red").replace("OTHER", "red"));
        train("most_common", "red");
        assertEquals(metrics("red"), metrics("run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "most_common"})
    void evaluate_unknownNames_areCounted(String fate) {
        train(fate, "run");
        String became = fate.equals("zeros") ? "written as zeros" : "taken for the most common";
        String out = shell.done("evaluate", "/demo/run").out();
        assertTrue(out.contains("3 examples from CSV e.csv, 2 unknown names " + became), out);
        String given = "{ type: csv, file: /demo/v.csv, target: kind, unknown: " + fate + " }";
        out = shell.done("evaluate", "/demo/run", "--data", given).out();
        assertTrue(out.contains("1 unknown name " + became), out);
    }

    @Test
    void evaluate_mostCommonOfAModelThatDoesNotKnowIt_isRefused() {
        train("zeros", "run");
        String given = "{ type: csv, file: /demo/v.csv, target: kind, unknown: most_common }";
        String err = shell.execute("evaluate", "/demo/run", "--data", given).failed(ExitCode.INPUT);
        assertTrue(err.contains("unknown is most_common, but not in the training source"), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zeros", "most_common"})
    void predict_unknownNames_arePredictedAndCounted(String fate) {
        train(fate, "run");
        shell.file("new.csv", "size,colour\n1,red\n1,violet\n");
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv", "--strict");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals(3, lines.size());
        boolean same = lines.get(1).substring(1).equals(lines.get(2).substring(1));
        assertEquals(fate.equals("most_common"), same, result.out());
        String became = fate.equals("zeros") ? "written as zeros" : "taken for the most common";
        assertTrue(result.err().contains("warning: 1 unknown name " + became), result.err());
    }

    @Test
    void predict_unknownNameInARowThatIsMarked_isNotCounted() {
        train("zeros", "run");
        shell.file("new.csv", "size,colour\n?,violet\n2,violet\n");
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv");
        assertEquals(ExitCode.INPUT, result.code());
        assertTrue(result.err().contains("warning: 1 unknown name written as zeros"), result.err());
        assertTrue(result.out().contains("column 'size' has '?', which is not a value"), result.out());
    }

    @Test
    void validate_unknownNamesByDefault_areRefusedAtTheirLine() {
        shell.file("t.yaml", CONFIG.replace(", unknown: FATE", ""));
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("/demo/v.csv:2: error: column 'colour' has 'violet', which no training"), err);
        assertTrue(err.contains("With unknown: zeros, such names are accepted"), err);
    }

    @Test
    void validate_mostCommonInTestAlone_isRefusedAtTheKey() {
        shell.file("t.yaml", CONFIG.replaceFirst("FATE", "zeros").replace("FATE", "most_common"));
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("t.yaml:4:"), err);
        assertTrue(err.contains("at data.validation.unknown. Write unknown: most_common under data.train, too"), err);
    }
}
