package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The exact bits of loss and gradient norm of every step of a run, read from its file. */
public final class RecordedSteps {
    static final int BYTES = 2 * Double.BYTES;

    private final ByteBuffer values;

    private RecordedSteps(ByteBuffer values) {
        this.values = values;
    }

    /**
     * Read a file; a missing file has no steps. An incomplete last step of a killed run is skipped.
     *
     * @throws InputException if it cannot be read
     */
    public static RecordedSteps read(Path file) {
        try {
            byte[] bytes = Files.exists(file) ? WholeFile.bytes(file) : new byte[0];
            return new RecordedSteps(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }

    /** Return the number of steps. */
    public int size() {
        return values.capacity() / BYTES;
    }

    /** Return the loss of a step, counted from 0. */
    public double loss(int step) {
        return values.getDouble(step * BYTES);
    }

    /** Return the Euclidean norm of all gradients of a step, counted from 0. */
    public double gradientNorm(int step) {
        return values.getDouble(step * BYTES + Double.BYTES);
    }

    /** Return the first step whose bits differ; empty if the steps of one are the beginning of the other's. */
    public OptionalInt firstDifference(RecordedSteps other) {
        int shared = Math.min(size(), other.size()) * BYTES;
        int at = values.slice(0, shared).mismatch(other.values.slice(0, shared));
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at / BYTES);
    }
}
