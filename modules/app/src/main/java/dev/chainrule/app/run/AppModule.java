package dev.chainrule.app.run;

import com.google.inject.AbstractModule;
import dev.chainrule.api.Console;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.config.compose.Secrets;
import dev.chainrule.engine.training.Interruption;
import java.time.Clock;

/** Wire what commands that run a network need, whatever the run. */
final class AppModule extends AbstractModule {
    private final Context context;
    private final Console console;
    private final Interruption interruption;

    AppModule(Context context, Console console, Interruption interruption) {
        this.context = context;
        this.console = console;
        this.interruption = interruption;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().disableCircularProxies();
        bind(Clock.class).toInstance(context.clock());
        bind(Secrets.class).toInstance(context.secrets());
        bind(Console.class).toInstance(console);
        bind(Interruption.class).toInstance(interruption);
        bind(ProgramInfo.class).toInstance(ProgramInfo.current());
    }
}
