package dev.chainrule.app;

import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.run.Wiring;

/**
 * Make what a command will need while its arguments and its YAML are still being read, on a second core. Nothing depends on
 * it but how soon there is an answer, or a first step. It must not log: SLF4J hands out substitutes while another thread
 * initialises it.
 */
final class HeadStart implements Runnable {
    private final boolean running;

    private HeadStart(boolean running) {
        this.running = running;
    }

    /**
     * Begin, on a thread that keeps no JVM alive.
     *
     * @param running whether a network will run, for which there is more to load
     */
    static void begin(boolean running) {
        Thread thread = new Thread(new HeadStart(running), "chainrule-head-start");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            ConfigLoader.warmUp();
            if (running) {
                Wiring.warmUp();
            }
        } catch (RuntimeException | LinkageError e) {
            // whoever needs what failed here meets the same, and tells it to the user
        }
    }
}
