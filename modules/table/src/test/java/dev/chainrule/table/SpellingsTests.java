package dev.chainrule.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpellingsTests {
    @Test
    void of_sameNumberSpelledInSeveralWays_isCalledByTheShortest() {
        assertEquals(
                Map.of("1.0", "1", "1", "1", "01", "1", "-0", "0", "0", "0"),
                Spellings.of(List.of("1.0", "1", "01", "-0", "0"), NumberForm.PLAIN));
        assertEquals(
                Map.of("1,0", "1", "1", "1"),
                Spellings.of(List.of("1,0", "1"), new NumberForm(',', (char) 0, List.of())));
    }

    @Test
    void of_namesBesideNumbers_areWhatTheyAre() {
        assertEquals(
                Map.of("1.0", "1.0", "1", "1", "red", "red"),
                Spellings.of(List.of("1.0", "1", "red"), NumberForm.PLAIN));
    }

    @Test
    void of_numbersOfDifferentUnits_areDifferent() {
        NumberForm form = new NumberForm('.', (char) 0, List.of("%", "$"));
        assertEquals(Map.of("1%", "1%", "1$", "1$", "1.0 %", "1%"), Spellings.of(List.of("1%", "1$", "1.0 %"), form));
    }
}
