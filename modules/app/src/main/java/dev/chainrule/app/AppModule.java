package dev.chainrule.app;

import com.google.inject.AbstractModule;
import dev.chainrule.api.Console;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.Interruption;
import java.time.Clock;

/** Wire what commands that run a network need, whatever the run. */
final class AppModule extends AbstractModule {
    private final Context context;
    private final Console console;
    private final Registry registry;
    private final Interruption interruption;

    AppModule(Context context, Console console, Registry registry, Interruption interruption) {
        this.context = context;
        this.console = console;
        this.registry = registry;
        this.interruption = interruption;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        bind(Clock.class).toInstance(context.clock());
        bind(Console.class).toInstance(console);
        bind(Registry.class).toInstance(registry);
        bind(Interruption.class).toInstance(interruption);
        bind(ProgramInfo.class).toInstance(ProgramInfo.current());
    }
}
