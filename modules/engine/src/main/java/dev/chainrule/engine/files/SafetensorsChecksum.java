package dev.chainrule.engine.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The checksum in a header: the SHA-256 of the whole file with its own 64 digits as zeros, so that no bit of header or body
 * can change unnoticed.
 */
final class SafetensorsChecksum {
    static final String ZEROS = "0".repeat(64);
    /** The key as written here. In JSON, quotes within a text follow a backslash, so that only a key looks like this. */
    private static final byte[] KEY = ("\"" + Safetensors.CHECKSUM + "\":\"").getBytes(StandardCharsets.UTF_8);

    private SafetensorsChecksum() {}

    /** Return a header with its zeros replaced by the digits. */
    static byte[] sealed(byte[] header, MessageDigest digest) {
        byte[] digits = HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
        byte[] sealed = header.clone();
        System.arraycopy(digits, 0, sealed, place(header), digits.length);
        return sealed;
    }

    /** Return a header with zeros for digits. */
    static byte[] unsealed(byte[] header) {
        byte[] unsealed = header.clone();
        int place = place(header);
        if (place + ZEROS.length() > header.length) {
            throw new IllegalArgumentException("the header ends within its checksum");
        }
        Arrays.fill(unsealed, place, place + ZEROS.length(), (byte) '0');
        return unsealed;
    }

    private static int place(byte[] header) {
        for (int i = 0; i + KEY.length <= header.length; i++) {
            if (Arrays.equals(header, i, i + KEY.length, KEY, 0, KEY.length)) {
                return i + KEY.length;
            }
        }
        throw new IllegalArgumentException("its checksum is not where it was written");
    }
}
