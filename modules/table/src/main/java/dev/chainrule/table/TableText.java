package dev.chainrule.table;

import dev.chainrule.api.error.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The text of a table's file: unpacked according to its content, decoded by its byte order mark or the format's
 * encoding.
 */
final class TableText {
    private static final int BUFFER = 1 << 16;

    private TableText() {}

    /** A use of an open text. */
    @FunctionalInterface
    interface Use<T> {
        T of(BufferedReader text) throws IOException;
    }

    /**
     * Read a file's text.
     *
     * @param encoding of the text; empty for UTF-8
     * @throws InputException if the file cannot be read, is of another format, or does not have that encoding
     */
    static <T> T read(Path path, Optional<Charset> encoding, Use<T> use) {
        try {
            return DataFile.read(
                    path, in -> use.of(new BufferedReader(decoded(in, encoding, path.toString()), BUFFER)));
        } catch (Undecodable e) {
            throw undecodable(path, encoding);
        }
    }

    /** Return whether a file begins with a byte order mark. */
    static boolean hasMark(byte[] beginning) {
        return ByteOrderMark.of(beginning).isPresent();
    }

    private static Reader decoded(InputStream in, Optional<Charset> encoding, String place) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, ForeignFormat.LOOKED_AT);
        byte[] beginning = bytes.readNBytes(ForeignFormat.LOOKED_AT);
        Optional<ByteOrderMark> mark = ByteOrderMark.of(beginning);
        if (mark.isEmpty() || mark.get() == ByteOrderMark.UTF_8) {
            ForeignFormat.refuse(beginning, place);
        }
        int from = mark.map(ByteOrderMark::length).orElse(0);
        bytes.unread(beginning, from, beginning.length - from);
        return new Strict(new InputStreamReader(bytes, decoder(charset(mark, encoding))));
    }

    private static Charset charset(Optional<ByteOrderMark> mark, Optional<Charset> encoding) {
        return mark.map(ByteOrderMark::charset).or(() -> encoding).orElse(StandardCharsets.UTF_8);
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Return the problem of a file that cannot be decoded, with the line: the file is read once more to find it. */
    private static InputException undecodable(Path path, Optional<Charset> encoding) {
        byte[] all = DataFile.bytes(path, Integer.MAX_VALUE / 2);
        Optional<ByteOrderMark> mark = ByteOrderMark.of(all);
        Charset charset = charset(mark, encoding);
        ByteBuffer from =
                ByteBuffer.wrap(all).position(mark.map(ByteOrderMark::length).orElse(0));
        CharBuffer into = CharBuffer.allocate(BUFFER);
        CharsetDecoder decoder = decoder(charset);
        int line = 1;
        while (!decoder.decode(from, into, true).isError() && from.hasRemaining()) {
            line += lines(into.flip());
            into.clear();
        }
        line += lines(into.flip());
        String wrong = from.hasRemaining() ? String.format(Locale.ROOT, "byte %02x", all[from.position()]) : "its end";
        return new InputException(
                        wrong + " is not " + Encodings.name(charset).toUpperCase(Locale.ROOT),
                        charset.equals(StandardCharsets.UTF_8)
                                ? "Save the file as UTF-8, or specify its encoding with encoding:, such as "
                                        + "latin-1, windows-1252 or"
                                        + " utf-16."
                                : "Specify another encoding, or save the file as UTF-8.")
                .inFile(path + ":" + line);
    }

    private static int lines(CharSequence text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** Marks at the beginning of a file that determine its encoding. */
    private enum ByteOrderMark {
        UTF_8(StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf),
        UTF_16BE(StandardCharsets.UTF_16BE, 0xfe, 0xff),
        UTF_16LE(StandardCharsets.UTF_16LE, 0xff, 0xfe);

        private final Charset charset;
        private final byte[] bytes;

        ByteOrderMark(Charset charset, int... bytes) {
            this.charset = charset;
            this.bytes = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                this.bytes[i] = (byte) bytes[i];
            }
        }

        static Optional<ByteOrderMark> of(byte[] beginning) {
            return Arrays.stream(values())
                    .filter(mark -> mark.begins(beginning))
                    .findFirst();
        }

        private boolean begins(byte[] file) {
            return file.length >= bytes.length && Arrays.equals(file, 0, bytes.length, bytes, 0, bytes.length);
        }

        private int length() {
            return bytes.length;
        }

        private Charset charset() {
            return charset;
        }
    }

    /** The failure of a text that is not in its encoding. */
    private static final class Undecodable extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A reader that distinguishes a failure to decode from a failure to read. */
    private static final class Strict extends Reader {
        private final Reader reader;

        Strict(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read(char[] into, int offset, int size) throws IOException {
            try {
                return reader.read(into, offset, size);
            } catch (CharacterCodingException e) {
                throw new Undecodable();
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
