package dev.chainrule.app.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compare networks that learn from tables, and the inputs that transforms make of columns, with the computation of src/test/oracle/columns.py.
 *
 * <p>The tolerance: 21 updates by sums of at most 5 terms of some ten roundings each, of numbers below 10, round by less than
 * 21·50·1.1e-16·10 = 1.2e-12; their errors are independent and most terms far smaller, hence 1e-12 of the larger of 1 and the number.
 * Inputs are means and projections of at most 40 numbers below 200, which round by 40·1.1e-16 of the number.
 */
final class ColumnOracleTests {
    private static final double TOLERANCE = 1e-12;
    private static final Map<?, ?> ORACLE = oracle("columns");

    @TempDir
    private Path folder;

    private static Map<?, ?> oracle(String name) {
        try (InputStream in =
                Objects.requireNonNull(ColumnOracleTests.class.getResourceAsStream("/oracle/" + name + ".json"))) {
            return (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> run_weightedRows_learnsTheOraclesParameters() {
        Map<?, ?> cases = (Map<?, ?>) ORACLE.get("weighted");
        assertEquals(3, cases.size());
        return cases.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(), () -> compareTensors((Map<?, ?>) one.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> run_embeddedColumns_learnsTheOraclesParameters() {
        Map<?, ?> cases = (Map<?, ?>) ORACLE.get("embedded");
        assertEquals(1, cases.size());
        return cases.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(), () -> compareTensors((Map<?, ?>) one.getValue())));
    }

    @TestFactory
    Stream<DynamicTest> inputs_ofEncodedColumns_areTheOracles() {
        return inputs((Map<?, ?>) ORACLE.get("encoded"), 6);
    }

    @TestFactory
    Stream<DynamicTest> inputs_ofDatesSetsWordsAndComponents_areTheOracles() {
        return inputs((Map<?, ?>) ORACLE.get("formed"), 11);
    }

    /** Those of src/test/oracle/scikit.py. */
    @TestFactory
    Stream<DynamicTest> inputs_ofTransformsThatScikitLearnHas_areItsOwn() {
        return inputs(oracle("scikit"), 15);
    }

    private Stream<DynamicTest> inputs(Map<?, ?> section, int count) {
        Map<?, ?> cases = (Map<?, ?>) section.get("cases");
        assertEquals(count, cases.size());
        return cases.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(),
                        () -> compareInputs((Map<?, ?>) section.get("tables"), (Map<?, ?>) one.getValue())));
    }

    private void compareInputs(Map<?, ?> tables, Map<?, ?> one) {
        tables.forEach((name, table) -> new Shell(folder).file(name + ".csv", table.toString()));
        Map<?, ?> rows = (Map<?, ?>) one.get("rows");
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = AssembledTable.of(folder, one.get("config").toString(), team);
            for (Dataset dataset : assembly.datasets().all()) {
                int[] order = dataset.inOrder();
                Matrix x = assembly.pipeline().inputs(dataset, order, 0, order.length);
                assertClose(dataset.name(), (List<?>) rows.get(dataset.name()), x);
            }
        }
    }

    private void compareTensors(Map<?, ?> one) {
        Shell shell = new Shell(folder)
                .file("train.csv", one.get("table").toString())
                .file("t.yaml", one.get("config").toString());
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        Map<String, Matrix> tensors =
                Safetensors.read(shell.at("run/model.safetensors")).tensors();
        Map<?, ?> expected = (Map<?, ?>) one.get("tensors");
        assertEquals(expected.keySet(), tensors.keySet());
        tensors.forEach((name, tensor) -> assertClose(name, (List<?>) expected.get(name), tensor));
        shell.delete("run");
    }

    private static void assertClose(String name, List<?> rows, Matrix got) {
        assertEquals(rows.size(), got.rows(), name);
        for (int i = 0; i < got.rows(); i++) {
            List<?> row = (List<?>) rows.get(i);
            assertEquals(row.size(), got.columns(), name);
            for (int j = 0; j < got.columns(); j++) {
                double value = ((Number) row.get(j)).doubleValue();
                assertEquals(
                        value,
                        got.get(i, j),
                        TOLERANCE * Math.max(1, Math.abs(value)),
                        name + "[" + i + ", " + j + "]");
            }
        }
    }
}
