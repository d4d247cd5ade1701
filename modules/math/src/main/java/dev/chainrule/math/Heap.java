package dev.chainrule.math;

/** The heap of the JVM, and the command that enlarges it. */
public final class Heap {
    /** The factor for the room that the collector needs in addition to the memory in use. */
    private static final double ROOM = 1.25;

    private static final double GIBI = 1L << 30;

    private Heap() {}

    /** {@return the maximum size of the heap, in bytes} */
    public static long size() {
        return Runtime.getRuntime().maxMemory();
    }

    /** {@return the bytes in use, including garbage not yet collected} */
    public static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /**
     * {@return the command that gives the program this much memory and some room: {@code java -Xmx3g -jar pipeline.jar}}
     *
     * @param bytes 0 or more
     */
    public static String command(double bytes) {
        return "java -Xmx" + (long) Math.max(1, Math.ceil(ROOM * bytes / GIBI)) + "g -jar pipeline.jar";
    }

    /** {@return the command that gives the program more memory, if the required amount is unknown} */
    public static String largerCommand() {
        return command(2.0 * size());
    }
}
