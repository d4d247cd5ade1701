package dev.chainrule.app.launch;

/** The suppression of libraries' messages about themselves on standard error. */
final class Quiet {
    private Quiet() {}

    /**
     * Restrict SLF4J to reports of its errors. Newer JDKs ask for a logger when a process starts another or when a signal ends it;
     * if that happens while the library is being loaded, it would print a note about that.
     */
    static void logging() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
}
