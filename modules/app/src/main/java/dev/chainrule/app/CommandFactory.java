package dev.chainrule.app;

import dev.chainrule.app.shell.Context;
import java.lang.reflect.Constructor;
import picocli.CommandLine;

/** The factory of commands, which passes the context to those that take it. */
final class CommandFactory implements CommandLine.IFactory {
    private final Context context;

    CommandFactory(Context context) {
        this.context = context;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Context.class) {
                return type.cast(constructor.newInstance(context));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
