package dev.chainrule.app.launch;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/*
 * Why a second process. The kernels' vector form needs the module jdk.incubator.vector. No manifest attribute adds a module, and a
 * module layer created later does not get the compiler's intrinsics. So the program starts itself again with --add-modules, and this
 * JVM only waits. To the user the two are one:
 *
 *   stdin, stdout   are inherited, so that the child has the same terminal, pipe or file; nothing is copied.
 *   stderr          is a pipe, because the child's JVM announces the module there and no flag prevents it. The output of the JVM
 *                   before the child's main() is read, one line is dropped and the rest passed on; from main() on every byte is
 *                   passed on at once (StandardError). If stdout and stderr are one file, as on a terminal, the child writes its
 *                   messages to stdout instead, which preserves the order of the two.
 *   arguments       arrive unchanged in any locale (Arguments); JVM options are those of this JVM (JvmOptions).
 *   exit code       is the child's. Only its 0 is replaced by another number (Child.DONE): a plugin can end the JVM with 0 in the
 *                   middle of a run, which is not a success.
 *   signals         Ctrl-C on a terminal reaches both. A signal sent to this process alone is relayed (SignalRelay); the JVM's own
 *                   exit code for it, 130 or 143, is that of a single process. This process distinguishes a second request from the
 *                   first for both (SecondRequest). If this process is killed, the child ends (ParentWatch).
 *
 * If the module is missing or the child cannot start, the program runs here: the same bits, slower.
 */

/** The launcher of a child JVM with the Vector API, used if this JVM lacks it and a child can have it. */
public final class Launcher {
    /**
     * The system property, and in upper case with underscores the environment variable, with the value {@code off}, or {@code
     * archive} to create the archive from which later starts are faster.
     */
    public static final String SWITCH = "chainrule.launcher";

    static final String MODULE = "jdk.incubator.vector";

    private static final String OFF = "off";
    private static final int FIRST_SIGNAL = 128;
    private static final int FAILED = 1;

    private Launcher() {}

    /**
     * The outcome of a launch.
     *
     * @param code the child's exit code; empty if the program must run here
     * @param reason why it must run here; empty if this JVM has everything it needs
     */
    public record Outcome(OptionalInt code, Optional<String> reason) {
        static Outcome ended(int code) {
            return new Outcome(OptionalInt.of(code), Optional.empty());
        }

        static Outcome here(String reason) {
            return new Outcome(OptionalInt.empty(), Optional.of(reason));
        }
    }

    /**
     * Run a program in a child JVM and wait until it has ended.
     *
     * @param main the class whose main method is called there, which must first pass its arguments to {@link Child#arrive}
     */
    public static Outcome launch(Class<?> main, String[] args) {
        if (Child.isHere() || isResolved()) {
            return new Outcome(OptionalInt.empty(), Optional.empty());
        }
        if (isSwitched(OFF)) {
            return Outcome.here("the launcher is disabled");
        }
        if (ModuleFinder.ofSystem().find(MODULE).isEmpty()) {
            return Outcome.here("this Java runtime has no module " + MODULE);
        }
        JvmOptions options = JvmOptions.current();
        Optional<String> unshareable = options.unshareable();
        if (unshareable.isPresent()) {
            return Outcome.here("the option " + unshareable.get()
                    + " cannot be shared by two processes; with --add-modules " + MODULE + " one is sufficient");
        }
        Quiet.logging();
        try {
            Path secondRequest = SecondRequest.file();
            return run(ChildJvm.builder(main, args, options, secondRequest), secondRequest);
        } catch (IOException e) {
            return Outcome.here("a second JVM could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            // Nobody interrupts the main thread.
            throw new IllegalStateException(e);
        }
    }

    private static Outcome run(ProcessBuilder builder, Path secondRequest) throws IOException, InterruptedException {
        SignalRelay relay = SignalRelay.install(secondRequest);
        Process process;
        try {
            process = relay.start(builder);
        } catch (IOException e) {
            relay.remove();
            throw e;
        }
        StandardError error = StandardError.pass(process.getErrorStream(), System.err);
        int code = process.waitFor();
        error.finish();
        relay.remove();
        if (error.arrived() || code >= FIRST_SIGNAL) {
            return Outcome.ended(code(code));
        }
        return Outcome.here(
                "a second JVM could not be started: " + error.startup().strip());
    }

    private static int code(int childs) {
        if (childs == 0) {
            System.err.println(
                    "error: the process ended before its work was done, with exit code 0: a plugin ended it");
            return FAILED;
        }
        return childs == Child.DONE ? 0 : childs;
    }

    static boolean isSwitched(String to) {
        return to.equals(System.getProperty(SWITCH)) || to.equals(System.getenv("CHAINRULE_LAUNCHER"));
    }

    private static boolean isResolved() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }
}
