package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.Context;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class FastPathTests {
    private final Context context = new Context(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            Map.of(),
            Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(strings = {"validate one.yaml", "validate one.yaml two.yaml configs/*.yaml", "run one.yaml"})
    void of_namesAlone_isWhatTheCommandLineWouldFill(String line) throws ReflectiveOperationException {
        String[] args = line.split(" ");
        Request request = Request.of(args);
        Object plain = FastPath.of(context, request).orElseThrow();
        CommandLine read = new CommandLine(request.command().orElseThrow().type(), new CommandFactory(context));
        read.registerConverter(Path.class, Path::of);
        read.parseArgs(List.of(args).subList(1, args.length).toArray(String[]::new));
        Map<String, Object> expected = values(read.getCommand(), "");
        assertEquals(expected, values(plain, ""));
        assertTrue(expected.size() >= 4, "options seen: " + expected);
    }

    @Test
    void of_anythingElse_isLeftToTheCommandLine() {
        List<String> taken = new ArrayList<>();
        List<String> others = List.of(
                "validate",
                "validate --strict one.yaml",
                "validate one.yaml --format json",
                "validate one.yaml -x",
                "run",
                "run one.yaml two.yaml",
                "run one.yaml --dry-run",
                "describe one.yaml",
                "--help");
        for (String line : others) {
            FastPath.of(context, Request.of(line.split(" "))).ifPresent(command -> taken.add(line));
        }
        assertEquals(List.of(), taken);
        assertTrue(FastPath.of(context, Request.of("validate", "")).isEmpty(), "an empty name");
    }

    /** Return the values of options and parameters, those of mixins under the mixin's name. */
    private static Map<String, Object> values(Object command, String prefix) throws ReflectiveOperationException {
        Map<String, Object> values = new TreeMap<>();
        for (Field field : command.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            if (field.isAnnotationPresent(Mixin.class)) {
                values.putAll(values(field.get(command), prefix + field.getName() + "."));
            } else if (Stream.of(Option.class, Parameters.class).anyMatch(field::isAnnotationPresent)) {
                values.put(prefix + field.getName(), field.get(command));
            }
        }
        return values;
    }
}
