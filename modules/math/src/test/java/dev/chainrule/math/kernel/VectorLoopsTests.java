package dev.chainrule.math.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.math.Kernels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Hold the vector kernels to the rule of {@code SeparateLoop}, as their byte code shows it: C2 compiles every loop over vectors by
 * itself, since it either is too large to be inlined or is called through a handle alone.
 */
final class VectorLoopsTests {
    /** FreqInlineSize, in bytes of byte code: C2 inlines no larger method. */
    private static final int MOST_INLINED = 325;

    private static final int LOOPS_OF_A_PRECISION = 52;

    private static final Pattern METHOD = Pattern.compile("^  [^ ].*?([\\w$]+)\\(.*\\).*;$");
    private static final Pattern INSTRUCTION = Pattern.compile("^ +(\\d+): (\\w+)(?: +(.*))?$");
    private static final Pattern CALL =
            Pattern.compile("Method (?:dev/chainrule/math/kernel/vector/)?(?:([\\w/$]+)\\.)?\"?([\\w$<>]+)\"?:.*");
    private static final Pattern NAME = Pattern.compile("// String (\\w+)$");

    @Test
    void loopsOverVectors_ofAllKernels_areCompiledApart() throws IOException, URISyntaxException {
        List<Method> methods = methods();
        Set<String> called = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        for (Method method : methods) {
            called.addAll(method.calls);
            named.addAll(method.strings);
        }
        List<String> loops = new ArrayList<>();
        for (Method method : methods) {
            if (method.loopsOverVectors) {
                loops.add(method.key);
                boolean large = method.size > MOST_INLINED;
                boolean byHandle = named.contains(method.name()) && !called.contains(method.key);
                assertTrue(
                        large || byHandle,
                        method.key + " has " + method.size + " bytes: C2 may inline it into a loop of another kernel");
            }
        }
        assertEquals(
                LOOPS_OF_A_PRECISION,
                loops.stream()
                        .filter(key -> key.startsWith("Float") && !key.startsWith("VectorBytes"))
                        .count(),
                loops::toString);
        assertEquals(
                LOOPS_OF_A_PRECISION,
                loops.stream().filter(key -> key.startsWith("Double")).count(),
                loops::toString);
    }

    private static List<Method> methods() throws IOException, URISyntaxException {
        Path classes = Path.of(Kernels.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("dev/chainrule/math/kernel/vector");
        List<Method> methods = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path file : files.sorted().toList()) {
                methods.addAll(methods(file));
            }
        }
        return methods;
    }

    private static List<Method> methods(Path file) {
        StringWriter printed = new StringWriter();
        int code = ToolProvider.findFirst("javap")
                .orElseThrow()
                .run(new PrintWriter(printed), new PrintWriter(printed), "-c", "-p", file.toString());
        assertEquals(0, code, printed::toString);
        String owner = file.getFileName().toString().replace(".class", "");
        List<Method> methods = new ArrayList<>();
        for (String line : printed.toString().lines().toList()) {
            Matcher method = METHOD.matcher(line);
            Matcher instruction = INSTRUCTION.matcher(line);
            if (method.matches()) {
                methods.add(new Method(owner + "." + method.group(1)));
            } else if (line.equals("  static {};")) {
                methods.add(new Method(owner + ".static"));
            } else if (instruction.matches()) {
                methods.get(methods.size() - 1).take(owner, instruction);
            }
        }
        return methods;
    }

    /** A method as its byte code shows it. */
    private static final class Method {
        private final String key;
        private final Set<String> calls = new TreeSet<>();
        private final Set<String> strings = new TreeSet<>();
        private int size;
        private int lastOnVectors = -1;
        private boolean loopsOverVectors;

        Method(String key) {
            this.key = key;
        }

        String name() {
            return key.substring(key.indexOf('.') + 1);
        }

        void take(String owner, Matcher instruction) {
            size = Integer.parseInt(instruction.group(1)) + 1;
            String operation = instruction.group(2);
            String operands = String.valueOf(instruction.group(3));
            if (operation.startsWith("if") || operation.startsWith("goto")) {
                int target = Integer.parseInt(operands);
                loopsOverVectors |= target < size && target <= lastOnVectors;
            } else if (operation.startsWith("ldc")) {
                Matcher name = NAME.matcher(operands);
                if (name.find()) {
                    strings.add(name.group(1));
                }
            } else if (operation.startsWith("invoke")) {
                if (operands.contains("jdk/incubator/vector/")) {
                    lastOnVectors = size;
                }
                Matcher call = CALL.matcher(operands);
                if (call.find()) {
                    calls.add((call.group(1) == null ? owner : call.group(1)) + "." + call.group(2));
                }
            }
        }
    }
}
