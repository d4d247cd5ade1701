package dev.chainrule.app.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.Entry;
import dev.chainrule.app.shell.Components;
import dev.chainrule.app.testing.InProcess;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes that a simple command does not load, so that it starts fast; see docs/STARTUP.md. */
final class StartupTests {
    private static final List<String> SLOW = List.of(
            "com.google.",
            "java.lang.runtime.ObjectMethods",
            "java.util.logging.",
            "picocli.",
            "dev.chainrule.app.command.RunCommand");

    /** The components that configs/xor.yaml names, those of omitted parameters, and the default metrics. */
    private static final String USED = "Accuracy Adam ConstantRate CrossEntropy Dense GradientCheckHook"
            + " InlineSource MeanAbsoluteError MeanLoss MeanSquaredError ProgressHook Softmax Tanh XavierUniform Zeros";

    private static final int MOST_LAMBDAS = 180;

    @Test
    void validate_ofConfigsAlone_loadsNothingSlow() {
        Set<String> loaded =
                loaded("configs/xor.yaml", "configs/mazur.yaml", "configs/flowers.yaml", "configs/houses.yaml");
        assertTrue(loaded.contains("dev.chainrule.app.command.ValidateCommand"), loaded::toString);
        assertEquals(
                List.of(),
                loaded.stream()
                        .filter(name -> SLOW.stream().anyMatch(name::startsWith))
                        .sorted()
                        .toList());
    }

    @Test
    void validate_ofOneConfig_loadsNoOtherComponents() {
        Set<String> loaded = loaded("configs/xor.yaml");
        String components = new Components()
                .builtIn().all().stream()
                        .filter(component -> loaded.contains(component.recordName()))
                        .map(component -> component.record().getSimpleName())
                        .sorted()
                        .collect(Collectors.joining(" "));
        assertEquals(USED, components);
    }

    /** Each lambda that runs is a class defined at that moment; 165 ran when this was measured, with room for a few more. */
    @Test
    void validate_ofOneConfig_runsFewLambdas() {
        long lambdas = loaded("configs/xor.yaml").stream()
                .filter(name -> name.startsWith("dev.chainrule.") && name.contains("$$Lambda"))
                .count();
        assertTrue(lambdas <= MOST_LAMBDAS, () -> lambdas + " lambdas");
    }

    /** Return the classes that the command validate loads. */
    private static Set<String> loaded(String... configs) {
        Jvm.Result result = new Jvm(Entry.MAIN.getName())
                .options("-Xlog:class+load")
                .in(InProcess.ROOT)
                .run(Stream.concat(Stream.of("validate"), Stream.of(configs)).toArray(String[]::new));
        assertEquals(0, result.code(), result.err());
        return result.out()
                .lines()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.replaceFirst(" source: .*", "").replaceFirst(".* ", ""))
                .collect(Collectors.toSet());
    }
}
