package dev.chainrule.table.cache;

import dev.chainrule.api.error.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The records of an entry, mapped from its file: the system keeps in memory those parts that are in use, and no others. An
 * entry that is deleted stays readable for those who have mapped it. Safe for several threads.
 *
 * <p>A map of Java has less than 2 GiB, so there are several, each of whole records.
 */
public final class CachedRecords {
    private static final int LARGEST_MAP = 1 << 30;
    private static final int CACHE_LINE = 64;

    private final Path file;
    private final CacheHeader header;
    private final MappedByteBuffer[] maps;
    private final int recordsPerMap;
    private final byte[] notes;
    /** Prevents the compiler from removing the reads of {@link #touch}. Never written: threads would wait for one another. */
    @SuppressWarnings("UnusedVariable")
    private int touched;

    private CachedRecords(Path file, CacheHeader header, FileChannel channel, int largestMap) throws IOException {
        this.file = file;
        this.header = header;
        this.recordsPerMap = Math.max(1, largestMap / header.each());
        this.maps = new MappedByteBuffer[(int) (((long) header.records() + recordsPerMap - 1) / recordsPerMap)];
        long map = (long) recordsPerMap * header.each();
        long end = (long) header.records() * header.each();
        for (int i = 0; i < maps.length; i++) {
            maps[i] = channel.map(
                    FileChannel.MapMode.READ_ONLY, CacheHeader.SIZE + i * map, Math.min(map, end - i * map));
        }
        ByteBuffer rest = ByteBuffer.allocate(header.notes());
        channel.position(CacheHeader.SIZE + end);
        while (rest.hasRemaining() && channel.read(rest) >= 0) {
            // until the notes are complete
        }
        this.notes = rest.array();
    }

    static CachedRecords open(Path file, CacheHeader header) throws IOException {
        return open(file, header, LARGEST_MAP);
    }

    /**
     * Map a file.
     *
     * @param largestMap the most bytes of a map that has more than one record
     */
    static CachedRecords open(Path file, CacheHeader header, int largestMap) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return new CachedRecords(file, header, channel, largestMap);
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
     * Read a record. Allocates nothing.
     *
     * @param into at least as long as a record. Its beginning is modified.
     */
    public void read(int record, byte[] into) {
        maps[Objects.checkIndex(record, header.records()) / recordsPerMap].get(
                record % recordsPerMap * header.each(), into, 0, header.each());
    }

    /** Fetch a record into the processor's caches. */
    public void touch(int record) {
        MappedByteBuffer map = maps[Objects.checkIndex(record, header.records()) / recordsPerMap];
        int first = record % recordsPerMap * header.each();
        int sum = 0;
        for (int i = first; i < first + header.each(); i += CACHE_LINE) {
            sum += map.get(i);
        }
        if (sum == Integer.MIN_VALUE) { // no sum of so few bytes has this value
            touched = sum;
        }
    }

    /**
     * Pass all records, in order, to a consumer, and check that they are those that were written.
     *
     * @throws InputException if they are not
     */
    public void forEachPart(Consumer<ByteBuffer> consumer) {
        CRC32C checksum = new CRC32C();
        for (MappedByteBuffer map : maps) {
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
