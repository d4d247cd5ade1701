package dev.chainrule.model;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Numbers;

/**
 * A lack of memory, with the part of a run for which there was none.
 *
 * @param part of the run that needed the memory, such as {@code the optimizer's state}; {@code ""} if that is unknown
 * @param bytes that it takes; 0 if that is unknown
 * @param more bytes that the run allocates after it, as far as known
 */
public record MemoryShortage(String part, double bytes, double more) {
    /** Create a lack of an unknown amount of memory. */
    public MemoryShortage(String part) {
        this(part, 0, 0);
    }

    /** Return the failure of a run. */
    public RunException failure(OutOfMemoryError cause) {
        return new RunException(message(cause) + ". " + remedy(cause), cause);
    }

    /** Return the problem of a config. */
    public InputException problem(OutOfMemoryError cause) {
        return new InputException(message(cause), remedy(cause));
    }

    /** Return the problem in words. */
    public String message(OutOfMemoryError cause) {
        return "there is not enough memory" + (part.isEmpty() ? "" : " for " + part)
                + (bytes > 0 ? ", " + Numbers.size(bytes) : "") + ": "
                + (isOfHeap(cause)
                        ? "the program has " + Numbers.size(Heap.size())
                                + (part.isEmpty() ? "" : ", of which " + Numbers.size(Heap.used()) + " are in use")
                        : cause.getMessage());
    }

    /** Return the remedy in words. */
    public String remedy(OutOfMemoryError cause) {
        if (!isOfHeap(cause)) {
            return "The system gave the program no more: use fewer --threads, or end other programs.";
        }
        String command = bytes > 0 ? Heap.command(Heap.PROGRAM + Heap.used() + bytes + more) : Heap.largerCommand();
        return "Give it more, as in " + command + ", or make batches or layers smaller.";
    }

    /** The JVM may lack threads or memory outside the heap, which no option of it raises. */
    private static boolean isOfHeap(OutOfMemoryError cause) {
        String message = String.valueOf(cause.getMessage());
        return message.startsWith("Java heap space")
                || message.startsWith("GC overhead limit")
                || message.startsWith("Requested array size");
    }
}
