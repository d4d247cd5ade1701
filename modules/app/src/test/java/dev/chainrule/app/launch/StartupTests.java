package dev.chainrule.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.Entry;
import dev.chainrule.app.testing.InProcess;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The classes that a simple command does not load, so that it starts fast; see docs/STARTUP.md. */
final class StartupTests {
    private static final List<String> SLOW = List.of(
            "com.google.",
            "java.lang.runtime.ObjectMethods",
            "java.util.logging.",
            "picocli.",
            "dev.chainrule.app.command.RunCommand");

    @Test
    void validate_ofConfigsAlone_loadsNothingSlow() {
        Jvm.Result result = new Jvm(Entry.MAIN.getName())
                .options("-Xlog:class+load")
                .in(InProcess.ROOT)
                .run(
                        "validate",
                        "configs/xor.yaml",
                        "configs/mazur.yaml",
                        "configs/flowers.yaml",
                        "configs/houses.yaml");
        assertEquals(0, result.code(), result.err());
        Set<String> loaded = result.out()
                .lines()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.replaceFirst(" source: .*", "").replaceFirst(".* ", ""))
                .collect(Collectors.toSet());
        assertTrue(loaded.contains("dev.chainrule.app.command.ValidateCommand"), loaded::toString);
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(name -> SLOW.stream().anyMatch(name::startsWith))
                        .sorted()
                        .toList());
    }
}
