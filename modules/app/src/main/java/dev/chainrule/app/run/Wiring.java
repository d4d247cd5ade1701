package dev.chainrule.app.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import com.google.inject.multibindings.Multibinder;
import jakarta.inject.Inject;
import java.util.Set;

/** The use of Guice by this program: it constructs only bindings of modules, by constructors marked for it, and all at once. */
public final class Wiring {
    private Wiring() {}

    /** An object that Guice constructs. */
    @SuppressWarnings("UnusedVariable")
    private static final class Sample {
        @Inject
        Sample(Set<String> texts) {}
    }

    /** Load the Guice classes that wiring a run needs, by wiring next to nothing. */
    public static void warmUp() {
        of(binder -> {
            Multibinder.newSetBinder(binder, String.class).addBinding().toInstance("");
            binder.bind(Sample.class).in(Singleton.class);
        });
    }

    /** Create an injector. */
    public static Injector of(Module... modules) {
        // Otherwise Guice generates code by Unsafe, about which JDK 24 and later warn. It reads this once, when its
        // first class loads.
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
        return Guice.createInjector(Stage.PRODUCTION, binder -> {
            binder.requireExplicitBindings();
            binder.requireAtInjectOnConstructors();
            binder.disableCircularProxies();
            for (Module module : modules) {
                binder.install(module);
            }
        });
    }
}
