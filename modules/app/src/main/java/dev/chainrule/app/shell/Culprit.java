package dev.chainrule.app.shell;

import dev.chainrule.engine.record.Blame;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** A search of all threads' stacks for the plugin whose code is at work. */
public final class Culprit {
    private final Components components;

    public Culprit(Components components) {
        this.components = components;
    }

    /** Return the plugin that is ending the JVM by {@code System.exit}; empty if there is none. */
    Optional<Blame> exiting() {
        return find("it called System.exit", true);
    }

    /** Return the plugin whose code is running or waiting. */
    public Optional<Blame> busy(String what) {
        return find(what, false);
    }

    private Optional<Blame> find(String what, boolean exiting) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !exiting || isExiting(thread.getValue()))
                .sorted((a, b) -> Integer.compare(rank(a.getKey()), rank(b.getKey())))
                .map(Map.Entry::getValue)
                .flatMap(stack -> blame(what, stack).stream())
                .findFirst();
    }

    /** The training thread comes first, then the computing threads. */
    private static int rank(Thread thread) {
        return thread.getName().equals("main") ? 0 : thread.getState() == Thread.State.RUNNABLE ? 1 : 2;
    }

    private static boolean isExiting(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }

    private Optional<Blame> blame(String what, StackTraceElement[] stack) {
        Throwable here = new IllegalStateException(what);
        here.setStackTrace(stack);
        return PluginFailure.plugin(here, components.latest()).map(blame -> blame.saying(what));
    }
}
