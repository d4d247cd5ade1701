package dev.chainrule.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.chainrule.app.testing.InProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules between modules that no pom states: a prediction needs little, and the engine knows no component. */
final class ModuleTests {
    private static final String MODEL = "dev.chainrule.model..";
    private static final String[] COMPONENTS = {
        "dev.chainrule.model.activation..",
        "dev.chainrule.model.composite..",
        "dev.chainrule.model.cost..",
        "dev.chainrule.model.initializer..",
        "dev.chainrule.model.join..",
        "dev.chainrule.model.layer..",
        "dev.chainrule.model.shape..",
        "dev.chainrule.model.transform..",
        "dev.chainrule.model.window.."
    };
    private static final Pattern DEPENDENCY =
            Pattern.compile("<artifactId>([\\w-]+)</artifactId>\\s*(?:<scope>(\\w+)</scope>\\s*)?</dependency>");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.chainrule");

    @Test
    void model_all_dependsOnMathAndApiAlone() throws IOException {
        classes()
                .that()
                .resideInAPackage(MODEL)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", MODEL, "dev.chainrule.math", "dev.chainrule.api..")
                .check(classes);
        List<String> needed = DEPENDENCY
                .matcher(Files.readString(InProcess.ROOT.resolve("modules/model/pom.xml")))
                .results()
                .filter(match -> match.group(2) == null)
                .map(match -> match.group(1))
                .toList();
        assertEquals(List.of("chainrule-api"), needed);
    }

    /** Else a built-in component could have what one of a plugin has not. */
    @Test
    void components_andTheRest_doNotKnowEachOther() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.chainrule.builtin..")
                .and()
                .resideOutsideOfPackages(COMPONENTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMPONENTS)
                .check(classes);
        noClasses()
                .that()
                .resideInAnyPackage(COMPONENTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.chainrule.model", "dev.chainrule.model.network")
                .check(classes);
    }
}
