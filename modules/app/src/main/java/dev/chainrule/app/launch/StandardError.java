package dev.chainrule.app.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A child's standard error, passed on without the line by which its JVM announces an incubator module.
 *
 * <p>That line comes before main(). The first act of main() is to write a sign of arrival: earlier output is kept until then and
 * passed on without the line; later output is passed on at once. A child that ends without the sign was not a working JVM: its
 * output is not for the user, and nothing is passed on.
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

    /** Return the sign that a child writes when it has reached main(). */
    static byte[] arrival(long parent) {
        return ("\0chainrule " + parent + "\0").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Begin to pass on the output of a child of this process. */
    static StandardError pass(InputStream in, OutputStream out) {
        StandardError error = new StandardError(in, out, ProcessHandle.current().pid());
        error.thread.setDaemon(true);
        error.thread.start();
        return error;
    }

    /** Wait until all is passed on, but not for ever: a process that the child has left behind may keep the stream open. */
    void finish() throws InterruptedException {
        thread.join(LONGEST_WAIT_MILLISECONDS);
    }

    /** Return whether the child reached main(). */
    boolean arrived() {
        return arrived;
    }

    /** Return the output of the child's JVM before main(), once the child has ended. */
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

    /** Byte for byte: ISO-8859-1 maps each byte to a character and back. */
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

    /** If nobody reads the output any more, it is still consumed, so that the child does not wait for ever. */
    private void write(byte[] bytes, int count) {
        try {
            out.write(bytes, 0, count);
            out.flush();
        } catch (IOException e) {
            // As a process that prints to a closed stream continues.
        }
    }
}
