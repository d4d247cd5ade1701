package dev.chainrule.config.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigReaderTests {
    private static ConfigNode.Mapping mapping(String yaml) {
        Problems problems = new Problems();
        ConfigNode node = ConfigReader.read("t.yaml", yaml, problems).orElseThrow();
        assertTrue(problems.isEmpty(), () -> new ProblemPrinter(false).print(problems));
        return assertInstanceOf(ConfigNode.Mapping.class, node);
    }

    private static ConfigNode value(String yaml, String key) {
        return mapping(yaml).find(key).orElseThrow().value();
    }

    private static void assertMark(int line, int column, int endColumn, Mark mark) {
        assertEquals(List.of(line, column, endColumn), List.of(mark.line(), mark.column(), mark.endColumn()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"010", "0x1F", "1_000", "1:30", "yes", "2026-01-01", ".nan", "1e400", "+.inf", "=", "<"})
    void read_plainScalar_staysText(String text) {
        ConfigNode.Scalar scalar = assertInstanceOf(ConfigNode.Scalar.class, value("a: " + text, "a"));
        assertEquals(text, scalar.text());
        assertTrue(scalar.plain());
        assertFalse(scalar.isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void isNull_plainNothing_holds(String text) {
        assertTrue(((ConfigNode.Scalar) value("a: " + text, "a")).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "\"null\"", "'~'", "nil", "none"})
    void isNull_text_doesNotHold(String text) {
        assertFalse(((ConfigNode.Scalar) value("a: " + text, "a")).isNull());
    }

    @Test
    void bytes_pipeThatNobodyWrites_areNotWaitedForWithoutEnd(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Problems problems = new Problems();
        assertTrue(ConfigReader.bytes(pipe, 0, problems).isEmpty());
        assertEquals(
                "error: '" + pipe + "' is a pipe or device that did not end within 0 seconds\n"
                        + "   Start the program that writes to it first, or give a file.\n\n1 error\n",
                new ProblemPrinter(false).print(problems));
    }

    @Test
    void read_marks_coverTokens() {
        String yaml = "a: word\nbb: { c: [1, 2] }\nd:\n  - x\n  - e: \"two\n    lines\"\n";
        ConfigNode.Mapping root = mapping(yaml);
        assertMark(1, 1, 2, root.mark());
        assertMark(1, 4, 8, root.find("a").orElseThrow().value().mark());
        ConfigNode.Entry bb = root.find("bb").orElseThrow();
        assertMark(2, 1, 3, bb.keyMark());
        assertMark(2, 5, 18, bb.value().mark());
        ConfigNode.Mapping inner = (ConfigNode.Mapping) bb.value();
        assertMark(2, 10, 16, inner.find("c").orElseThrow().value().mark());
        ConfigNode.Sequence list =
                (ConfigNode.Sequence) root.find("d").orElseThrow().value();
        assertMark(4, 3, 3, list.mark());
        assertMark(4, 5, 6, list.items().get(0).mark());
        ConfigNode.Mapping last = (ConfigNode.Mapping) list.items().get(1);
        assertMark(5, 5, 6, last.mark());
        assertMark(5, 8, 12, last.find("e").orElseThrow().value().mark());
    }

    @Test
    void read_columns_countCodePoints() {
        assertMark(1, 8, 9, value("{\"😀é\": x}", "😀é").mark());
    }

    @Test
    void read_alias_isItsAnchorsValueAtItsOwnPlace() {
        ConfigNode.Mapping root = mapping("a: &x { k: v }\nb: *x\n");
        ConfigNode.Mapping b = (ConfigNode.Mapping) root.find("b").orElseThrow().value();
        assertMark(2, 4, 6, b.mark());
        assertMark(1, 12, 13, b.find("k").orElseThrow().value().mark());
    }

    @Test
    void read_keys_keepOrder() {
        List<String> keys = mapping("z: 1\na: 2\nm: 3\n").entries().stream()
                .map(ConfigNode.Entry::key)
                .toList();
        assertEquals(List.of("z", "a", "m"), keys);
    }

    @Test
    void read_byteOrderMark_isSkipped() {
        Problems problems = new Problems();
        byte[] bytes = "\ufeffname: café\n".getBytes(StandardCharsets.UTF_8);
        ConfigNode.Mapping root = (ConfigNode.Mapping)
                ConfigReader.read("t.yaml", bytes, problems).orElseThrow();
        assertTrue(problems.isEmpty());
        assertEquals(
                "café", ((ConfigNode.Scalar) root.find("name").orElseThrow().value()).text());
        assertMark(1, 1, 5, root.find("name").orElseThrow().keyMark());
    }

    @Test
    void read_explicitDocument_isAccepted() {
        assertEquals("1", ((ConfigNode.Scalar) value("%YAML 1.2\n---\na: 1\n...\n", "a")).text());
    }

    @Test
    void read_duplicateKey_keepsFirstAndGoesOn() {
        Problems problems = new Problems();
        ConfigNode.Mapping root = (ConfigNode.Mapping)
                ConfigReader.read("t.yaml", "a: 1\na: 2\nb: 3\n", problems).orElseThrow();
        assertEquals(2, root.entries().size());
        assertEquals("1", ((ConfigNode.Scalar) root.find("a").orElseThrow().value()).text());
        assertEquals(1, problems.sorted().size());
    }

    @Test
    void read_hundredThousandOpenBrackets_isRefusedNotCrashed() {
        Problems problems = new Problems();
        assertTrue(ConfigReader.read("t.yaml", "[".repeat(100_000), problems).isEmpty());
        assertEquals("more than 64 nested levels", problems.sorted().get(0).message());
    }

    @Test
    void read_missingFile_saysWhereItLooked() {
        Problem problem = readFails(Path.of("no/such.yaml"));
        assertEquals("there is no file '" + Path.of("no/such.yaml") + "'", problem.message());
        assertTrue(problem.mark().isEmpty());
        assertTrue(problem.notes().get(0).startsWith("Looked in "));
    }

    @Test
    void read_directory_isRefused(@TempDir Path folder) {
        assertEquals(
                "'" + folder + "' is a directory, not a config file",
                readFails(folder).message());
    }

    @Test
    void read_hugeFile_isRefusedBeforeItIsRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("huge.yaml");
        Files.write(file, new byte[(16 << 20) + 1]);
        assertEquals("'" + file + "' is larger than 16 MiB", readFails(file).message());
    }

    private static Problem readFails(Path file) {
        Problems problems = new Problems();
        assertTrue(ConfigReader.read(file, problems).isEmpty());
        assertEquals(1, problems.sorted().size());
        return problems.sorted().get(0);
    }
}
