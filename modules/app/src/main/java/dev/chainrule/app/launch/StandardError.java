package dev.chainrule.app.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Pass a child's standard error on, without the line by which its JVM announces an incubator module.
 *
 * <p>That line comes before main(). The child's first act there is to write a sign that it has arrived: what came before is held
 * back until then and passed on without the line; what comes after goes through as it comes. A child that ends without the sign
 * was no JVM that works: then what it said is not for the user, and nothing is passed on.
 */
final class StandardError {
    private static final String ANNOUNCEMENT = "WARNING: Using incubator modules:";
    private static final int BUFFER = 8192;
    private static final long LONGEST_WAIT_MILLISECONDS = 1000;

    private final InputStream in;
    private final OutputStream out;
    private final String arrival;
    private final Thread thread = new Thread(this::pass, "chainrule-stderr");
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private volatile boolean arrived;

    private StandardError(InputStream in, OutputStream out, long parent) {
        this.in = in;
        this.out = out;
        this.arrival = new String(arrival(parent), StandardCharsets.ISO_8859_1);
    }

    /** Return the sign by which a child says that it has reached main(). */
    static byte[] arrival(long parent) {
        return "\0chainrule ".concat(Long.toString(parent)).concat("\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Begin to pass on what a child of this process writes. */
    static StandardError pass(InputStream in, OutputStream out) {
        StandardError error = new StandardError(in, out, ProcessHandle.current().pid());
        error.thread.setDaemon(true);
        error.thread.start();
        return error;
    }

    /** Wait until all is passed on; not for ever, as a process that the child has left behind may hold the stream open. */
    void finish() throws InterruptedException {
        thread.join(LONGEST_WAIT_MILLISECONDS);
    }

    /** Return whether the child reached main(). */
    boolean arrived() {
        return arrived;
    }

    /** Return what the child's JVM said before; to be asked when it has ended. */
    String startup() {
        synchronized (held) {
            return held.toString(StandardCharsets.UTF_8);
        }
    }

    private void pass() {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (arrived) {
                    write(buffer, count);
                } else {
                    hold(buffer, count);
                }
            }
        } catch (IOException e) {
            // The child has ended.
        }
    }

    /** Byte for byte: ISO-8859-1 makes each byte a character and back. */
    private void hold(byte[] buffer, int count) {
        synchronized (held) {
            held.write(buffer, 0, count);
            String text = held.toString(StandardCharsets.ISO_8859_1);
            int sign = text.indexOf(arrival);
            if (sign < 0) {
                return;
            }
            arrived = true;
            String passed = withoutAnnouncement(text.substring(0, sign)) + text.substring(sign + arrival.length());
            byte[] bytes = passed.getBytes(StandardCharsets.ISO_8859_1);
            write(bytes, bytes.length);
        }
    }

    private static String withoutAnnouncement(String text) {
        StringBuilder kept = new StringBuilder();
        for (int start = 0; start < text.length(); ) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            if (!text.startsWith(ANNOUNCEMENT, start)) {
                kept.append(text, start, end);
            }
            start = end;
        }
        return kept.toString();
    }

    /** Where nobody reads any more, what comes is still taken in, so that the child does not wait for ever. */
    private void write(byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
            out.flush();
        } catch (IOException e) {
            // As a process that prints to a closed stream goes on.
        }
    }
}
