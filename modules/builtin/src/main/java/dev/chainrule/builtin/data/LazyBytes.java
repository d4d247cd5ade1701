package dev.chainrule.builtin.data;

import java.util.function.Supplier;

/** Bytes loaded lazily: a prefix is in memory, the rest is read when first needed. Safe for several threads. */
public final class LazyBytes {
    private final byte[] beginning;
    private final Lazy<byte[]> whole;

    private LazyBytes(byte[] beginning, Supplier<byte[]> whole) {
        this.beginning = beginning;
        this.whole = new Lazy<>(whole);
    }

    /** Return bytes that are all in memory. Not copied. */
    public static LazyBytes of(byte[] all) {
        return new LazyBytes(all, () -> all);
    }

    /**
     * Return bytes of which a prefix is in memory.
     *
     * @param beginning not copied
     * @param whole returns all of them, the prefix included; called when first needed, once unless it throws
     */
    public static LazyBytes after(byte[] beginning, Supplier<byte[]> whole) {
        return new LazyBytes(beginning, whole);
    }

    /** Return an array that begins with the first {@code end} bytes. Not copied. */
    byte[] upTo(int end) {
        return end <= beginning.length ? beginning : all();
    }

    /** Return the bytes that are in memory already. Not copied. */
    public byte[] beginning() {
        return beginning;
    }

    /** Return all bytes. Not copied. */
    public byte[] all() {
        return whole.get();
    }
}
