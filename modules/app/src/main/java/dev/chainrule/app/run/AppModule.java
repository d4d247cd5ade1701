package dev.chainrule.app.run;

import com.google.inject.AbstractModule;
import dev.chainrule.api.training.Console;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.config.compose.Secrets;
import dev.chainrule.engine.training.Interruption;
import java.time.Clock;

/** The surroundings of a run: clock, secrets, console, interruption, program. */
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
        bind(Clock.class).toInstance(context.clock());
        bind(Secrets.class).toInstance(context.secrets());
        bind(Console.class).toInstance(console);
        bind(Interruption.class).toInstance(interruption);
        bind(ProgramInfo.class).toInstance(ProgramInfo.current());
    }
}
