package dev.chainrule.app;

import dev.chainrule.app.launch.Child;
import dev.chainrule.app.launch.Launcher;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/** Start the program: {@code java -jar pipeline.jar configs/mnist.yaml}. */
public final class Main {
    private Main() {}

    /** Run a command and exit with its code; one that computes, in a JVM with the Vector API. */
    public static void main(String[] given) {
        String[] args = Child.arrive(given);
        if (isVersion(args)) {
            // The one answer that needs no command line: scripts ask for it often.
            System.out.println(new RootCommand.Version().getVersion()[0]);
            return;
        }
        Optional<String> slow = Optional.empty();
        if (Computing.isAsked(args)) {
            Launcher.Outcome outcome = Launcher.launch(Main.class, args);
            if (outcome.code().isPresent()) {
                System.exit(outcome.code().getAsInt());
            }
            slow = outcome.reason();
        }
        run(args, slow);
    }

    private static void run(String[] args, Optional<String> slow) {
        // Guice would use Unsafe otherwise, of which JDK 24 and later warn; to be set before its first class loads.
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Program program = new Program(new Context(out, Child.messages(), System.getenv(), Clock.systemUTC()));
        slow.ifPresent(reason -> System.getLogger(Main.class.getName())
                .log(
                        System.Logger.Level.DEBUG,
                        "computing without vector instructions, with the same result: {0}",
                        reason));
        int code = program.execute(args);
        out.flush();
        System.exit(code);
    }

    private static boolean isVersion(String[] args) {
        return args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"));
    }
}
