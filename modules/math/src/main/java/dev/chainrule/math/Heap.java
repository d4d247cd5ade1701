package dev.chainrule.math;

/** The memory that the JVM gives the program, and the command that gives it more. */
public final class Heap {
    /** The collector needs some room besides what is in use. */
    private static final double ROOM = 1.25;

    private static final double GIBI = 1L << 30;

    private Heap() {}

    /** {@return the largest size that the heap can have, in bytes} */
    public static long size() {
        return Runtime.getRuntime().maxMemory();
    }

    /** {@return the bytes in use, with what the collector has not freed yet} */
    public static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /**
     * {@return the command that gives the program so much memory and some room: {@code java -Xmx3g -jar pipeline.jar}}
     *
     * @param bytes 0 or more
     */
    public static String command(double bytes) {
        return "java -Xmx" + (long) Math.max(1, Math.ceil(ROOM * bytes / GIBI)) + "g -jar pipeline.jar";
    }

    /** {@return the command that gives the program more memory, if it is not known how much is needed} */
    public static String largerCommand() {
        return command(2.0 * size());
    }
}
