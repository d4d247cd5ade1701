package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of a table that a layer selects by name, a column of names with all its inputs. */
final class SelectedColumnsTests {
    private static final String TABLE = """
            size,colour,weight,kind
            1,red,5,a
            2,blue,4,b
            3,red,6,a
            4,green,7,b
            """;

    private static final String CONFIG = """
            data:
              train: { type: csv, file: table.csv, target: kind }
              transforms: [ standardize ]
              batch_size: 4
            model:
              - type: parallel
                branches:
                  wide: [ { type: select, WIDE } ]
                  deep: [ { type: select, DEEP }, { type: dense, units: 3, activation: tanh } ]
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 3 }
            hooks: [ { type: gradient_check, at: start } ]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("table.csv", TABLE);
    }

    private byte[] model(String run, String wide, String deep) throws IOException {
        shell.file("t.yaml", CONFIG.replace("WIDE", wide).replace("DEEP", deep));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/" + run, "--quiet");
        return Files.readAllBytes(shell.at(run + "/model.safetensors"));
    }

    /** size is input 0, colour 1 to 3, weight 4. */
    @Test
    void run_columnsByName_hasTheBitsOfTheirNumbers() throws IOException {
        byte[] named = model("named", "columns: [ weight, colour ]", "columns: [ size ]");
        assertArrayEquals(named, model("numbered", "features: [ 4, 1-3 ]", "features: [ 0 ]"));
        shell.file("rows.csv", "size,colour,weight\n2,blue,4\n1,green,9\n");
        assertEquals(predict("named"), predict("numbered"));
    }

    private String predict(String run) {
        return shell.done("predict", "/demo/" + run, "--input", "/demo/rows.csv")
                .out();
    }

    @Test
    void validate_unknownColumn_suggestsTheNearest() {
        shell.file(
                "t.yaml", CONFIG.replace("WIDE", "columns: [ weight, color ]").replace("DEEP", "features: [ 0 ]"));
        assertEquals("""
                /demo/t.yaml:8:50: error: the input has no column 'color'
                    8 |       wide: [ { type: select, columns: [ weight, color ] } ]
                      |                                                  ^^^^^
                   at model[0].branches.wide[0].columns[1]. Did you mean 'colour'? Columns: size, colour, weight.

                1 error
                """, shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT));
    }
}
