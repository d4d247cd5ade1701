package dev.chainrule.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.Shutdown;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java code that runs a command keeps its JVM. */
final class CalledFromJavaTests {
    /** The program's entry, and the watch of a child that its parent has left; neither is public. */
    private static final List<String> MAY_EXIT =
            List.of("dev.chainrule.app.Main", "dev.chainrule.app.launch.ParentWatch");
    /** Ends a JVM that the entry has given it to guard, and no other. */
    private static final String GUARD = "dev.chainrule.app.shell.Shutdown";

    @TempDir
    private Path folder;

    @Test
    void run_anyCommand_returnsItsExitCode() {
        new Shell(folder).file("gates.yaml", Samples.GATES).file("broken.yaml", "name: [");
        assertTrue(printed(ExitCode.DONE, "--version").startsWith("chainrule "));
        printed(ExitCode.DONE, "validate", path("gates.yaml"));
        printed(ExitCode.DONE, "run", path("gates.yaml"), "--run-dir", path("run"));
        printed(ExitCode.INPUT, "run", path("broken.yaml"));
        printed(ExitCode.INPUT, "nonsense");
        assertTrue(printed(ExitCode.DONE, "evaluate", path("run"), "--data", "train")
                .contains("train.loss"));
    }

    @Test
    void classes_butTheEntry_neverEndTheJvm() throws ClassNotFoundException {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.chainrule");
        noClasses()
                .that(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are not the entry or its guard",
                        type -> !MAY_EXIT.contains(type.getFullName())
                                && !type.getFullName().equals(GUARD)))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(classes);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(MAY_EXIT.get(0))
                .should()
                .callMethod(Shutdown.class, "leave", int.class)
                .orShould()
                .callMethod(Shutdown.class, "guardProcess", Consumer.class)
                .check(classes);
        for (String name : MAY_EXIT) {
            assertTrue(classes.contain(name), name);
            assertFalse(Modifier.isPublic(Class.forName(name).getModifiers()), name);
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String printed(int expected, String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(all, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            assertEquals(expected, Program.run(args));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return all.toString(StandardCharsets.UTF_8);
    }
}
