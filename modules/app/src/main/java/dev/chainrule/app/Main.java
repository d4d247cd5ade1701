package dev.chainrule.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Start the program: {@code java -jar pipeline.jar configs/mnist.yaml}. */
public final class Main {
    private Main() {}

    /** Run a command and exit with its code. */
    public static void main(String[] args) {
        // Guice would use Unsafe otherwise, of which JDK 24 and later warn; to be set before its first class loads.
        System.setProperty("guice_bytecode_gen_option", "DISABLED");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = new Program(new Context(out, err, System.getenv(), Clock.systemUTC())).execute(args);
        out.flush();
        System.exit(code);
    }
}
