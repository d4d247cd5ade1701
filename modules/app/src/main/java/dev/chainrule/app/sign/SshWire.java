package dev.chainrule.app.sign;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The encoding of SSH (RFC 4251, section 5): a string is its length in 32 bits, big-endian, followed by its bytes. */
final class SshWire {
    private SshWire() {}

    /** A reader of bytes in order. */
    static final class Reader {
        private final ByteBuffer bytes;

        Reader(byte[] bytes) {
            this.bytes = ByteBuffer.wrap(bytes);
        }

        /** Skip required bytes. */
        Reader expect(String magic) {
            if (!Arrays.equals(take(magic.length()), magic.getBytes(StandardCharsets.US_ASCII))) {
                throw new IllegalArgumentException("it does not begin with " + magic.strip());
            }
            return this;
        }

        int number() {
            return ByteBuffer.wrap(take(Integer.BYTES)).getInt();
        }

        byte[] string() {
            return take(number());
        }

        String text() {
            return new String(string(), StandardCharsets.UTF_8);
        }

        /** Require that nothing is left. */
        void end() {
            if (bytes.hasRemaining()) {
                throw new IllegalArgumentException("it does not end where it should");
            }
        }

        private byte[] take(int count) {
            if (count < 0 || count > bytes.remaining()) {
                throw new IllegalArgumentException("it ends too early", new BufferUnderflowException());
            }
            byte[] taken = new byte[count];
            bytes.get(taken);
            return taken;
        }
    }

    /** A writer of bytes in order. */
    static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Writer raw(String magic) {
            bytes.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        Writer number(int number) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
            return this;
        }

        Writer string(byte[] string) {
            number(string.length);
            bytes.writeBytes(string);
            return this;
        }

        Writer string(String text) {
            return string(text.getBytes(StandardCharsets.UTF_8));
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /** Return the bytes between the first and last line of a file. */
    static byte[] unarmored(String text, String kind) {
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        String inner = text.strip();
        if (!inner.startsWith(begin) || !inner.endsWith(end) || inner.length() < begin.length() + end.length()) {
            throw new IllegalArgumentException("it is not between " + begin + " and " + end);
        }
        return Base64.getDecoder()
                .decode(inner.substring(begin.length(), inner.length() - end.length())
                        .replaceAll("[\r\n]", ""));
    }

    /** Return bytes in the form of a file, between two lines, 70 characters per line. */
    static String armored(byte[] bytes, String kind) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getEncoder().encodeToString(bytes).replaceAll("(.{70})(?=.)", "$1\n")
                + "\n-----END " + kind + "-----\n";
    }
}
