package dev.chainrule.builtin.data;

import java.util.function.Supplier;

/** Hold bytes of which the first are here, and all come when more of them are asked for. Safe for several threads. */
public final class LateBytes {
    private final byte[] beginning;
    private final Once<byte[]> whole;

    private LateBytes(byte[] beginning, Supplier<byte[]> whole) {
        this.beginning = beginning;
        this.whole = new Once<>(whole);
    }

    /** Hold bytes that are all here. Not copied. */
    public static LateBytes of(byte[] all) {
        return new LateBytes(all, () -> all);
    }

    /**
     * Hold the first bytes.
     *
     * @param beginning not copied
     * @param whole gives all of them, the first included; called when it is needed, once unless it throws
     */
    public static LateBytes after(byte[] beginning, Supplier<byte[]> whole) {
        return new LateBytes(beginning, whole);
    }

    /** Return an array that begins with the first {@code end} bytes. Not copied. */
    byte[] upTo(int end) {
        return end <= beginning.length ? beginning : all();
    }

    /** Return the bytes that are here already. Not copied. */
    public byte[] beginning() {
        return beginning;
    }

    /** Return all bytes. Not copied. */
    public byte[] all() {
        return whole.get();
    }
}
