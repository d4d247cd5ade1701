package dev.chainrule.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Axis;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Span;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test the small values that everything else is made of. */
class ValueTests {
    @Test
    void shape_size_isTheProduct() {
        assertEquals(784, Shape.of(28, 28, 1).size());
        assertEquals("[28, 28, 1]", Shape.of(28, 28, 1).toString());
    }

    @Test
    void value_equals_comparesAllParts() {
        Value value = new Value(1, "dense_1", Shape.of(4));
        assertEquals(new Value(1, "dense_1", Shape.of(4)), value);
        assertEquals(new Value(1, "dense_1", Shape.of(4)).hashCode(), value.hashCode());
        assertNotEquals(new Value(2, "dense_1", Shape.of(4)), value);
        assertNotEquals(new Value(1, "dense_2", Shape.of(4)), value);
        assertNotEquals(new Value(1, "dense_1", Shape.of(5)), value);
    }

    @Test
    void shape_ofEachNumberOfDimensions_namesItsAxes() {
        assertEquals("[features 4]", Shape.of(4).named());
        assertEquals("[steps 7, features 4]", Shape.of(7, 4).named());
        assertEquals("[height 28, width 30, channels 3]", Shape.of(28, 30, 3).named());
        assertEquals(List.of(Axis.STEPS, Axis.FEATURES), Shape.of(7, 4).axes());
        assertFalse(Shape.of(7, 4).isImage());
        assertTrue(Shape.of(28, 30, 3).isImage());
        assertEquals(
                "no shape [2, 2, 2, 2]: an example is one of [[features], [steps, features], [height, width, channels]]",
                assertThrows(IllegalArgumentException.class, () -> Shape.of(2, 2, 2, 2))
                        .getMessage());
    }

    @Test
    void shape_withoutElements_isRefused() {
        assertThrows(IllegalArgumentException.class, Shape::of);
        assertThrows(IllegalArgumentException.class, () -> Shape.of(3, 0));
        assertThrows(IllegalArgumentException.class, () -> Shape.of(1 << 16, 1 << 16));
    }

    @ParameterizedTest
    @CsvSource({"1 epoch,1,EPOCHS", "5 epochs,5,EPOCHS", "200 steps,200,STEPS", "1 step,1,STEPS"})
    void span_parse_readsItsOwnText(String text, long count, Span.Unit unit) {
        Span span = Span.parse(text);
        assertEquals(new Span(count, unit), span);
        assertEquals(text, span.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "epoch", "1.5 epochs", "-1 steps", "0 steps", "1epoch", "1 day", "9999999999 steps"})
    void span_parse_refusesTheRest(String text) {
        assertThrows(IllegalArgumentException.class, () -> Span.parse(text));
    }

    @Test
    void target_width_dependsOnTheForm() {
        List<String> names = List.of("a", "b", "c");
        assertEquals(1, new Target(Target.Form.CLASS_INDEX, names).width());
        assertEquals(3, new Target(Target.Form.ONE_HOT, names).width());
        assertEquals(3, new Target(Target.Form.VALUES, names).width());
        assertTrue(new Target(Target.Form.ONE_HOT, names).isClass());
        assertFalse(new Target(Target.Form.VALUES, names).isClass());
    }

    @Test
    void predictedClass_isTheLargestAndTheLowestAmongEquals() {
        DoubleMatrix a = new DoubleMatrix(2, 3);
        a.setRow(0, new double[] {0.1, 0.7, 0.2});
        a.setRow(1, new double[] {0.1, 0.45, 0.45});
        assertEquals(1, Target.predictedClass(a, 0));
        assertEquals(1, Target.predictedClass(a, 1));
    }

    @Test
    void predictedClass_ofOneOutput_isWhetherItIsAboveOneHalf() {
        DoubleMatrix a = new DoubleMatrix(2, 1);
        a.set(0, 0, 0.5);
        a.set(1, 0, 0.51);
        assertEquals(0, Target.predictedClass(a, 0));
        assertEquals(1, Target.predictedClass(a, 1));
    }

    @Test
    void trueClass_readsNumberAndOneHot() {
        DoubleMatrix number = new DoubleMatrix(1, 1);
        number.set(0, 0, 2);
        DoubleMatrix oneHot = new DoubleMatrix(1, 3);
        oneHot.set(0, 2, 1);
        assertEquals(2, Target.trueClass(number, 0));
        assertEquals(2, Target.trueClass(oneHot, 0));
    }

    @Test
    void progress_steps_countsEpochsInSteps() {
        Progress progress = Progress.at(25, 10, 4, History.EMPTY);
        assertEquals(2, progress.epoch());
        assertEquals(40, progress.totalSteps());
        assertEquals(30, progress.steps(Span.parse("3 epochs")));
        assertEquals(3, progress.steps(Span.parse("3 steps")));
    }

    @Test
    void column_width_isOneOrThatOfItsCategories() {
        assertEquals(1, new Encoding.Column("age", List.of()).width());
        assertEquals(3, new Encoding.Column("site", List.of("a", "b", "c")).width());
    }

    @Test
    void column_fallback_isACategory() {
        List<String> sites = List.of("a", "b");
        assertEquals(Optional.empty(), new Encoding.Column("site", sites).fallback());
        assertEquals(Optional.of("b"), new Encoding.Column("site", sites, Optional.of("b")).fallback());
        IllegalArgumentException problem = assertThrows(
                IllegalArgumentException.class, () -> new Encoding.Column("site", sites, Optional.of("c")));
        assertEquals("column 'site' has no category 'c' to fall back to", problem.getMessage());
    }

    @Test
    void kind_of_findsEveryExtensionPoint() {
        for (Kind kind : Kind.values()) {
            assertEquals(Optional.of(kind), Kind.of(kind.type()));
        }
        assertEquals(12, Kind.values().length);
        assertEquals(Optional.empty(), Kind.of(String.class));
    }

    @Test
    void kind_implementedBy_wantsExactlyOne() {
        record Both() implements Initializer, Schedule {
            @Override
            public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {}

            @Override
            public double rate(Progress progress) {
                return 0;
            }
        }
        record One() implements Schedule {
            @Override
            public double rate(Progress progress) {
                return 0;
            }
        }
        assertEquals(Optional.empty(), Kind.implementedBy(Both.class));
        assertEquals(Optional.of(Kind.SCHEDULE), Kind.implementedBy(One.class));
    }

    @Test
    void inputException_places_areAddedByWhoKnowsThem() {
        InputException bare = new InputException("units is 0", "Allowed: 1 or more.");
        assertEquals(Optional.of("model[2]"), bare.below("model[2]").configPath());
        assertEquals(
                Optional.of("model[2].units"),
                bare.atConfig("units").below("model[2]").configPath());
        assertEquals(
                Optional.of("units"), bare.atConfig("units").atConfig("other").configPath());
        assertEquals(
                Optional.of("a.csv:3"), bare.inFile("a.csv:3").below("data").file());
        assertEquals(List.of("Allowed: 1 or more."), bare.inFile("a.csv:3").notes());
    }

    @Test
    void parameterException_message_saysWhatWasReceived() {
        ParameterException thrown = assertThrows(
                ParameterException.class, () -> ParameterException.require(false, "rate", 1e-7, "in [0, 1)"));
        assertEquals("rate is 1e-7", thrown.getMessage());
        assertEquals("rate", thrown.parameter());
        assertEquals("in [0, 1)", thrown.allowed());
        ParameterException.require(true, "rate", 0.5, "in [0, 1)");
    }
}
