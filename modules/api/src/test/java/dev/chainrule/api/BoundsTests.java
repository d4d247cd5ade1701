package dev.chainrule.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.value.Bounds;
import org.junit.jupiter.api.Test;

final class BoundsTests {
    @Test
    void contains_number_holdsAtBothEnds() {
        assertTrue(Bounds.FRACTIONS.contains(0));
        assertTrue(Bounds.FRACTIONS.contains(1));
        assertFalse(Bounds.FRACTIONS.contains(1.0000001));
        assertFalse(Bounds.FRACTIONS.contains(Double.NaN));
        assertTrue(Bounds.NONE.contains(-1e308));
    }

    @Test
    void contains_bounds_needsTheSumToo() {
        assertTrue(Bounds.FRACTIONS.contains(Bounds.DISTRIBUTION));
        assertFalse(Bounds.DISTRIBUTION.contains(Bounds.FRACTIONS));
        assertTrue(Bounds.NONE.contains(Bounds.from(0)));
        assertFalse(Bounds.from(0).contains(Bounds.from(-1)));
    }

    @Test
    void equals_bounds_comparesAllParts() {
        Bounds bounds = new Bounds(0, 2, true);
        assertEquals(new Bounds(0, 2, true), bounds);
        assertEquals(new Bounds(0, 2, true).hashCode(), bounds.hashCode());
        assertNotEquals(new Bounds(1, 2, true), bounds);
        assertNotEquals(new Bounds(0, 3, true), bounds);
        assertNotEquals(new Bounds(0, 2, false), bounds);
    }

    @Test
    void toString_bounds_saysWhichNumbers() {
        assertEquals("any number", Bounds.NONE.toString());
        assertEquals("numbers from 0 to 1", Bounds.FRACTIONS.toString());
        assertEquals("probabilities that sum to 1", Bounds.DISTRIBUTION.toString());
        assertEquals("numbers of -0.5 or more", Bounds.from(-0.5).toString());
        assertEquals("numbers up to 3", new Bounds(Double.NEGATIVE_INFINITY, 3, false).toString());
    }
}
