package dev.chainrule.app.launch;

import java.util.Optional;

/**
 * End this process at once when its parent has died, however it died.
 *
 * <p>By polling, since nothing tells a process of its parent's death, and {@link ProcessHandle#onExit} of a process that is not a
 * child polls ever more slowly. A dead parent that nobody has buried yet still counts as alive, but its children have been given
 * to another by then: so both are looked at.
 */
final class ParentWatch {
    private static final long INTERVAL_MILLISECONDS = 200;
    private static final int KILLED = 137;

    private ParentWatch() {}

    static void start(long parent) {
        Thread thread = new Thread(() -> watch(parent), "chainrule-parent-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(long parent) {
        while (mayBeAlive(parent)) {
            try {
                Thread.sleep(INTERVAL_MILLISECONDS);
            } catch (InterruptedException e) {
                // Only a plugin could want that, and the watch goes on.
            }
        }
        // Without shutdown hooks, as one process would have ended when killed; and they might wait.
        Runtime.getRuntime().halt(KILLED);
    }

    /** A run may use up all memory; then nobody can tell, and the watch asks again. */
    private static boolean mayBeAlive(long parent) {
        try {
            return isAlive(parent);
        } catch (OutOfMemoryError e) {
            return true;
        }
    }

    private static boolean isAlive(long parent) {
        Optional<ProcessHandle> current = ProcessHandle.current().parent();
        return current.isPresent()
                && current.get().pid() == parent
                && current.get().isAlive();
    }
}
