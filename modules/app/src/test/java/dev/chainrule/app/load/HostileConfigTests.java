package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.InProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Test that no config, however large or odd, costs more than its size or gets an answer that nobody can read. */
final class HostileConfigTests {
    private static final int CASES = 32;
    private static final int NETWORKS = 18;
    private static final long MOST_ALLOCATED = 100_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** A hundred mistakes with their notes; a screen has some 2,000 characters. */
    private static final int LONGEST_ANSWER = 100_000;

    private static final int LONGEST_LINE = 2_100;
    private static final String EQUAL_VALUES = "equal values";
    private static final String DATA = """
            data:
              train: &table { type: inline, rows: [ [ 0, 0 ], [ 0, 1 ] ], labels: [ same, differ ] }
              batch_size: 2
            """;
    private static final String MODEL = "model: [ { type: dense, units: 2, activation: softmax } ]\n";
    private static final String REST = """
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.5 }
            training: { epochs: 1 }
            """;
    private static final String WHOLE = DATA + MODEL + REST;

    @TempDir
    private Path folder;

    private record Case(String name, byte[] config, String answer) {}

    private static Case of(String name, String config, String answer) {
        return new Case(name, config.getBytes(StandardCharsets.UTF_8), answer);
    }

    private static String many(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining());
    }

    private static Stream<Case> cases() {
        return Stream.of(
                of(
                        "unknown keys",
                        WHOLE + many(9_000, i -> "key" + i + ": 1\n"),
                        "9000 errors; the first 100 are shown"),
                of(
                        "too many keys",
                        WHOLE + many(200_000, i -> "key" + i + ": 1\n"),
                        "more than 10000 keys in one mapping"),
                of(
                        "too many keys in braces",
                        WHOLE + "vars: { " + many(20_000, i -> "k" + i + ": 1, ") + "}\n",
                        "more than 10000 keys in one mapping"),
                of("a name without an end", "name: " + "a".repeat(5_000_000) + "\n" + WHOLE, "letters without a blank"),
                of(
                        "a name of many words",
                        "name: " + "a ".repeat(2_000_000) + "\n" + WHOLE,
                        "a text of 3999999 letters"),
                of(
                        "a long quoted name",
                        "name: \"" + "a ".repeat(900_000) + "\"\n" + WHOLE,
                        "a text of 1800000 letters"),
                of("a long block", "name: |\n" + "  a line\n".repeat(300_000) + WHOLE, "a text of 2100000 letters"),
                of("a name that fits", "name: " + "a".repeat(900_000) + "\n" + WHOLE, "aa…aa"),
                of("a long key", "k".repeat(1_000) + ": 1\n" + WHOLE, "unknown key 'kkk"),
                of("a longer key", "? " + "k".repeat(900_000) + "\n: 1\n" + WHOLE, "kk…kk"),
                of("a comment without an end", "# " + "a".repeat(9_000_000) + "\n" + WHOLE, "letters without a blank"),
                of("open brackets", WHOLE + "x: " + "[".repeat(100_000), "more than 64 nested levels"),
                of("open braces", WHOLE + "x: " + "{ a: ".repeat(100_000), "more than 64 nested levels"),
                of("open dashes", WHOLE + "x:\n  " + "- ".repeat(100_000), "more than 64 nested levels"),
                of("a seed of a million digits", "seed: " + "1".repeat(1_000_000) + "\n" + WHOLE, "is too large"),
                of("an exponent", WHOLE.replace("0.5", "1e" + "9".repeat(1_000)), "is too large"),
                of("a fraction", WHOLE.replace("0.5", "0." + "0".repeat(100_000) + "1"), "0000…' "),
                of("aliases of aliases", aliases() + WHOLE, "aliases repeat more than 100000 values"),
                of("an alias of itself", "x: &x [ *x ]\n" + WHOLE, "is inside the value that it repeats"),
                of(
                        "references to references",
                        "x:\n  v0: aaaaaaaaaa\n"
                                + many(20, i -> "  v" + (i + 1) + ": \"" + ("${x.v" + i + "}").repeat(10) + "\"\n")
                                + "name: ${x.v20}\n" + WHOLE,
                        "references expand to more than a million letters here"),
                of(
                        "unknown metrics",
                        WHOLE + "metrics: [ " + "precise, ".repeat(20_000) + "]\n",
                        "; the first 100 are shown"),
                of(
                        "unknown layers",
                        DATA + "model:\n" + "  - dens\n".repeat(20_000) + REST,
                        "; the first 100 are shown"),
                of(
                        "layers",
                        DATA + "model:\n" + "  - { type: dense, units: 2 }\n".repeat(120_000) + REST,
                        "more than 500000 values in one config"),
                of(
                        "rows",
                        WHOLE.replace("[ 0, 0 ], ", "[ 0, 0 ], ".repeat(250_000)),
                        "more than 500000 values in one config"),
                of("documents", WHOLE + "---\n".repeat(200_000), "a second document begins here"),
                of("merges", WHOLE + "<<: *table\n".repeat(5_000), "merge keys (<<) are not supported"),
                of("a long tag", WHOLE + "x: !" + "t".repeat(500_000) + " 1\n", "tags such as !ttt"),
                of("a long anchor", WHOLE + "x: *" + "t".repeat(500_000) + "\n", "there is no anchor '&ttt"),
                of(
                        "terminal escapes",
                        WHOLE + "\"\\e]0;title\\a\\e[2J\": 1\n",
                        "unknown key '\\u001b]0;title\\u0007\\u001b[2J'"),
                of("zeros", "\0".repeat(1_000_000), "character U+0000 is not allowed in YAML"),
                new Case("UTF-16", WHOLE.getBytes(StandardCharsets.UTF_16), "this file is UTF-16, not UTF-8"),
                new Case("half a letter", new byte[] {'a', ':', ' ', (byte) 0xc3}, "byte 0xc3 is not UTF-8"));
    }

    private static String aliases() {
        return "vars:\n  v0: &v0 [ 1 ]\n"
                + many(12, i -> "  v" + (i + 1) + ": &v" + (i + 1) + " [ " + ("*v" + i + ", ").repeat(9) + "]\n");
    }

    @TestFactory
    Stream<DynamicTest> validate_hostileConfig_answersInFewWords() {
        return cases().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    @Test
    void cases_all_areSeen() {
        assertEquals(CASES, cases().count());
        assertEquals(NETWORKS, networks().count());
    }

    /**
     * A network of many values.
     *
     * @param model the layers
     * @param refusal the error if the machine lacks the memory; empty if none does
     * @param description the output of {@code describe} if it has that; empty if none has
     */
    private record Giant(String name, String model, String precision, String refusal, String description) {}

    private static Stream<Giant> networks() {
        String giant = "{ type: dense, units: 1000000000, activation: relu }";
        String wide = "{ type: dense, units: 50000000, activation: relu }";
        String large = "{ type: dense, units: 2000000, activation: relu }";
        String last = ", { type: dense, units: 2, activation: softmax }";
        String kept = ", batch_norm, { type: dropout, rate: 0.5 }, flatten";
        return Stream.of("float32", "float64")
                .flatMap(precision -> Stream.of(
                        new Giant("first layer", wide + last, precision, "would take", "250,000,002"),
                        new Giant("only layer", wide, precision, "model[0].units", ""),
                        new Giant("largest layer", giant + last, precision, "would take", ""),
                        new Giant("two layers", wide + ", " + wide + last, precision, ".units", ""),
                        new Giant(
                                "two large layers",
                                large + ", " + large + last,
                                precision,
                                "weights would be [2000000, 2000000]",
                                ""),
                        new Giant("layers that keep rows", wide + kept + last, precision, "would take", "350,000,002"),
                        new Giant(
                                "values of another shape",
                                "{ type: dense, units: 2000000, weights: { type: values, rows: [ [ 1 ] ] } }" + last,
                                precision,
                                "values are [1, 1], but the parameter is [2, 2000000]",
                                ""),
                        new Giant(
                                EQUAL_VALUES,
                                large.replace("2000000,", "2000000, weights: zeros,")
                                        + last.replace("2,", "2, weights: zeros,"),
                                precision,
                                "",
                                "10,000,002"),
                        new Giant("network that fits", large + last, precision, "", "10,000,002")));
    }

    @TestFactory
    Stream<DynamicTest> validateAndDescribe_giantNetwork_allocateNoneOfIt() {
        return networks()
                .map(each -> DynamicTest.dynamicTest(each.name() + ", " + each.precision(), () -> check(each)));
    }

    private void check(Giant each) throws IOException {
        Path file = Files.writeString(
                folder.resolve("giant.yaml"),
                "precision: " + each.precision() + "\n"
                        + DATA.replace("batch_size: 2", "batch_size: 1000000000")
                        + "model: [ " + each.model() + " ]\n" + REST.replace("type: sgd", "type: adam"));
        InProcess validated = cheaply("validate", file);
        InProcess described = cheaply("describe", file);
        assertEquals(validated.code(), described.code());
        if (validated.code() == ExitCode.DONE) {
            assertTrue(!each.description().isEmpty() && described.out().contains(each.description()), described.out());
        } else {
            assertEquals(ExitCode.INPUT, validated.code());
            assertTrue(!each.refusal().isEmpty() && validated.err().contains(each.refusal()), validated.err());
            assertTrue(described.err().contains(each.refusal()), described.err());
        }
        assertEquals(
                each.name().equals(EQUAL_VALUES),
                validated.err().contains("all units of dense_1 start out equal"),
                validated.err());
    }

    private static InProcess cheaply(String command, Path file) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        InProcess answer = assertTimeout(LONGEST, () -> InProcess.run(command, file.toString()));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MOST_ALLOCATED, () -> command + " allocated " + allocated);
        return answer;
    }

    private void check(Case each) throws IOException {
        Path file = Files.write(folder.resolve("hostile.yaml"), each.config());
        InProcess answer = InProcess.run("validate", file.toString());
        assertEquals(ExitCode.INPUT, answer.code(), answer.err());
        assertTrue(answer.err().contains(each.answer()), answer.err());
        assertTrue(answer.err().length() < LONGEST_ANSWER, () -> answer.err().length() + " characters");
        answer.err().lines().forEach(line -> assertTrue(line.length() < LONGEST_LINE, line));
        assertTrue(answer.err().codePoints().noneMatch(c -> c != '\n' && Character.isISOControl(c)), answer.err());
    }
}
