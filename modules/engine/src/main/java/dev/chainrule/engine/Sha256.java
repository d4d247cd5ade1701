package dev.chainrule.engine;

import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hash text, files and matrices. All results are hexadecimal. */
public final class Sha256 {
    private static final int CHUNK = 1 << 16;

    private Sha256() {}

    /** Return the hash of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Return the hash of bytes. */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** Return the hash of a file's content. */
    public static String of(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Return the hash of a matrix's elements, by rows, little-endian. */
    static String of(Matrix matrix) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(matrix.bytes()));
        matrix.write(bytes);
        return of(bytes.array());
    }

    /** Return a digest that has seen nothing. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
