package dev.chainrule.app.launch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The signals that end the JVM. */
public enum EndingSignal {
    /** Ctrl-C. It comes first, since a launcher may relay another signal in addition. */
    INT(2),
    HUP(1),
    TERM(15);

    private final int number;

    EndingSignal(int number) {
        this.number = number;
    }

    /** Return its number, which is part of the exit code. */
    public int number() {
        return number;
    }

    /**
     * Return, within a shutdown hook, the signal that was received; empty if code ended the JVM. The JVM answers each signal in a
     * thread of its name, which waits for the hooks.
     */
    public static Optional<EndingSignal> first() {
        return all().stream().findFirst();
    }

    /** Return all signals received so far, repeated ones too, INT first. */
    static List<EndingSignal> all() {
        List<EndingSignal> found = new ArrayList<>();
        for (EndingSignal signal : values()) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("SIG" + signal + " handler")) {
                    found.add(signal);
                }
            }
        }
        return found;
    }
}
