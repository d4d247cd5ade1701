package dev.chainrule.app.testing;

/**
 * A plugin of which every class creates a file when it is initialised: the plugin itself, its component, the enum and the record in
 * its parameters, and an annotation's default.
 */
public final class Canary {
    /** Where a canary writes, since a jar is compiled once and not for each test. */
    public static final String SINGS_INTO = "canary.sings.into";

    private Canary() {}

    /** Return a jar with nothing but the class that is the plugin. */
    public static TestJar empty(int build) {
        return new TestJar().plugin("Entry").source("Sing", sing(build)).source("Entry", """
                import dev.chainrule.api.*;
                import java.util.List;

                public final class Entry implements Plugin {
                    static { Sing.now(); }
                    public int apiLevel() { return Api.LEVEL; }
                    public List<Class<? extends Record>> components() { return List.of(); }
                }
                """);
    }

    private static String sing(int build) {
        return """
                final class Sing {
                    static int now() {
                        try {
                            java.nio.file.Files.writeString(java.nio.file.Path.of(System.getProperty("canary.sings.into")), "%d");
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                        return 1;
                    }
                }
                """.formatted(build);
    }

    /** Return a jar whose classes all sing when they are initialised. */
    public static TestJar jar(int build) {
        return empty(build)
                .source("Entry", """
                        import dev.chainrule.api.*;
                        import java.util.List;

                        public final class Entry implements Plugin {
                            static { Sing.now(); }
                            public int apiLevel() { return Api.LEVEL; }
                            public List<Class<? extends Record>> components() { return List.of(Canary.class); }
                        }
                        """)
                .source("Song", "public enum Song { LOW, HIGH; static { Sing.now(); } }")
                .source("Note", """
                        import java.lang.annotation.*;

                        @Retention(RetentionPolicy.RUNTIME)
                        public @interface Note {
                            int SUNG = Sing.now();
                            Song value() default Song.LOW;
                        }
                        """)
                .source("Perch", """
                        import dev.chainrule.api.*;

                        public record Perch(@Note @Doc("How high.") @Default("1") int height) {
                            static { Sing.now(); }
                        }
                        """)
                .source("Canary", """
                        import dev.chainrule.api.*;

                        @Note
                        @Component("canary")
                        @Doc("Sings.")
                        public record Canary(
                                @Note @Doc("How sharp.") @Default("1") int sharp,
                                @Doc("The song.") @Default("low") Song song,
                                @Note(Song.HIGH) @Doc("Where it sits.") java.util.Optional<Perch> perch)
                                implements Elementwise {
                            static { Sing.now(); }
                            public double value(double z) { return z * z; }
                            public double derivative(double z, double a) { return 2 * z; }
                        }
                        """);
    }
}
