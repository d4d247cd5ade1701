package dev.chainrule.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.math.Heap;
import dev.chainrule.math.Numbers;
import org.junit.jupiter.api.Test;

final class MemoryShortageTests {
    private static final long GIBI = 1L << 30;
    private final OutOfMemoryError heap = new OutOfMemoryError("Java heap space");

    @Test
    void message_unknownPart_saysWhatTheProgramHas() {
        MemoryShortage unknown = new MemoryShortage("");
        assertEquals("there is not enough memory: the program has " + Numbers.size(Heap.size()), unknown.message(heap));
        assertTrue(unknown.remedy(heap).startsWith("Give it more, as in " + Heap.largerCommand() + ","));
    }

    @Test
    void remedy_knownAmount_isTheHeapForAllThatIsToCome() {
        MemoryShortage shortage = new MemoryShortage("the optimizer's state", 40.0 * GIBI, 40.0 * GIBI);
        assertTrue(shortage.message(heap).contains("for the optimizer's state, 42.9 GB: "), shortage.message(heap));
        long gibibytes = Long.parseLong(shortage.remedy(heap).replaceFirst(".*-Xmx(\\d+)g .*", "$1"));
        long most = 96 + (long) Math.ceil(2.0 * Heap.size() / GIBI);
        assertTrue(gibibytes >= 84 && gibibytes <= most, shortage.remedy(heap));
    }

    @Test
    void message_noThreads_blamesNoHeap() {
        OutOfMemoryError noThreads = new OutOfMemoryError("unable to create native thread: possibly out of memory");
        MemoryShortage shortage = new MemoryShortage("");
        assertEquals(
                "there is not enough memory: unable to create native thread: possibly out of memory",
                shortage.message(noThreads));
        assertTrue(shortage.remedy(noThreads).contains("--threads"), shortage.remedy(noThreads));
    }

    @Test
    void command_anyAmount_hasRoom() {
        assertEquals("java -Xmx32m -jar pipeline.jar", Heap.command(0));
        assertEquals("java -Xmx224m -jar pipeline.jar", Heap.command(0.2 * GIBI));
        assertEquals("java -Xmx1152m -jar pipeline.jar", Heap.command(GIBI));
        assertEquals("java -Xmx4608m -jar pipeline.jar", Heap.command(4.0 * GIBI));
        assertEquals("java -Xmx11g -jar pipeline.jar", Heap.command(10.0 * GIBI));
    }
}
