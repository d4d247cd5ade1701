package dev.chainrule.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.model.MemoryShortage;
import org.junit.jupiter.api.Test;

final class BlameTests {
    @Test
    void of_lackOfMemory_isTheMachines() {
        RuntimeException failure = new MemoryShortage("").failure(new OutOfMemoryError("Java heap space"));
        assertEquals(Blame.Who.MACHINE, Blame.of(failure).who());
    }
}
