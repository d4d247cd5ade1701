package dev.chainrule.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class InputMemoryTests {
    private static final long MEGABYTE = 1_000_000;
    /** 256 rows of one input: 1024 bytes as read and as many after a transform. */
    private static final InputMemory MEMORY = new InputMemory(60_000, 256, 8, 10 * MEGABYTE, 60 * MEGABYTE);

    @Test
    void require_columnOfManyNames_namesItWithRowsAndBytes() {
        InputException e = assertThrows(InputException.class, () -> MEMORY.require(encoding(1, 26_000, 1)));
        assertEquals(
                "256 rows of 26002 inputs take 53.3 MB, with everything before them 63.3 MB, but the program has 60 MB",
                e.getMessage());
        assertEquals(
                "Each name is a separate input. Most names: 'column_2' 26000, in 60000 rows.",
                e.notes().get(0));
        assertEquals(Optional.of("data.train"), e.configPath());
    }

    @Test
    void require_severalColumnsThatAreTooMuchTogether_namesTheWidest() {
        InputException e =
                assertThrows(InputException.class, () -> MEMORY.require(encoding(6000, 7000, 1, 5000, 8000)));
        assertEquals(
                "Each name is a separate input. Most names: 'column_5' 8000, 'column_2' 7000, 'column_1' 6000, in 60000"
                        + " rows.",
                e.notes().get(0));
    }

    @Test
    void require_whatFits_passes() {
        assertDoesNotThrow(() -> MEMORY.require(encoding(1, 24_000)));
        assertDoesNotThrow(() -> MEMORY.require(encoding(1, 1, 1)));
        assertDoesNotThrow(() -> MEMORY.require(encoding()));
    }

    @Test
    void require_moreInputsThanAMatrixHolds_isRefusedWhateverTheMemory() {
        InputMemory boundless = new InputMemory(10, 1_000_000, 4, 0, Long.MAX_VALUE);
        assertThrows(InputException.class, () -> boundless.require(encoding(2_000, 200)));
        assertDoesNotThrow(() -> boundless.require(encoding(2_000)));
    }

    private static Encoding encoding(int... widths) {
        List<Encoding.Column> columns = new ArrayList<>();
        for (int width : widths) {
            List<String> names = width == 1
                    ? List.of()
                    : IntStream.range(0, width).mapToObj(i -> "n" + i).toList();
            columns.add(new Encoding.Column("column_" + (columns.size() + 1), names));
        }
        return new Encoding(
                Shape.of(Math.max(1, IntStream.of(widths).sum())),
                columns,
                new Target(Target.Form.VALUES, List.of("y")));
    }
}
