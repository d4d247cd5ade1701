package dev.chainrule.app;

import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.run.Wiring;
import dev.chainrule.app.shell.Components;

/**
 * The loading of classes and components that a command will need, on a second core, while its arguments and its YAML are still
 * being read. It affects only the time to the first answer or step. It must not log: SLF4J hands out substitutes while another
 * thread initialises it.
 */
final class WarmUp implements Runnable {
    private final Components components;
    private final boolean training;

    private WarmUp(Components components, boolean training) {
        this.components = components;
        this.training = training;
    }

    /**
     * Begin, on a thread that keeps no JVM alive.
     *
     * @param training whether a training will be wired, which needs more classes
     */
    static void begin(Components components, boolean training) {
        Thread thread = new Thread(new WarmUp(components, training), "chainrule-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            ConfigLoader.warmUp(components);
            if (training) {
                Wiring.warmUp();
            }
        } catch (RuntimeException | LinkageError e) {
            // the code that needs the failed part fails in the same way and reports it
        }
    }
}
