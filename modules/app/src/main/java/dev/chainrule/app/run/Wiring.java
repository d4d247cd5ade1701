package dev.chainrule.app.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.Stage;

/** The use of Guice by this program: only what modules bind is constructed, by constructors marked for it, and all of it at once. */
public final class Wiring {
    private Wiring() {}

    /** Create an injector. */
    public static Injector of(Module... modules) {
        // Otherwise Guice generates code by Unsafe, of which JDK 24 and later warn. It reads this once, when its first
        // class loads.
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
