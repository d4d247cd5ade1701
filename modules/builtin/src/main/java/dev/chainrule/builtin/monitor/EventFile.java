package dev.chainrule.builtin.monitor;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * A file of records in the TFRecord format. A record is its length in eight bytes, their checksum, its bytes and their checksum. A
 * checksum is a masked CRC-32C: (crc rotated right by 15 bits) + 0xa282ead8. All numbers are little-endian.
 *
 * <p>Source: tensorflow.org/tutorials/load_data/tfrecord, "TFRecords format details".
 */
final class EventFile {
    private static final int MASK = 0xa282ead8;
    private static final int ROTATION = 15;
    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int LONGEST = 1 << 28;

    private final Path file;

    EventFile(Path file) {
        this.file = file;
    }

    /** Append records, all in one call of the system. */
    void append(List<byte[]> records) throws IOException {
        int size = records.stream()
                .mapToInt(record -> HEAD + record.length + Integer.BYTES)
                .sum();
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (byte[] record : records) {
            byte[] length = length(record.length);
            bytes.put(length).putInt(checksum(length)).put(record).putInt(checksum(record));
        }
        Copies.append(file, bytes.flip());
    }

    /**
     * Truncate the file before the first record that is incomplete, damaged or not wanted.
     *
     * @param wanted is asked once for each record, in their order
     * @return the bytes that are left
     */
    long truncate(Predicate<byte[]> wanted) throws IOException {
        long left = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            DataInputStream data = new DataInputStream(in);
            for (byte[] record = read(data); record.length > 0 && wanted.test(record); record = read(data)) {
                left += HEAD + record.length + Integer.BYTES;
            }
        }
        Copies.truncate(file, left);
        return left;
    }

    /** Return the next record; an empty one if there is none that is whole. */
    private static byte[] read(DataInputStream data) throws IOException {
        byte[] head = new byte[HEAD];
        byte[] none = {};
        try {
            data.readFully(head);
            ByteBuffer numbers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
            long length = numbers.getLong();
            if (numbers.getInt() != checksum(length(length)) || length > LONGEST) {
                return none;
            }
            byte[] record = new byte[(int) length];
            data.readFully(record);
            return Integer.reverseBytes(data.readInt()) == checksum(record) ? record : none;
        } catch (EOFException e) {
            return none;
        }
    }

    private static byte[] length(long length) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
    }

    private static int checksum(byte... bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
    }
}
