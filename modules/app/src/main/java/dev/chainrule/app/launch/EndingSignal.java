package dev.chainrule.app.launch;

/** Name the signals by which the JVM lets itself be ended. */
public enum EndingSignal {
    /** Ctrl-C. It comes first, since a launcher may pass on another besides. */
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

    /** Tell, within a shutdown hook, which it is: the JVM answers each in a thread of that name, which waits for the hooks. */
    public static EndingSignal present() {
        for (EndingSignal signal : values()) {
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().equals("SIG" + signal + " handler")) {
                    return signal;
                }
            }
        }
        return TERM;
    }
}
