package dev.chainrule.table.cache;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first {@link #SIZE} bytes of an entry's file, which the records follow, and then the notes: magic text, the fields below,
 * zeros, and the SHA-256 of all that. A file with another length than the header states, or another SHA-256 of the header, is
 * not an entry.
 *
 * @param sha256 of the key
 * @param label the entry in words
 * @param each the bytes of a record
 * @param records the number of records
 * @param notes the bytes of the notes
 * @param checksum CRC-32C of the records, then of the notes
 */
record CacheHeader(String sha256, String label, int each, int records, int notes, long checksum) {
    /** A page, so that the records begin with one. */
    static final int SIZE = 4096;

    private static final byte[] MAGIC = "chainrule cache 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH = 32;
    private static final int LONGEST_LABEL = 1000;

    /** Return the length of the whole file. */
    long fileSize() {
        return SIZE + (long) each * records + notes;
    }

    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE).put(MAGIC);
        put(bytes, sha256);
        put(bytes, label.substring(0, Math.min(LONGEST_LABEL, label.length())));
        bytes.putInt(each).putInt(records).putInt(notes).putLong(checksum);
        return bytes.position(SIZE - HASH).put(hash(bytes)).rewind();
    }

    /** Read the header of a file; empty if it is not a whole entry. */
    static Optional<CacheHeader> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the header is complete
            }
        }
        byte[] magic = new byte[MAGIC.length];
        bytes.rewind().get(magic);
        if (!Arrays.equals(magic, MAGIC) || !Arrays.equals(hash(bytes), 0, HASH, bytes.array(), SIZE - HASH, SIZE)) {
            return Optional.empty();
        }
        try {
            CacheHeader header = new CacheHeader(
                    text(bytes), text(bytes), bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getLong());
            return Optional.of(header).filter(complete -> complete.fileSize() == size(file));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return -1;
        }
    }

    private static byte[] hash(ByteBuffer header) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(header.duplicate().position(0).limit(SIZE - HASH));
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void put(ByteBuffer bytes, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.putShort((short) encoded.length).put(encoded);
    }

    private static String text(ByteBuffer bytes) {
        byte[] encoded = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }
}
