package dev.chainrule.app;

import dev.chainrule.app.shell.Context;

/** The program's entries, which its package keeps to itself, for the tests of other packages. */
public final class Entry {
    /** The main class. */
    public static final Class<?> MAIN = Main.class;

    private Entry() {}

    /** Run a command and return its exit code. */
    public static int execute(Context context, String... args) {
        return new Program(context).execute(Request.of(args));
    }
}
