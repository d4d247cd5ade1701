package dev.chainrule.app;

import com.google.inject.Guice;
import com.google.inject.Stage;
import dev.chainrule.config.plugin.PluginLoader;
import java.util.List;

/**
 * Load and initialise what a run will need while its command line is still being read, on a second core. What it makes is thrown
 * away: nothing depends on it but the time to the first step. It must not log: SLF4J hands out substitutes while another thread
 * initialises it.
 */
final class HeadStart implements Runnable {
    private HeadStart() {}

    /** Begin, on a thread that keeps no JVM alive. */
    static void begin() {
        Thread thread = new Thread(new HeadStart(), "chainrule-head-start");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            new PluginLoader(HeadStart.class.getClassLoader()).load(List.of());
            Guice.createInjector(Stage.PRODUCTION);
        } catch (RuntimeException | LinkageError e) {
            // whoever needs what failed here meets the same, and tells it to the user
        }
    }
}
