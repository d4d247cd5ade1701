package dev.chainrule.app.testing;

/** Make plugins as their authors would. */
public final class Plugins {
    private Plugins() {}

    /**
     * Return a plugin with the activation {@code square}, a = z².
     *
     * @param derivative its author's idea of σ′(z)
     */
    public static TestJar square(String derivative) {
        return square("z * z", derivative);
    }

    /** Return a plugin with the activation {@code square} of these expressions of z. */
    public static TestJar square(String value, String derivative) {
        return plugin("Square", """
                import dev.chainrule.api.*; import dev.chainrule.api.error.*; import dev.chainrule.api.training.*;

                @Component("square")
                @Doc("The square of z.")
                public record Square() implements Elementwise {
                    @Override
                    public double value(double z) {
                        return %s;
                    }

                    @Override
                    public double derivative(double z, double a) {
                        return %s;
                    }
                }
                """.formatted(value, derivative));
    }

    /**
     * Return a plugin with the hook {@code faulty}.
     *
     * @param statement its code at the end of each epoch
     */
    public static TestJar faulty(String statement) {
        return plugin("Faulty", """
                import dev.chainrule.api.*; import dev.chainrule.api.error.*; import dev.chainrule.api.training.*;

                @Component("faulty")
                @Doc("Goes wrong.")
                public record Faulty() implements HookSpec {
                    @Override
                    public Hook create(Run run) {
                        return new Hook() {
                            @Override
                            public void onEpochEnd() {
                                %s
                            }
                        };
                    }
                }
                """.formatted(statement));
    }

    /** Return a plugin with one component, a class without a package. */
    public static TestJar plugin(String component, String source) {
        return new TestJar()
                .source(component, source)
                .source("Entry", """
                        import dev.chainrule.api.*; import dev.chainrule.api.error.*; import dev.chainrule.api.training.*;
                        import java.util.List;

                        public final class Entry implements Plugin {
                            @Override
                            public int apiLevel() {
                                return Api.LEVEL;
                            }

                            @Override
                            public List<Class<? extends Record>> components() {
                                return List.of(%s.class);
                            }
                        }
                        """.formatted(component))
                .plugin("Entry");
    }
}
