package dev.chainrule.engine.files;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Matrix;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** SHA-256 of text, files and matrices, in hexadecimal digits. */
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

    /**
     * Return the hash of a file's content.
     *
     * @throws InputException if it is a pipe, a device or a socket
     */
    public static String of(Path file) throws IOException {
        WholeFile.requireEnd(file);
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /**
     * Return the hash of a jar's content: of name and hash of each file in it, sorted, so that a jar rebuilt from the same
     * sources has the same hash, whatever its time stamps and order.
     *
     * @throws ZipException if a file unpacks to more than the size in the jar, by which the jar was checked
     */
    public static String ofJar(Path file) throws IOException {
        StringBuilder content = new StringBuilder();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = jar.stream()
                    .filter(entry -> !entry.isDirectory())
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .toList();
            for (ZipEntry entry : entries) {
                if (entry.getName().indexOf('\n') >= 0) {
                    throw new ZipException("a name in it has a line break, so that another jar may have the same hash");
                }
                try (InputStream in = jar.getInputStream(entry)) {
                    content.append(entry.getName())
                            .append('\n')
                            .append(of(new Declared(in, entry)))
                            .append('\n');
                }
            }
        }
        return of(content.toString());
    }

    private static String of(InputStream in) throws IOException {
        MessageDigest digest = digest();
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
            digest.update(chunk, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Return the hash of a matrix's elements, by rows, little-endian. */
    public static String of(Matrix matrix) {
        MessageDigest digest = digest();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        int most = CHUNK / matrix.precision().bytes();
        for (int from = 0; from < matrix.size(); from += most) {
            matrix.write(chunk.clear(), from, Math.min(most, matrix.size() - from));
            digest.update(chunk.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Return a new digest. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The unpacked bytes of a jar's file, up to the size that the jar declares. */
    private static final class Declared extends FilterInputStream {
        private final String name;
        private long left;

        Declared(InputStream in, ZipEntry entry) {
            super(in);
            this.name = entry.getName();
            this.left = entry.getSize();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new ZipException(name + " is larger than the jar says");
            }
            return read;
        }
    }
}
