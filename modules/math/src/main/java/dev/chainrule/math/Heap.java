package dev.chainrule.math;

/** The heap of the JVM, and the command that enlarges it. */
public final class Heap {
    /**
     * The bytes of a heap that the program needs for itself: its classes' objects, and the young generation of 16 MiB, which large
     * arrays do not enter. Measured as the smallest heap in which trainings of 65 to 257 MiB end, less their matrices and data.
     */
    public static final long PROGRAM = 27L << 20;

    /** The factor for small objects, which no estimate counts, and for gaps between large ones. */
    private static final double ROOM = 1.05;

    private static final long MEBI = 1L << 20;
    private static final long GIBI_IN_MEBI = 1L << 10;
    /** The smallest step between two sizes that are suggested, in MiB. */
    private static final long STEP = 32;
    /** The number of steps between two powers of two. */
    private static final long STEPS = 8;

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
     * {@return the command that gives the program this much memory and some room: {@code java -Xmx3g -jar pipeline.jar}} The
     * size is rounded up to a multiple of 32 MiB, or of an eighth of the next lower power of two if that is more.
     *
     * @param bytes 0 or more, {@link #PROGRAM} included
     */
    public static String command(double bytes) {
        double mebi = ROOM * bytes / MEBI;
        long step = Math.max(STEP, Long.highestOneBit((long) mebi) / STEPS);
        long rounded = step * (long) Math.max(1, Math.ceil(mebi / step));
        return "java -Xmx"
                + (rounded % GIBI_IN_MEBI == 0 ? rounded / GIBI_IN_MEBI + "g" : rounded + "m")
                + " -jar pipeline.jar";
    }

    /** {@return the command that gives the program more memory, if the required amount is unknown} */
    public static String largerCommand() {
        return command(2.0 * size());
    }
}
