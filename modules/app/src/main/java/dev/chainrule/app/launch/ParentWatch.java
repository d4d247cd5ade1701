package dev.chainrule.app.launch;

import java.util.Optional;

/**
 * The watch that ends this process at once when its parent has died, for any reason.
 *
 * <p>By polling, since a process is not notified of its parent's death, and {@link ProcessHandle#onExit} of a process that is not a
 * child polls ever more slowly. A dead parent that nobody has reaped yet still counts as alive, but its children already have
 * another parent: so both are checked.
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
                // Only a plugin could interrupt this thread; the watch continues.
            }
        }
        // Without shutdown hooks, as if this process had been killed; hooks might wait.
        Runtime.getRuntime().halt(KILLED);
    }

    /** A run may use up all memory; then the parent's state is unknown, and the watch asks again. */
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
