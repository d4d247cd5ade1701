package dev.chainrule.table.cache;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The records of an entry. Few are copied into memory, where reading them in random order is about a tenth faster; many are mapped
 * from the file: the system keeps in memory those parts that are in use, and no others. An entry that is deleted stays readable
 * for those who have mapped it. Safe for several threads.
 *
 * <p>A map of Java has less than 2 GiB, so there are several, each of whole records.
 */
public final class CachedRecords {
    private static final int LARGEST_MAP = 1 << 30;
    private static final int LARGEST_COPY = 1 << 26;
    private static final int CACHE_LINE = 64;

    private final Path file;
    private final CacheHeader header;
    /** The maps, or a single buffer of the copy. */
    private final ByteBuffer[] maps;

    /** All records; empty if they are mapped. */
    private final byte[] copy;

    private final int recordsPerMap;
    private final ThreadLocal<byte[]> own;
    private final byte[] notes;
    /** Prevents the compiler from removing the reads of {@link #touch}. Never written: threads would wait for one another. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    private CachedRecords(Path file, CacheHeader header, FileChannel channel, int largestCopy, int largestMap)
            throws IOException {
        this.file = file;
        this.header = header;
        long end = (long) header.records() * header.each();
        if (end <= largestCopy) {
            this.copy = read(channel, CacheHeader.SIZE, (int) end);
            this.recordsPerMap = header.records();
            this.maps = new ByteBuffer[] {ByteBuffer.wrap(copy)};
        } else {
            this.copy = new byte[0];
            this.recordsPerMap = Math.max(1, largestMap / header.each());
            this.maps = new ByteBuffer[(int) (((long) header.records() + recordsPerMap - 1) / recordsPerMap)];
            long map = (long) recordsPerMap * header.each();
            for (int i = 0; i < maps.length; i++) {
                maps[i] = channel.map(
                        FileChannel.MapMode.READ_ONLY, CacheHeader.SIZE + i * map, Math.min(map, end - i * map));
            }
        }
        this.notes = read(channel, CacheHeader.SIZE + end, header.notes());
        int each = copy.length == 0 ? header.each() : 0;
        this.own = ThreadLocal.withInitial(() -> new byte[each]);
    }

    private static byte[] read(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        channel.position(position);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // until they are complete
        }
        return bytes.array();
    }

    /**
     * Return the bytes of memory that records will take.
     *
     * @param bytes of all records
     */
    public static long memory(long bytes) {
        return bytes <= LARGEST_COPY ? bytes : 0;
    }

    static CachedRecords open(Path file, CacheHeader header) throws IOException {
        return open(file, header, LARGEST_COPY, LARGEST_MAP);
    }

    /**
     * Copy or map a file.
     *
     * @param largestCopy the most bytes that are copied
     * @param largestMap the most bytes of a map that has more than one record
     */
    static CachedRecords open(Path file, CacheHeader header, int largestCopy, int largestMap) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return new CachedRecords(file, header, channel, largestCopy, largestMap);
        }
    }

    /** Return the number of records. */
    public int size() {
        return header.records();
    }

    /** Return the notes on the records. Not copied. */
    public byte[] notes() {
        return notes;
    }

    /**
     * Store the unsigned bytes of a record as a row. Allocates nothing after the first record of a thread.
     *
     * @param x [rows, bytes of a record]. Row {@code row} is modified.
     */
    public void read(int record, Matrix x, int row) {
        read(record, x, row, 0);
    }

    /**
     * Store the unsigned bytes of a record as a part of a row. Allocates nothing after the first record of a thread.
     *
     * @param x [rows, columns]. As many numbers of row {@code row} as a record has bytes are modified.
     * @param column the first of them
     */
    public void read(int record, Matrix x, int row, int column) {
        Objects.checkIndex(record, header.records());
        if (copy.length > 0) {
            x.setRow(row, column, copy, record * header.each(), header.each());
            return;
        }
        byte[] bytes = own.get();
        maps[record / recordsPerMap].get(record % recordsPerMap * header.each(), bytes, 0, bytes.length);
        x.setRow(row, column, bytes, 0, bytes.length);
    }

    /** Add the bytes of a record to a buffer. */
    public void read(int record, ByteBuffer into) {
        Objects.checkIndex(record, header.records());
        into.put(maps[record / recordsPerMap].slice(record % recordsPerMap * header.each(), header.each()));
    }

    /** Fetch a record into the processor's caches. */
    public void touch(int record) {
        Objects.checkIndex(record, header.records());
        int sum = copy.length > 0 ? sum(record * header.each()) : sum(maps[record / recordsPerMap], record);
        if (sum == Integer.MIN_VALUE) { // no sum of so few bytes has this value
            touched = sum;
        }
    }

    private int sum(int first) {
        int sum = 0;
        for (int i = first; i < first + header.each(); i += CACHE_LINE) {
            sum += copy[i];
        }
        return sum;
    }

    private int sum(ByteBuffer map, int record) {
        int first = record % recordsPerMap * header.each();
        int sum = 0;
        for (int i = first; i < first + header.each(); i += CACHE_LINE) {
            sum += map.get(i);
        }
        return sum;
    }

    /**
     * Pass all records, in order, to a consumer, and check that they are those that were written.
     *
     * @throws InputException if they are not
     */
    public void forEachPart(Consumer<ByteBuffer> consumer) {
        CRC32C checksum = new CRC32C();
        for (ByteBuffer map : maps) {
            checksum.update(map.duplicate());
            consumer.accept(map.duplicate());
        }
        checksum.update(notes);
        if (checksum.getValue() != header.checksum()) {
            throw new InputException(
                            "the cached examples have changed since they were written",
                            "Delete the file, or run cache clear; then repeat the command, which prepares them again.")
                    .inFile(file.toString());
        }
    }
}
