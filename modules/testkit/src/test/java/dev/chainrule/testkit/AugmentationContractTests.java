package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.contract.AugmentationContract;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Augmentations with one fault at a time. */
class AugmentationContractTests {
    enum Fault {
        NONE,
        REFUSES,
        NO_COPIES,
        MODIFIES,
        OTHER_ROW,
        NOT_WRITTEN,
        REMEMBERS,
        COUNTS,
        DOUBLES_TARGETS,
        INVENTS_CLASSES
    }

    /** Noise, and half of each target moved to the next class. */
    record Blurred(Fault fault) implements AugmentationSpec {
        @Override
        public int copies() {
            return fault == Fault.NO_COPIES ? 0 : 1;
        }

        @Override
        public Augmentation create(Encoding encoding) {
            boolean pixels = encoding.target().rows() > 1;
            if (fault == Fault.REFUSES) {
                throw new InputException("no");
            }
            return new Augmentation() {
                private int calls;
                private double last;

                @Override
                public void input(Matrix x, int row, Matrix out, Draws draws) {
                    int end = x.columns() - (fault == Fault.NOT_WRITTEN ? 1 : 0);
                    for (int j = 0; j < end; j++) {
                        out.set(row, j, x.get(row, j) + draws.noise() + last);
                    }
                    calls++;
                    last = fault == Fault.REMEMBERS ? x.get(row, 0) : fault == Fault.COUNTS ? calls : 0;
                    if (fault == Fault.MODIFIES) {
                        x.set(row, 0, 7);
                    }
                    if (fault == Fault.OTHER_ROW) {
                        out.set((row + 1) % x.rows(), 0, 7);
                    }
                }

                @Override
                public boolean changesTarget() {
                    return true;
                }

                @Override
                public void target(Matrix y, int row, Matrix out, Draws draws) {
                    if (pixels) {
                        out.copyRows(y, row, row, 1);
                        out.set(row, 0, fault == Fault.INVENTS_CLASSES ? 3 : 0);
                        return;
                    }
                    double share = fault == Fault.DOUBLES_TARGETS ? 1 : 0.5;
                    for (int j = 0; j < y.columns(); j++) {
                        out.set(row, j, share * (y.get(row, j) + y.get(row, (j + 1) % y.columns())));
                    }
                }
            };
        }
    }

    @Test
    void check_soundAugmentation_findsNothing() {
        assertEquals(List.of(), AugmentationContract.check(new Blurred(Fault.NONE)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REFUSES | encodings accepted: expected one of 4 at least, got none",
                "NO_COPIES | copies\\(\\): expected 1 or more, got 0",
                "MODIFIES | inputs of \\[6] given at \\[0, 0]: .*, got 7",
                "OTHER_ROW | inputs of \\[6] changed alone at .*",
                "NOT_WRITTEN | inputs of \\[6] at \\[0, 5]: expected a finite number, got .nan",
                "REMEMBERS | inputs of \\[6] changed alone at .*",
                "COUNTS | inputs of \\[6] changed alone at .*",
                "DOUBLES_TARGETS | the sum of a target: expected 1, got 2",
                "INVENTS_CLASSES | a target: expected the number of a class, got 3"
            })
    void check_faultyAugmentation_findsTheFault(Fault fault, String pattern) {
        String text = AugmentationContract.check(new Blurred(fault)).get(0).text();
        assertTrue(text.matches(pattern), fault + ": " + text);
    }
}
