package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hold the sources that the build makes for {@code double} to it that nothing of {@code float} is left in them. */
final class DoubleSourcesTests {
    private static final int MADE = 46;
    /**
     * The texts that the rules of the build replace, and those that they do not know and no source may contain:
     * literals, bounds of int.
     */
    private static final Pattern LEFTOVER = Pattern.compile(
            "\\bfloat(?![a-z0-9])|Float|FLOAT32|\\bFMatrix"
                    + "|@Bits\\s+int\\b|\\bInteger\\b|Int(Vector|Bits)|intBits|AsInts"
                    + "|(?<![\\w.])(\\d[\\d_]*\\.?[\\d_]*([eE][-+]?\\d+)?|\\.\\d+([eE][-+]?\\d+)?|0[xX][\\da-fA-F_.]+[pP][-+]?\\d+)[fF]\\b");

    @Test
    void doubleSources_asMadeOfThoseForFloat_haveNothingOfFloatLeft() throws IOException, URISyntaxException {
        List<String> leftovers = new ArrayList<>();
        for (Path file : sources(generated(), "Double")) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (LEFTOVER.matcher(lines.get(i)).find()) {
                    leftovers.add(file.getFileName() + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        assertEquals(List.of(), leftovers, "mark integers that hold bits with @Bits, write numbers without an f");
        assertEquals(MADE, sources(generated(), "Double").size());
    }

    @Test
    void floatSources_all_haveOneTwinOfDouble() throws IOException, URISyntaxException {
        Set<String> twins = names(sources(written(), "Float"));
        Set<String> made = names(sources(generated(), "Double"));
        Set<String> byHand = names(sources(written(), "Double"));
        assertEquals(Set.of("Constants.java"), byHand);
        assertTrue(made.stream().noneMatch(byHand::contains));
        made.addAll(byHand);
        assertEquals(twins, made);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "float x = 1;",
                "x.floatBytes()",
                "FloatKernels",
                "x.reinterpretAsFloats()",
                "Precision.FLOAT32",
                "FMatrixRMaj",
                "@Bits int bits",
                "Integer.MAX_VALUE",
                "VectorSpecies<Integer>",
                "IntVector",
                "Double.doubleToRawIntBits(x)",
                "Double.intBitsToDouble(n)",
                "x.reinterpretAsInts()",
                "x * 2f",
                "x * 0.5f",
                "x * .5F",
                "x * 1e-3f",
                "x * 0x1.8p23f"
            })
    void leftover_ofFloat_isFound(String line) {
        assertTrue(LEFTOVER.matcher(line).find(), line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double x = 0x1.8p23;",
                "@Bits long bits = 0xffL & 0xff;",
                "int f0f = c0f + 1;",
                "new AtomicInteger()",
                "LongVector",
                "4 MiB of float32"
            })
    void leftover_ofWhatBothHave_isNone(String line) {
        assertFalse(LEFTOVER.matcher(line).find(), line);
    }

    private static Set<String> names(List<Path> files) {
        Set<String> names = new TreeSet<>();
        for (Path file : files) {
            assertTrue(names.add(file.getFileName().toString().replaceFirst("^(Float|Double)", "")), file::toString);
        }
        return names;
    }

    private static List<Path> sources(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(prefix + "\\w+\\.java"))
                    .sorted()
                    .toList();
        }
    }

    private static Path written() throws URISyntaxException {
        return target().resolveSibling("src/main/java");
    }

    private static Path generated() throws URISyntaxException {
        return target().resolve("generated-sources/double");
    }

    private static Path target() throws URISyntaxException {
        Path classes = Path.of(Kernels.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return classes.getParent();
    }
}
