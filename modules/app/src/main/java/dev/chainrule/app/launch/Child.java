package dev.chainrule.app.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Be the child: tell the parent that main() is reached, take over the arguments, end when the parent does. */
public final class Child {
    /** The property that makes a JVM a child; its value is the parent's process id. */
    static final String PARENT = "chainrule.launcher.parent";

    static final String MESSAGES_TO_STDOUT = "chainrule.launcher.messagesToStdout";
    /** The property with the file by whose existence the parent says that somebody has asked it a second time to end. */
    static final String SECOND_REQUEST = "chainrule.launcher.secondRequest";

    static final String ESCAPED = "chainrule.launcher.escaped";

    /**
     * The exit code by which a child says that it has done its work: 0 would be what code that ends the JVM in the middle of it gives.
     */
    static final int DONE = 85;

    private Child() {}

    /** Return the exit code to end with: a child's 0 is another number, which the parent turns back. */
    public static int handOver(int code) {
        return isHere() && code == 0 ? DONE : code;
    }

    /** Return whether this JVM is the child of a launcher. */
    public static boolean isHere() {
        return System.getProperty(PARENT) != null;
    }

    /** Take up work, in a child; do nothing elsewhere. Return the program's arguments. */
    public static String[] arrive(String[] args) {
        if (!isHere()) {
            return args;
        }
        long parent = Long.parseLong(System.getProperty(PARENT));
        try {
            new FileOutputStream(FileDescriptor.err).write(StandardError.arrival(parent));
        } catch (IOException e) {
            // Nobody reads it, so the parent is dead, which the watch is about to see.
        }
        ParentWatch.start(parent);
        Quiet.logging();
        if (Boolean.getBoolean(MESSAGES_TO_STDOUT)) {
            // Not only the program's messages: whatever a library or an uncaught exception prints must keep its place
            // too.
            System.setErr(messages());
        }
        return Boolean.getBoolean(ESCAPED) ? Arguments.unescape(args) : args;
    }

    /** Return where the program's messages go, wherever it runs. */
    public static PrintStream messages() {
        FileDescriptor file = Boolean.getBoolean(MESSAGES_TO_STDOUT) ? FileDescriptor.out : FileDescriptor.err;
        return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }
}
