package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.chainrule.app.testing.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The rules of packages in all modules: no cycles, few types each, an introduction to each.
 *
 * <p>Cycles are looked for in byte code, here in all modules but bench, which has a test of its own. Types are counted in the
 * sources, where a reader sees them: those of tests too, and no sources that the build makes for {@code double}.
 */
class ShelvesTests {
    private static final int MOST_TYPES = 25;
    private static final int FEWEST_PACKAGES = 70;
    private static final List<String> MODULES =
            List.of("math", "api", "table", "config", "model", "engine", "builtin", "testkit", "app");
    private static final String INTRODUCTION = "package-info.java";

    @Test
    void packages_ofAllModules_haveNoCycles() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.chainrule");
        for (String module : MODULES) {
            assertTrue(
                    classes.stream().anyMatch(type -> type.getPackageName().startsWith("dev.chainrule." + module)),
                    "no classes of " + module);
        }
        SlicesRuleDefinition.slices()
                .matching("dev.chainrule.(**)")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    void packages_each_haveFewTypes() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (Path source : sources()) {
            if (!source.endsWith(INTRODUCTION)) {
                counts.merge(shelf(source), 1, Integer::sum);
            }
        }
        assertTrue(counts.size() >= FEWEST_PACKAGES, counts::toString);
        counts.values().removeIf(count -> count <= MOST_TYPES);
        assertEquals(Map.of(), counts, "more than " + MOST_TYPES + " types: split by what flows through them");
    }

    @Test
    void packages_each_areIntroduced() throws IOException {
        Set<String> without = new TreeSet<>();
        List<Path> sources = sources();
        for (Path source : sources) {
            without.add(name(source));
        }
        assertTrue(without.size() >= FEWEST_PACKAGES, without::toString);
        sources.stream()
                .filter(source -> source.endsWith(INTRODUCTION))
                .forEach(source -> without.remove(name(source)));
        assertEquals(Set.of(), without, "no " + INTRODUCTION);
    }

    private static List<Path> sources() throws IOException {
        Path modules = InProcess.ROOT.resolve("modules");
        try (Stream<Path> files = Files.walk(modules)) {
            return files.map(modules::relativize)
                    .filter(file -> file.toString().replace('\\', '/').matches("\\w+/src/\\w+/java/.*\\.java"))
                    .toList();
        }
    }

    /** Return a source's folder below modules. */
    private static String shelf(Path source) {
        return source.getParent().toString();
    }

    /** Return a source's package, the same for tests and their subjects. */
    private static String name(Path source) {
        return source.subpath(4, source.getNameCount() - 1).toString();
    }
}
