package dev.chainrule.app.launch;

/** Keep libraries from speaking of themselves on standard error. */
final class Quiet {
    private Quiet() {}

    /**
     * Let SLF4J report errors of its own alone. Newer JDKs ask for a logger when a process starts another or when a signal ends it;
     * where that happens while the library is being loaded, it would tell the user so.
     */
    static void logging() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }
}
