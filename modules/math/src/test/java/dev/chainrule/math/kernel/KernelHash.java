package dev.chainrule.math.kernel;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Print one hash of the results of every kernel for some small shapes: the child JVM of {@link SameBitsTests}. */
final class KernelHash {
    private static final int[][] SHAPES = {{1, 1, 1}, {7, 18, 5}, {5, 37, 9}};

    private KernelHash() {}

    /** Compute again and again until the milliseconds given are over, so that C2's code is tested too, not just the interpreter. */
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        long end = System.nanoTime() + Long.parseLong(arguments[0]) * 1_000_000;
        String first = hash();
        while (System.nanoTime() < end) {
            String again = hash();
            if (!again.equals(first)) {
                throw new IllegalStateException("a later result differs: " + again + ", not " + first);
            }
        }
        System.out.println(first);
    }

    private static String hash() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (ThreadTeam team = new ThreadTeam(2)) {
            for (Precision precision : Precision.values()) {
                Kernels kernels = Kernels.of(precision, team);
                for (KernelCases.Case each : KernelCases.all().values()) {
                    for (int[] shape : SHAPES) {
                        for (boolean choice : new boolean[] {false, true}) {
                            DrawnOperands x =
                                    new DrawnOperands(precision, shape[0], shape[1], shape[2], choice, choice);
                            add(digest, each.call(kernels, x));
                            for (Matrix matrix : x.matrices()) {
                                for (int i = 0; i < matrix.size(); i++) {
                                    add(digest, matrix.get(i / matrix.columns(), i % matrix.columns()));
                                }
                            }
                        }
                    }
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, double value) {
        digest.update(ByteBuffer.allocate(8).putLong(0, Double.doubleToLongBits(value))); // all NaNs alike
    }
}
