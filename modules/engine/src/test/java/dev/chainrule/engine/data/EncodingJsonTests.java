package dev.chainrule.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EncodingJsonTests {
    private static final String REST = "\"columns\":[],\"target\":{\"form\":\"class_index\",\"names\":[\"a\"]}}";

    private static Encoding encoding(Shape shape) {
        return new Encoding(shape, List.of(), new Target(Target.Form.CLASS_INDEX, List.of("a")));
    }

    @Test
    void write_ofEachShape_namesTheAxesIfThereAreSeveral() {
        assertEquals("{\"shape\":[4]," + REST, EncodingJson.write(encoding(Shape.of(4))));
        assertEquals(
                "{\"shape\":[28,30,1],\"axes\":[\"height\",\"width\",\"channels\"]," + REST,
                EncodingJson.write(encoding(Shape.of(28, 30, 1))));
        for (Shape shape : List.of(Shape.of(4), Shape.of(5, 4), Shape.of(28, 30, 3))) {
            assertEquals(encoding(shape), EncodingJson.read(EncodingJson.write(encoding(shape))));
        }
    }

    @Test
    void write_ofNamedInputs_keepsNamesShapesAndOrder() {
        List<Encoding.Input> inputs =
                List.of(new Encoding.Input("right", Shape.of(4, 4, 1)), new Encoding.Input("left", Shape.of(2)));
        Encoding encoding = new Encoding(inputs, List.of(), new Target(Target.Form.CLASS_INDEX, List.of("a")));
        assertEquals(
                "{\"shape\":[18],\"inputs\":[{\"name\":\"right\",\"shape\":[4,4,1]},{\"name\":\"left\",\"shape\":[2]}],"
                        + REST,
                EncodingJson.write(encoding));
        assertEquals(encoding, EncodingJson.read(EncodingJson.write(encoding)));
        assertEquals(
                "the inputs [left [2]] have 2 numbers, but an example [4] has 4",
                refused("{\"shape\":[4],\"inputs\":[{\"name\":\"left\",\"shape\":[2]}],"));
    }

    @Test
    void read_ofImagesWithoutAxes_putsTheirOnlyChannelLast() {
        assertEquals(encoding(Shape.of(28, 30, 1)), EncodingJson.read("{\"shape\":[1,28,30]," + REST));
    }

    @Test
    void read_ofSeveralChannelsFirstOrOtherAxes_refusesThem() {
        assertEquals(
                "its examples are images of 3 channels, channels first: an earlier version wrote it, but images "
                        + "now have their channels last",
                refused("{\"shape\":[3,28,30],"));
        assertEquals(
                "its examples are [28, 30, 1] with the axes [width, height, channels]",
                refused("{\"shape\":[28,30,1],\"axes\":[\"width\",\"height\",\"channels\"],"));
    }

    private static String refused(String shape) {
        return assertThrows(IllegalArgumentException.class, () -> EncodingJson.read(shape + REST))
                .getMessage();
    }
}
