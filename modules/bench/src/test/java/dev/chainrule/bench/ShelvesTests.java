package dev.chainrule.bench;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** The packages of bench, which other modules' tests do not see: no cycles. */
class ShelvesTests {
    @Test
    void packages_ofBench_haveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.chainrule.(**)")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.chainrule.bench"));
    }
}
