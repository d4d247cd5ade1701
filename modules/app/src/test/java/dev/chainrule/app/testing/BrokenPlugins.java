package dev.chainrule.app.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Make plugins with one mistake each, as their authors might. */
public final class BrokenPlugins {
    public static final String SERVICES = "META-INF/services/dev.chainrule.api.Plugin";

    private static final String SWISH = """
            import dev.chainrule.api.*; import dev.chainrule.api.error.*; import dev.chainrule.api.training.*;
            import dev.chainrule.math.Strict;

            @Component("swish")
            @Doc("z · sigmoid(beta · z).")
            public record Swish(@Doc("How sharply it bends.") @Default("1") double beta) implements Elementwise {
                public double value(double z) {
                    return z * Strict.sigmoid(beta * z);
                }

                public double derivative(double z, double a) {
                    double s = Strict.sigmoid(beta * z);
                    return s + beta * a * (1 - s);
                }
            }
            """;
    private static final String ENTRY = """
            import dev.chainrule.api.*; import dev.chainrule.api.error.*; import dev.chainrule.api.training.*;
            import java.util.List;

            public final class Entry implements Plugin {
                public int apiLevel() {
                    return Api.LEVEL;
                }

                public List<Class<? extends Record>> components() {
                    return List.of(Swish.class);
                }
            }
            """;

    /** The jars by name, made when they are asked for. */
    private final Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();

    public BrokenPlugins() {
        services();
        entries();
        levels();
        records();
        defaults();
        files();
        contracts();
    }

    public static Map<String, Supplier<byte[]>> all() {
        return new BrokenPlugins().all;
    }

    /** Return a jar with nothing wrong. */
    public static TestJar good() {
        return with(SWISH);
    }

    /** Return a jar with nothing wrong whose component has a parameter that must be given. */
    public static TestJar withoutDefault() {
        return with(replaced(SWISH, " @Default(\"1\")", ""));
    }

    private static TestJar with(String record) {
        return new TestJar().source("Swish", record).source("Entry", ENTRY).plugin("Entry");
    }

    private static TestJar withEntry(String from, String to) {
        return good(ENTRY, from, to);
    }

    private static TestJar good(String entry, String from, String to) {
        return new TestJar()
                .source("Swish", SWISH)
                .source("Entry", replaced(entry, from, to))
                .plugin("Entry");
    }

    private static String replaced(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalArgumentException("not in the source: " + from);
        }
        return text.replace(from, to);
    }

    private void add(String name, TestJar jar) {
        all.put(name, jar::bytes);
    }

    private void services() {
        add("services-missing", good().spoil(SERVICES, bytes -> null));
        add("services-missing-and-no-plugin", new TestJar().source("Swish", SWISH));
        add("services-elsewhere", good().move(SERVICES, "META-INF/service/dev.chainrule.api.Plugin"));
        add("services-empty", good().plugin("# soon\n"));
        add("services-two-classes", good().plugin("Entry\nOther\n"));
        add("class-missing", good().plugin("Entri\n"));
        add(
                "class-without-its-package",
                new TestJar()
                        .source("mine/Swish", "package mine;\n" + SWISH)
                        .source("mine/Entry", "package mine;\n" + ENTRY)
                        .plugin("Entry"));
        add("class-with-slashes", good().plugin("mine/Entry.class"));
        add("class-too-deep", good().move("Entry.class", "classes/Entry.class"));
        add(
                "class-of-another-package",
                new TestJar()
                        .source("mine/Swish", "package mine;\n" + SWISH)
                        .source("mine/Entry", "package mine;\n" + ENTRY)
                        .move("mine/Entry.class", "Entry.class")
                        .plugin("Entry"));
        add("sources-only", new TestJar().file("Swish.java", SWISH.getBytes(StandardCharsets.UTF_8)));
    }

    private void entries() {
        add("class-no-plugin", withEntry("implements Plugin", ""));
        add(
                "class-abstract",
                good(ENTRY, "final class Entry implements Plugin {", "abstract class Entry implements Plugin {"));
        add("class-not-public", withEntry("public final class", "final class"));
        add("constructor-missing", withEntry("public int apiLevel", "public Entry(int x) {}\n public int apiLevel"));
        add("constructor-private", withEntry("public int apiLevel", "private Entry() {}\n public int apiLevel"));
        String fails = "throw new IllegalStateException(\"no licence\");";
        add(
                "constructor-throws",
                withEntry("public int apiLevel", "public Entry() {" + fails + "}\n public int apiLevel"));
        add(
                "constructor-calls-itself",
                withEntry("public int apiLevel", "private Entry x = new Entry();\n public int apiLevel"));
        add(
                "initialiser-throws",
                withEntry("public int apiLevel", "static { if (Api.LEVEL > 0) " + fails + "}\n public int apiLevel"));
        add("level-throws", withEntry("return Api.LEVEL;", "throw new UnsupportedOperationException();"));
        add("components-null", withEntry("return List.of(Swish.class);", "return null;"));
        add("components-empty", withEntry("List.of(Swish.class)", "List.of()"));
        add("components-with-null", withEntry("List.of(Swish.class)", "java.util.Collections.singletonList(null)"));
    }

    private void levels() {
        add("level-older", withEntry("Api.LEVEL", "0"));
        add("level-newer", withEntry("Api.LEVEL", "99"));
        add("java-newer", good().spoil("Entry.class", BrokenPlugins::newer));
        add("java-newer-component", good().spoil("Swish.class", BrokenPlugins::newer));
        add(
                "library-missing",
                withEntry("List.of(Swish.class)", "Library.swish()")
                        .source("Library", """
                                public final class Library {
                                    static java.util.List<Class<? extends Record>> swish() {
                                        return java.util.List.of(Swish.class);
                                    }
                                }
                                """)
                        .spoil("Library.class", bytes -> null));
        add(
                "library-of-the-program",
                withEntry("return Api.LEVEL;", "return new org.yaml.snakeyaml.Yaml() == null ? 0 : Api.LEVEL;"));
        add(
                "internal-class",
                withEntry(
                        "return Api.LEVEL;",
                        "return dev.chainrule.math.kernel.KernelParts.plain() == null ? 0 : Api.LEVEL;"));
        add("component-missing", good().spoil("Swish.class", bytes -> null));
        add("api-different", good().spoil("Swish.class", bytes -> swapped(bytes, "Elementwise", "Elementwide")));
    }

    private void records() {
        add("component-without-annotation", with(replaced(SWISH, "@Component(\"swish\")", "")));
        add("component-without-doc", with(replaced(SWISH, "@Doc(\"z · sigmoid(beta · z).\")", "")));
        add("parameter-without-doc", with(replaced(SWISH, "@Doc(\"How sharply it bends.\")", "")));
        add("name-illegal", with(replaced(SWISH, "\"swish\"", "\"Swish-1\"")));
        add("name-of-a-built-in", with(replaced(SWISH, "\"swish\"", "\"relu\"")));
        add(
                "name-twice",
                good(ENTRY, "List.of(Swish.class)", "List.of(Swish.class, Other.class)")
                        .source("Other", replaced(SWISH, "record Swish", "record Other")));
        add("extension-point-missing", with(replaced(SWISH, "implements Elementwise", "")));
        add("extension-points-two", with(replaced(SWISH, "implements Elementwise {", """
                        implements Elementwise, Schedule {
                        public double rate(Progress progress) { return 1; }
                        """)));
        add("parameter-of-odd-type", with(replaced(SWISH, ") implements", ", @Doc(\"Odd.\") float[] odd) implements")));
        add("parameter-named-type", with(replaced(SWISH, ") implements", ", @Doc(\"A type.\") int type) implements")));
        add(
                "component-no-record",
                withEntry("List.of(Swish.class)", "(List<Class<? extends Record>>) (Object) List.of(Entry.class)"));
    }

    private void defaults() {
        add("default-no-number", with(replaced(SWISH, "@Default(\"1\")", "@Default(\"steep\")")));
        add("default-no-yaml", with(replaced(SWISH, "@Default(\"1\")", "@Default(\"{1\")")));
        add(
                "default-of-unknown-component",
                with(replaced(
                        SWISH,
                        ") implements",
                        ", @Doc(\"Inside.\") @Default(\"sofmax\") Activation inner) implements")));
        add("default-refused", with(replaced(SWISH, "Elementwise {", """
                        Elementwise {
                            public Swish {
                                ParameterException.require(beta > 1, "beta", beta, "above 1");
                            }
                        """)));
        add("default-crashes", with(replaced(SWISH, "Elementwise {", """
                        Elementwise {
                            public Swish {
                                if (beta > 0) {
                                    throw new IllegalStateException("no luck");
                                }
                            }
                        """)));
    }

    private void files() {
        all.put("file-of-text", () -> "hello".getBytes(StandardCharsets.UTF_8));
        all.put("file-empty", () -> new byte[0]);
        all.put("jar-cut", () -> {
            byte[] bytes = good().bytes();
            return Arrays.copyOf(bytes, bytes.length / 2);
        });
        all.put("jar-corrupt", () -> {
            byte[] bytes = good().bytes();
            Arrays.fill(bytes, 200, bytes.length - 1000, (byte) 0x55);
            return bytes;
        });
        add("class-damaged", good().spoil("Entry.class", bytes -> Arrays.copyOf(bytes, bytes.length / 2)));
        add("class-empty", good().spoil("Entry.class", bytes -> new byte[0]));
    }

    private void contracts() {
        add("derivative-wrong", with(replaced(SWISH, "s + beta", "beta")));
        add(
                "value-throws",
                with(replaced(
                        SWISH, "return z *", "if (z > 3) throw new ArithmeticException(\"too far\"); return z *")));
        add(
                "internal-class-later",
                with(replaced(
                        SWISH,
                        "return z *",
                        "if (z > 1e9) dev.chainrule.math.kernel.KernelParts.plain(); return z *")));
        add("method-missing", good().spoil("Swish.class", bytes -> swapped(bytes, "sigmoid", "sigmund")));
        add("calls-differ-elsewhere", with(replaced(SWISH, "double s = Strict.sigmoid(beta * z);", """
                        double s = Strict.sigmoid(beta * z);
                        if (z > 1000) {
                            java.util.function.DoubleUnaryOperator exp = Math::exp;
                            s = 1 / (1 + Math.exp(-beta * z));
                            long now = System.nanoTime() + System.currentTimeMillis();
                            int order = new java.util.HashMap<>().size() + new java.util.HashSet<>().size();
                            double drawn = Math.random() + new java.util.Random(1).nextDouble();
                            String text = "X".toLowerCase() + new String(new byte[0]) + java.util.TimeZone.getDefault();
                            new Thread(() -> {}).start();
                        }
                        """)));
    }

    /** Write a class file's version: that of a Java to come. */
    private static byte[] newer(byte[] bytes) {
        bytes[7] = 99 + 44 - 256;
        return bytes;
    }

    /** Replace a name by another of the same length, as if it had been compiled against another version. */
    private static byte[] swapped(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return replaced(text, from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
