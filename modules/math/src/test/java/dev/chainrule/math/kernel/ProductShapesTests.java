package dev.chainrule.math.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Hold that products of all shapes are the same from vector and plain kernels: a sample here, everything by make proof. */
final class ProductShapesTests {
    private static final int SAMPLE = 2_000;
    /** Beyond the machine's vectors every operation is a call. */
    private static final int SAMPLE_OF_A_WIDTH = 200;

    private static final long CUBE = (long) ProductShapes.SMALL * ProductShapes.SMALL * ProductShapes.SMALL;
    private static final long LARGE_IN_A_MOMENT = 1_000_000;
    private static final long LARGE_WITH_ZEROS =
            (long) ProductShapes.LARGE_WITH_ZEROS.length * ProductShapes.PER_SHAPE_WITH_ZEROS;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void products_sampledShapes_areTheSame(Precision precision) {
        try (ProductShapes shapes = new ProductShapes(precision, 1)) {
            long products = shapes.sample(SAMPLE);
            report(precision + " products of a sample of " + SAMPLE + " small shapes", products);
            assertEquals(SAMPLE * ProductShapes.PER_SHAPE, products);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void products_someLargeShapes_areTheSame(Precision precision) {
        try (ProductShapes shapes = new ProductShapes(precision, 2)) {
            long products = shapes.large(LARGE_IN_A_MOMENT);
            report(precision + " products of large shapes", products);
            assertEquals(largeShapes(LARGE_IN_A_MOMENT) * ProductShapes.PER_SHAPE, products);
            assertTrue(products >= 500 * ProductShapes.PER_SHAPE);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void products_leftIsMostlyZeros_areTheSame(Precision precision) {
        try (ProductShapes shapes = new ProductShapes(precision, 2)) {
            long products = shapes.withZeros(ProductShapes.WITH_ZEROS);
            report(precision + " products with zeros", products);
            assertEquals(
                    (long) Math.pow(ProductShapes.WITH_ZEROS.length, 3) * ProductShapes.PER_SHAPE_WITH_ZEROS, products);
        }
    }

    /** Steps are copied by whole vectors: the excess of a band's last step must not reach the next band. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void products_onlyOneBandOfLeftHasNoZeros_areTheSame(Precision precision) {
        try (ThreadTeam team = new ThreadTeam(1)) {
            Kernels plain = PlainParts.INSTANCE.kernels(precision, team);
            Matrix a = plain.matrix(128, 96);
            Matrix b = plain.matrix(128, 256);
            for (int k = 0; k < a.rows(); k++) {
                for (int i = 0; i < a.columns(); i++) {
                    a.set(k, i, i / 6 == 7 || (k + i / 6) % 3 == 0 ? 1 + k + i : 0);
                }
                for (int j = 0; j < b.columns(); j++) {
                    b.set(k, j, 1.0 / (1 + k + j));
                }
            }
            Matrix expected = plain.matrix(1, 1);
            Matrix got = plain.matrix(1, 1);
            plain.multiplyTransA(a, b, expected, false);
            VectorParts.INSTANCE.kernels(precision, team).multiplyTransA(a, b, got, false);
            for (int i = 0; i < a.columns(); i++) {
                for (int j = 0; j < b.columns(); j++) {
                    assertEquals(expected.get(i, j), got.get(i, j), "row " + i + ", column " + j);
                }
            }
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @MethodSource("otherWidths")
    void products_anyWidthOfVectors_areTheSame(int bits) throws Exception {
        long products = inChild(bits, String.valueOf(SAMPLE_OF_A_WIDTH));
        assertEquals(
                (SAMPLE_OF_A_WIDTH * ProductShapes.PER_SHAPE + LARGE_WITH_ZEROS) * Precision.values().length, products);
    }

    @ParameterizedTest
    @Tag("proof")
    @EnumSource(Precision.class)
    void products_allSmallShapes_areTheSame(Precision precision) {
        try (ProductShapes shapes = new ProductShapes(precision, 1)) {
            long products = shapes.cube();
            report(precision + " products of all shapes to " + ProductShapes.SMALL, products);
            assertEquals(CUBE * ProductShapes.PER_SHAPE, products);
        }
    }

    @ParameterizedTest
    @Tag("proof")
    @EnumSource(Precision.class)
    void products_allLargeShapes_areTheSame(Precision precision) {
        try (ProductShapes shapes = new ProductShapes(precision, 2)) {
            long products = shapes.large(Long.MAX_VALUE);
            report(precision + " products of all large shapes", products);
            assertEquals((long) Math.pow(ProductShapes.LARGE.length, 3) * ProductShapes.PER_SHAPE, products);
        }
    }

    /** every processor has 128 bits; wider than the machine's, all shapes would take hours. */
    @Test
    @Tag("proof")
    void products_allSmallShapesIn128Bits_areTheSame() throws Exception {
        long products = inChild(128, "all");
        report("products of all shapes to " + ProductShapes.SMALL + " in 128 bits, both precisions", products);
        assertEquals((CUBE * ProductShapes.PER_SHAPE + LARGE_WITH_ZEROS) * Precision.values().length, products);
    }

    /** That of this JVM is the other tests'. */
    private static IntStream otherWidths() {
        return IntStream.of(64, 128, 256, 512).filter(bits -> bits != VectorParts.INSTANCE.vectorBits());
    }

    private static long inChild(int bits, String shapes) throws Exception {
        String setting = SameBitsTests.MODULE + " -Dchainrule.kernels.bits=" + bits;
        return Long.parseLong(SameBitsTests.lastLine(setting, 1_800, ProductShapes.class, shapes));
    }

    private static long largeShapes(long most) {
        return Arrays.stream(ProductShapes.LARGE)
                .mapToLong(m -> Arrays.stream(ProductShapes.LARGE)
                        .mapToLong(n -> Arrays.stream(ProductShapes.LARGE)
                                .filter(k -> (long) m * n * k <= most)
                                .count())
                        .sum())
                .sum();
    }

    private static void report(String what, long products) {
        System.out.println(what + ": " + products + " compared");
    }
}
