package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The seeds are fixed, so a moment either is in its band or is not; the bands are four standard errors wide. */
final class DrawsTests {
    private static final int N = 200_000;

    @Test
    void uniform_golden_neverChanges() {
        Draws draws = RandomStream.of(42, "golden").at(0, 0);
        assertEquals(0.4960025303439737, draws.uniform());
        assertEquals(0.49074816703796387, draws.uniform24());
        assertEquals(-1.2396351704037725, draws.normal());
        assertEquals(900575, draws.below(1_000_000));
    }

    @Test
    void seek_anotherPlace_equalsDrawsMadeThere() {
        RandomStream stream = RandomStream.of(42, "golden");
        Draws draws = stream.at(0, 0);
        draws.uniform();
        assertEquals(stream.at(2, 5).normal(), draws.seek(2, 5).normal());
    }

    @Test
    void uniform_words_areTakenHighOneFirst() {
        RandomStream stream = RandomStream.of(3, "x");
        Draws words = stream.at(0, 0);
        long high = words.bits() & 0xffffffffL;
        long low = words.bits() & 0xffffffffL;
        assertEquals(
                (double) ((high << 32 | low) >>> 11) / (1L << 53),
                stream.at(0, 0).uniform());
        assertEquals((double) (high >>> 8) / (1 << 24), stream.at(0, 0).uniform24());
    }

    @Test
    void uniform_moments_areThoseOfTheDistribution() {
        Draws draws = RandomStream.of(1, "uniform").at(0, 0);
        // variances: of u 1/12, of (u − ½)² 1/180
        requireMoments(draws::uniform, 0.5, 1 / 12.0, Math.sqrt(1 / 12.0), Math.sqrt(1 / 180.0));
        requireMoments(draws::uniform24, 0.5, 1 / 12.0, Math.sqrt(1 / 12.0), Math.sqrt(1 / 180.0));
    }

    @Test
    void uniform_every_isInRange() {
        Draws draws = RandomStream.of(2, "uniform").at(0, 0);
        for (int i = 0; i < N; i++) {
            double u = draws.uniform();
            double v = draws.uniform24();
            assertTrue(u >= 0 && u < 1 && v >= 0 && v < 1);
        }
    }

    @Test
    void normal_moments_areThoseOfTheDistribution() {
        Draws draws = RandomStream.of(1, "normal").at(0, 0);
        // variances: of x 1, of x² 2
        requireMoments(draws::normal, 0, 1, 1, Math.sqrt(2));
    }

    @Test
    void normal_tails_haveTheirShare() {
        Draws draws = RandomStream.of(3, "normal").at(0, 0);
        int beyond = 0;
        for (int i = 0; i < N; i++) {
            beyond += Math.abs(draws.normal()) > 1.959964 ? 1 : 0;
        }
        assertEquals(0.05 * N, beyond, 4 * Math.sqrt(0.05 * 0.95 * N));
    }

    @Test
    void below_everyBound_isInRangeAndReachesBothEnds() {
        Draws draws = RandomStream.of(1, "below").at(0, 0);
        for (int bound : new int[] {1, 2, 3, 7, 10}) {
            int[] counts = new int[bound];
            for (int i = 0; i < 10_000; i++) {
                counts[draws.below(bound)]++;
            }
            for (int count : counts) {
                double p = 1.0 / bound;
                assertEquals(10_000 * p, count, 4 * Math.sqrt(10_000 * p * (1 - p)));
            }
        }
        for (int i = 0; i < 1000; i++) {
            assertTrue(draws.below(Integer.MAX_VALUE) >= 0);
        }
    }

    @Test
    void below_zero_isRefused() {
        Draws draws = RandomStream.of(1, "below").at(0, 0);
        Exception e = assertThrows(IllegalArgumentException.class, () -> draws.below(0));
        assertEquals("bound is 0, at least 1 is required", e.getMessage());
    }

    private static void requireMoments(
            DoubleSupplier draw, double mean, double variance, double spread, double spread2) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < N; i++) {
            double deviation = draw.getAsDouble() - mean;
            sum += deviation;
            squares += deviation * deviation;
        }
        assertEquals(0, sum / N, 4 * spread / Math.sqrt(N));
        assertEquals(variance, squares / N, 4 * spread2 / Math.sqrt(N));
    }

    @Test
    void cosineOfTurn_ofAnyPart_isTheCosine() {
        assertEquals(1, Draws.cosineOfTurn(0));
        assertEquals(0, Draws.cosineOfTurn(0.25), 0.0);
        assertEquals(-1, Draws.cosineOfTurn(0.5));
        assertEquals(0, Draws.cosineOfTurn(0.75), 0.0);
        Draws draws = RandomStream.of(1, "turns").at(0, 0);
        for (int i = 0; i < 100_000; i++) {
            double v = draws.uniform();
            // The angle of StrictMath is rounded twice: by v·2.5e-16 and by half an ulp of 2π, 4.5e-16.
            assertEquals(StrictMath.cos(2 * Math.PI * v), Draws.cosineOfTurn(v), 1e-15, "v = " + v);
            // Four roundings of a sum below 0.31 are 1.2 ulp, the last one is 0.5, and StrictMath errs by 1.
            double small = v / 8;
            double expected = StrictMath.cos(2 * Math.PI * small);
            assertEquals(expected, Draws.cosineOfTurn(small), 3 * Math.ulp(expected), "v = " + small);
        }
    }

    @Test
    void noise_atAnyPlace_isNearTheNormalDraw() {
        RandomStream stream = RandomStream.of(1, "noise");
        for (int index = 0; index < 10_000; index++) {
            double normal = stream.at(0, index).normal();
            // √(−2 ln u) is below 8.6, and a cosine differs by less than 1e-15.
            assertEquals(normal, stream.at(0, index).noise(), 8.6e-15);
        }
    }
}
