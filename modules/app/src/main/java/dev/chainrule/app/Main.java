package dev.chainrule.app;

import dev.chainrule.app.launch.Child;
import dev.chainrule.app.launch.Launcher;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.RunLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The start of the program: {@code java -jar pipeline.jar configs/mnist.yaml}.
 *
 * <p>The one class that starts a second JVM and ends this one. It is not public, which the JVM does not require, so that no other
 * code can call it: Java code calls {@link Program#run}.
 */
final class Main {
    private static final List<String> VERBOSE = List.of("-v", "--verbose");

    private Main() {}

    /** Run a command and exit with its code; if it computes, in a JVM with the Vector API. */
    public static void main(String[] given) {
        String[] args = Child.arrive(given);
        Request request = Request.of(args);
        if (request.isVersion()) {
            // The one answer that needs no command line: scripts often request it.
            System.out.println(new RootCommand.Version().getVersion()[0]);
            return;
        }
        Optional<String> slow = Optional.empty();
        if (request.computes()) {
            Launcher.Outcome outcome = Launcher.launch(Main.class, args);
            if (outcome.code().isPresent()) {
                // Not by System.exit, which on newer JDKs asks for a logger first: there is nothing to log and no hook
                // to run.
                Runtime.getRuntime().halt(outcome.code().getAsInt());
            }
            slow = outcome.reason();
        }
        run(request, slow);
    }

    private static void run(Request request, Optional<String> slow) {
        // Pictures are decoded, never shown: no display is needed, and on macOS no icon appears in the dock.
        System.setProperty("java.awt.headless", "true");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Context context = new Context(out, Child.messages(), System.getenv(), Clock.systemUTC());
        WarmUp.begin(context.components(), request.trains());
        Program program = new Program(context);
        slow.ifPresent(reason -> log(reason, request));
        context.shutdown().guardProcess(context::fail);
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> program.threadDied(e));
        int code = program.execute(request);
        out.flush();
        context.shutdown().leave(Child.handOver(code));
    }

    /** Visible with --verbose alone, an option that has not been parsed yet. */
    private static void log(String reason, Request request) {
        if (!Collections.disjoint(request.arguments(), VERBOSE)) {
            RunLog.verbose();
        }
        System.getLogger(Main.class.getName())
                .log(
                        System.Logger.Level.DEBUG,
                        "computing in this JVM, which is slower without vector instructions: " + reason);
    }
}
