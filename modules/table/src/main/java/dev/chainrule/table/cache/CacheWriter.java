package dev.chainrule.table.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** The writer of an entry's records. */
public final class CacheWriter {
    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();
    private long written;
    private byte[] notes = {};

    CacheWriter(FileChannel channel) throws IOException {
        this.channel = channel;
        channel.position(CacheHeader.SIZE);
    }

    /** Append records. */
    public void append(byte[] records, int offset, int count) throws IOException {
        write(records, offset, count);
        written += count;
    }

    /** Set the notes on the records, which {@link CachedRecords#notes} returns. */
    public void notes(byte[] about) {
        notes = about.clone();
    }

    private void write(byte[] bytes, int offset, int count) throws IOException {
        checksum.update(bytes, offset, count);
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, count);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    /** Write the notes, then the header, and force all to disk. */
    void finish(CacheKey key) throws IOException {
        write(notes, 0, notes.length);
        int records = Math.toIntExact(written / key.each());
        ByteBuffer header = new CacheHeader(
                        key.sha256(), key.label(), key.each(), records, notes.length, checksum.getValue())
                .bytes();
        channel.position(0);
        while (header.hasRemaining()) {
            channel.write(header);
        }
        channel.force(true);
    }
}
