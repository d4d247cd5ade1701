package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

final class RequestTests {
    /** A new command fails here until somebody has decided. */
    @Test
    void computes_eachCommand_isDecided() {
        assertEquals(
                List.of("run", "resume", "rerun", "verify", "report", "evaluate", "explain-model", "predict"),
                names(Request::computes));
        assertEquals(List.of("run", "resume", "rerun", "verify"), names(Request::trains));
    }

    @Test
    void type_eachCommand_hasItsName() {
        for (KnownCommand command : KnownCommand.values()) {
            assertEquals(
                    command.word(), command.type().getAnnotation(Command.class).name());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"configs/mnist.yaml", "--threads 1 configs/mnist.yaml", "no-such.yaml", "-v"})
    void of_noCommand_isARun(String line) {
        Request request = Request.of(line.split(" "));
        assertEquals(Optional.of(KnownCommand.RUN), request.command());
        assertEquals(List.of(("run " + line).split(" ")), request.arguments());
        assertTrue(request.computes());
    }

    @Test
    void of_wordOfAFile_isARun(@TempDir Path folder) throws IOException {
        Path config = Files.createFile(folder.resolve("config"));
        assertEquals(
                Optional.of(KnownCommand.RUN), Request.of(config.toString()).command());
    }

    @Test
    void of_unknownWord_isNeitherARunNorComputes() {
        Request request = Request.of("valdate", "x.yaml");
        assertEquals(Optional.of("valdate"), request.unknown());
        assertFalse(request.computes());
    }

    @Test
    void of_noArguments_addressesTheProgram() {
        Request request = Request.of();
        assertEquals(Optional.empty(), request.command());
        assertEquals(Optional.empty(), request.unknown());
        assertFalse(request.computes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "-V", "--version"})
    void computes_helpOrVersionAnywhere_doesNot(String option) {
        assertFalse(Request.of(option).computes());
        assertFalse(Request.of("run", option).computes());
        assertFalse(Request.of("run", "configs/mnist.yaml", option).trains());
        assertEquals(Optional.empty(), Request.of(option).unknown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version"})
    void isVersion_optionAlone_isTrue(String option) {
        assertTrue(Request.of(option).isVersion());
        assertFalse(Request.of(option, "run").isVersion());
        assertFalse(Request.of("run", option).isVersion());
    }

    private static List<String> names(Predicate<Request> condition) {
        return KnownCommand.names().stream()
                .filter(name -> condition.test(Request.of(name, "x")))
                .toList();
    }
}
