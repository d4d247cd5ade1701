package dev.chainrule.builtin.data;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A hash of the content of examples: equal content gives equal text, whatever its place. */
public final class Sha256 {
    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    /** Begin with no content. */
    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Return the hash of one array. */
    public static String of(byte[] bytes) {
        return new Sha256().add(bytes).hex();
    }

    /** Add bytes as they are. */
    public Sha256 add(byte[] bytes, int offset, int count) {
        digest.update(bytes, offset, count);
        return this;
    }

    /** Add bytes as they are. */
    public Sha256 add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    /** Add the remaining bytes of a buffer as they are. Its position is modified. */
    public Sha256 add(ByteBuffer bytes) {
        digest.update(bytes);
        return this;
    }

    /** Return a stream that adds all bytes read from it. */
    public InputStream reading(InputStream in) {
        return new DigestInputStream(in, digest);
    }

    /** Add a text with its length, so that no two lists of texts look alike. */
    public Sha256 add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add((long) bytes.length).add(bytes, 0, bytes.length);
    }

    public Sha256 add(List<String> texts) {
        add((long) texts.size());
        texts.forEach(this::add);
        return this;
    }

    public Sha256 add(double[] values) {
        for (double value : values) {
            add(Double.doubleToLongBits(value));
        }
        return this;
    }

    public Sha256 add(long value) {
        digest.update(number.putLong(0, value).array());
        return this;
    }

    /** Return the hash in hexadecimal. Ends the use of this object. */
    public String hex() {
        return HexFormat.of().formatHex(digest());
    }

    /** Return the hash. Ends the use of this object. */
    public byte[] digest() {
        return digest.digest();
    }
}
