package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.Strict;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SlopeCheckTests {
    private static final SlopeCheck CHECK = new SlopeCheck(1e-6);

    /** A curve whose kinks are where {@code side} has its zero. */
    private static Curve curve(DoubleUnaryOperator cost, DoubleUnaryOperator side) {
        return theta -> {
            Branches branches = new Branches();
            branches.addSide(side.applyAsDouble(theta), 0);
            return new Curve.Point(cost.applyAsDouble(theta), branches.fingerprint(), true);
        };
    }

    private static Curve smooth(DoubleUnaryOperator cost) {
        return curve(cost, theta -> 1);
    }

    private static Verdict verdict(Curve curve, double theta, double analytic) {
        double noise = SlopeCheck.noise(curve.at(theta).cost());
        return CHECK.compare(curve, theta, analytic, 0, noise).verdict();
    }

    @Test
    void difference_cube_isExactButForRounding() {
        Curve cube = smooth(theta -> theta * theta * theta);
        CentralDifference found = CentralDifference.of(cube, 2, cube.at(2), CentralDifference.step(2), 0);
        // D(h) = 12 + h², h = 2·0.00074, D(h/2) = 12 + h²/4: extrapolated, the h² are gone.
        assertEquals(12, found.slope(), 1e-11);
        double h = found.step();
        assertEquals(0.75 * h * h, found.truncation(), 1e-11);
    }

    @Test
    void compare_smoothCurves_agreeWithTheirDerivativeAndNoOther() {
        Draws draws = RandomStream.of(3, "slopes").at(0, 0);
        int compared = 0;
        for (int i = 0; i < 2000; i++, compared++) {
            double theta = (draws.uniform() - 0.5) * 6;
            double frequency = StrictMath.pow(10, draws.uniform() * 4 - 2);
            Curve curve = smooth(t -> 2 + StrictMath.sin(frequency * t) / frequency);
            double slope = StrictMath.cos(frequency * theta);
            String where = "seed 3, case " + i + ", frequency " + frequency + ", θ " + theta;
            assertEquals(Verdict.AGREES, verdict(curve, theta, slope), where);
            if (Math.abs(slope) > 0.01) {
                assertEquals(Verdict.DIFFERS, verdict(curve, theta, 1.001 * slope), where);
                assertEquals(Verdict.DIFFERS, verdict(curve, theta, -slope), where);
            }
        }
        assertEquals(2000, compared);
    }

    @Test
    void compare_nearASingularity_findsAStepSmallEnough() {
        Curve logarithm = smooth(theta -> theta > 0 ? -Strict.log(theta) : Double.NaN);
        assertEquals(Verdict.AGREES, verdict(logarithm, 1e-9, -1e9));
        assertEquals(Verdict.DIFFERS, verdict(logarithm, 1e-9, -2e9));
    }

    @Test
    void compare_belowTheRoundingOfTheCost_isUnresolved() {
        Curve curve = smooth(theta -> 1e6 + 1e-12 * theta);
        assertEquals(Verdict.UNRESOLVED, verdict(curve, 0.3, 1e-12));
        assertEquals(Verdict.UNRESOLVED, verdict(curve, 0.3, -1e-12));
        assertEquals(Verdict.DIFFERS, verdict(curve, 0.3, 1));
    }

    @Test
    void compare_costsNoisierThanTheyShould_isNoAlarm() {
        // The cost is cut to multiples of 1e-9, a million times coarser than its own rounding.
        Curve coarse = smooth(theta -> Math.rint((2 + theta * theta) / 1e-9) * 1e-9);
        int alarms = 0;
        for (int i = 0; i < 500; i++) {
            alarms += verdict(coarse, 0.01 + 1e-5 * i, 2 * (0.01 + 1e-5 * i)) == Verdict.DIFFERS ? 1 : 0;
        }
        assertEquals(0, alarms);
        assertEquals(Verdict.DIFFERS, verdict(coarse, 0.5, 1.1));
    }

    @Test
    void compare_kink_isLeftOutAndBesideItTold() {
        Curve hinge = curve(theta -> 1 + Math.max(theta, 0), theta -> theta);
        assertEquals(Verdict.AT_KINK, verdict(hinge, 0, 0));
        assertEquals(Verdict.AT_KINK, verdict(hinge, 0, 17));
        for (double beside : new double[] {1e-3, 1e-4, 1e-5}) {
            assertEquals(Verdict.AGREES, verdict(hinge, beside, 1), String.valueOf(beside));
            assertEquals(Verdict.AGREES, verdict(hinge, -beside, 0), String.valueOf(beside));
            assertEquals(Verdict.DIFFERS, verdict(hinge, beside, 0), String.valueOf(beside));
            assertEquals(Verdict.DIFFERS, verdict(hinge, -beside, 1), String.valueOf(beside));
        }
        // So near that rounding hides the slope: neither one nor the other.
        assertEquals(Verdict.AT_KINK, verdict(hinge, 1e-15, 0));
    }

    @Test
    void compare_noDerivativeMeant_isLeftOut() {
        Curve cut = theta -> new Curve.Point(theta, 0, false);
        assertEquals(Verdict.AT_KINK, verdict(cut, 1, 0));
    }

    @Test
    void compare_noNumber_differsAndACostThatIsNoneIsUnresolved() {
        assertEquals(Verdict.DIFFERS, verdict(smooth(theta -> theta), 1, Double.NaN));
        assertEquals(Verdict.UNRESOLVED, verdict(smooth(theta -> Double.NaN), 1, 1));
    }

    @Test
    void curve_ofAMatrix_restoresItsElement() {
        DoubleMatrix x = new DoubleMatrix(1, 2);
        x.set(0, 1, 3);
        Curve curve = Curve.of(x, 0, 1, () -> x.get(0, 1) * x.get(0, 1), branches -> branches.addSide(x.get(0, 1), 4));
        assertEquals(25, curve.at(5).cost());
        assertEquals(3, x.get(0, 1));
        assertTrue(curve.at(5).branches() != curve.at(3).branches());
    }
}
