package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs of a table with names, each a group of columns that layers read. */
final class NamedInputsTests {
    private static final String TABLE = """
            size,colour,weight,kind
            1,red,5,a
            2,blue,4,b
            3,red,6,a
            4,green,7,b
            """;

    private static final String CONFIG = """
            data:
              train: { type: csv, file: table.csv, target: kind, inputs: { few: [ weight, colour ], one: [ size ] } }
              test: { type: csv, file: table.csv, target: kind }
              transforms: [ standardize ]
              batch_size: 4
            model:
              - { type: dense, units: 3, activation: tanh, from: input.one, name: deep }
              - { type: concat, from: [ input.few, deep ] }
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 3 }
            hooks: [ { type: gradient_check, at: start }, { type: checkpoint, every: 1 epoch, keep: 3 } ]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("table.csv", TABLE).file("named.yaml", CONFIG);
    }

    private void run(String name) {
        shell.done("/demo/" + name + ".yaml", "--run-dir", "/demo/" + name, "--quiet");
    }

    private String predict(String run, String table) {
        return shell.done("predict", "/demo/" + run, "--input", "/demo/" + table)
                .out();
    }

    /** weight is input 0, colour 1 to 3, size 4. */
    @Test
    void run_namedInputs_haveTheBitsOfSelectedColumns() {
        run("named");
        shell.file(
                "selected.yaml",
                CONFIG.replace(
                                "inputs: { few: [ weight, colour ], one: [ size ] }",
                                "columns: [ weight, colour, size ]")
                        .replace(
                                "  - { type: dense, units: 3, activation: tanh, from: input.one",
                                "  - { type: select, features: [ 0-3 ], name: few }\n"
                                        + "  - { type: select, columns: [ size ], from: input }\n"
                                        + "  - { type: dense, units: 3, activation: tanh")
                        .replace("input.few", "few"));
        run("selected");
        assertArrayEquals(shell.bytes("selected/steps.bin"), shell.bytes("named/steps.bin"));
        shell.file("rows.csv", "colour,size,weight\nblue,2,4\ngreen,1,9\n");
        shell.file("training.csv", "weight,colour,size\n4,blue,2\n9,green,1\n");
        assertEquals(predict("selected", "rows.csv"), predict("named", "rows.csv"));
        assertEquals(predict("named", "training.csv"), predict("named", "rows.csv"));
        shell.file("moved.csv", "kind,weight,size,colour\na,5,1,red\nb,4,2,blue\na,6,3,red\nb,7,4,green\n");
        assertEquals(
                figures(shell.done("evaluate", "/demo/named").out()),
                figures(shell.done(
                                "evaluate",
                                "/demo/named",
                                "--data",
                                "{ type: csv, file: /demo/moved.csv, target: kind }")
                        .out()));
        assertTrue(shell.done("verify", "/demo/named").out().endsWith("PASS\n"));
    }

    private static List<String> figures(String out) {
        return out.lines()
                .filter(line -> line.contains("accuracy"))
                .map(line -> line.replaceAll("^\\S+ ", ""))
                .toList();
    }

    @Test
    void resume_eachCheckpoint_endsWithTheSameBytes() {
        run("named");
        List<String> checkpoints = shell.names("named/checkpoints");
        assertEquals(3, checkpoints.size(), checkpoints.toString());
        for (String checkpoint : checkpoints) {
            shell.copy("named", "again");
            shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint);
            for (String file : List.of("model.safetensors", "steps.bin", "chain.jsonl")) {
                assertArrayEquals(shell.bytes("named/" + file), shell.bytes("again/" + file), checkpoint + " " + file);
            }
            shell.delete("again");
        }
    }

    @Test
    void run_startedFromOtherInputs_warnsOfThem() {
        run("named");
        shell.file(
                "next.yaml",
                CONFIG.replace(
                                "{ few: [ weight, colour ], one: [ size ] }",
                                "{ one: [ size ], few: [ weight, colour ] }")
                        + "start: { from: named, layers: [ deep ] }\n");
        String err = shell.execute("/demo/next.yaml", "--run-dir", "/demo/next", "--quiet")
                .err();
        assertTrue(
                err.contains(
                        "the parameters were learned from the inputs few [4], one [1], but here they are one [1], few [4]"),
                err);
    }

    @Test
    void describe_namedInputs_areRowsAndNodes() {
        List<String> lines =
                shell.done("describe", "/demo/named.yaml").out().lines().toList();
        assertEquals(
                List.of(
                        "input.one input [5] [1] 0",
                        "input.few input [5] [4] 0",
                        "deep dense input.one [1] [3] 6",
                        "concat_1 concat input.few [4], deep [3] [7] 0"),
                lines.subList(1, 5).stream()
                        .map(line -> line.replaceAll(" +", " ").replaceFirst(" \\d+\\.\\d .*", ""))
                        .toList());
        String dot = shell.done("describe", "/demo/named.yaml", "--dot").out();
        for (String edge :
                List.of("\"input\" -> \"input.few\"", "\"input\" -> \"input.one\"", "\"input.few\" -> \"concat_1\"")) {
            assertTrue(dot.contains(edge), dot);
        }
    }

    @Test
    void run_inputOfAllColumns_isTheWholeRowWithoutACopy() {
        shell.file(
                "all.yaml",
                CONFIG.replace("{ few: [ weight, colour ], one: [ size ] }", "{ all: [ weight, colour, size ] }")
                        .replace("input.one", "input.all")
                        .replace("input.few", "input"));
        run("all");
        assertTrue(!shell.done("describe", "/demo/all.yaml").out().contains("input.all"));
    }

    @Test
    void validate_selectFromANamedInput_knowsItsColumnsAlone() {
        shell.file(
                "named.yaml",
                CONFIG.replace(
                        "concat, from: [ input.few, deep ]", "select, columns: [ colour, size ], from: input.few"));
        assertEquals("""
                /demo/named.yaml:8:40: error: the input has no column 'size'
                    8 |   - { type: select, columns: [ colour, size ], from: input.few }
                      |                                        ^^^^
                   at model[1].columns[1]. Columns: weight, colour.

                1 error
                """, shell.execute("validate", "/demo/named.yaml").failed(ExitCode.INPUT));
    }

    @Test
    void validate_inputsThatTheTableOrTheOutputsRefuse_saysWhere() {
        shell.file("named.yaml", CONFIG.replace("one: [ size ]", "one: [ sizes ]"));
        String unknown = shell.execute("validate", "/demo/named.yaml").failed(ExitCode.INPUT);
        assertTrue(unknown.contains("there is no column 'sizes' that could be used as input"), unknown);
        shell.file(
                "named.yaml",
                CONFIG.replace(", target: kind", "")
                        .replace("loss: cross_entropy", "outputs: { size: { target: size, loss: quadratic } }"));
        String taken = shell.execute("validate", "/demo/named.yaml").failed(ExitCode.INPUT);
        assertTrue(taken.contains("column 'size' is a target") && taken.contains("inputs.one[0]"), taken);
    }
}
