package dev.chainrule.app.launch;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The child's side of the launcher: it reports to the parent that main() is reached, decodes the arguments, and ends when the
 * parent does.
 */
public final class Child {
    /** The property that makes a JVM a child; its value is the parent's process id. */
    static final String PARENT = "chainrule.launcher.parent";

    static final String MESSAGES_TO_STDOUT = "chainrule.launcher.messagesToStdout";
    /** The property with the file whose existence means that the parent has received a second request to end. */
    static final String SECOND_REQUEST = "chainrule.launcher.secondRequest";

    static final String ESCAPED = "chainrule.launcher.escaped";

    /** The exit code of a child that has finished its work: code that ends the JVM in the middle of it would return 0. */
    static final int DONE = 85;

    private Child() {}

    /** Return the exit code to end with: a child replaces 0 by another number, which the parent translates back. */
    public static int handOver(int code) {
        return isHere() && code == 0 ? DONE : code;
    }

    /** Return whether this JVM is the child of a launcher. */
    public static boolean isHere() {
        return System.getProperty(PARENT) != null;
    }

    /** Begin work in a child; do nothing elsewhere. Return the program's arguments. */
    public static String[] arrive(String[] args) {
        if (!isHere()) {
            return args;
        }
        long parent = Long.parseLong(System.getProperty(PARENT));
        try {
            new FileOutputStream(FileDescriptor.err).write(StandardError.arrival(parent));
        } catch (IOException e) {
            // Nobody reads it, so the parent is dead, which the watch is about to notice.
        }
        ParentWatch.start(parent);
        Quiet.logging();
        if (Boolean.getBoolean(MESSAGES_TO_STDOUT)) {
            // Not only for the program's messages: the output of libraries and uncaught exceptions must keep its place
            // too.
            System.setErr(messages());
        }
        return Boolean.getBoolean(ESCAPED) ? Arguments.unescape(args) : args;
    }

    /** Return the stream for the program's messages, in parent and child. */
    public static PrintStream messages() {
        FileDescriptor file = Boolean.getBoolean(MESSAGES_TO_STDOUT) ? FileDescriptor.out : FileDescriptor.err;
        return new PrintStream(new FileOutputStream(file), true, StandardCharsets.UTF_8);
    }
}
