package dev.chainrule.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The encoding of a text without a byte order mark, from its bytes. */
final class EncodingGuess {
    private static final int BLOCK = 1 << 16;

    /**
     * The least number of letters beyond ASCII, for each byte that is not part of one, in a text that counts as UTF-8.
     */
    private static final double LETTERS_PER_FAULT = 0.5;

    private EncodingGuess() {}

    /** Return an encoding that the text may have; empty for UTF-8, or if a byte order mark determines it. */
    static Optional<Charset> of(Path file) {
        return DataFile.read(file, EncodingGuess::of);
    }

    private static Optional<Charset> of(InputStream in) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        byte[] block = in.readNBytes(BLOCK);
        if (TableText.hasMark(block)) {
            return Optional.empty();
        }
        Optional<Charset> wide = wide(block);
        if (wide.isPresent()) {
            return wide;
        }
        boolean windows = false;
        long letters = 0;
        long faults = 0;
        byte[] rest = new byte[0];
        while (block.length > 0) {
            if (rest.length == 0 && isAscii(block)) {
                block = in.readNBytes(BLOCK);
                continue;
            }
            for (byte each : block) {
                windows |= (each & 0xff) >= 0x80 && (each & 0xff) < 0xa0;
            }
            byte[] joined = new byte[rest.length + block.length];
            System.arraycopy(rest, 0, joined, 0, rest.length);
            System.arraycopy(block, 0, joined, rest.length, block.length);
            ByteBuffer from = ByteBuffer.wrap(joined);
            CharBuffer into = CharBuffer.allocate(joined.length);
            CoderResult result = decoder.reset().decode(from, into, false);
            while (result.isError()) {
                faults++;
                from.position(from.position() + result.length());
                result = decoder.decode(from, into, false);
            }
            letters += into.flip().chars().filter(c -> c >= 0x80).count();
            rest = new byte[from.remaining()];
            from.get(rest);
            block = in.readNBytes(BLOCK);
        }
        faults += rest.length > 0 ? 1 : 0;
        // Text in other encodings rarely forms letters of UTF-8, so a few of them indicate UTF-8 with faults, which are
        // reported on reading.
        if (faults == 0 || letters > LETTERS_PER_FAULT * faults) {
            return Optional.empty();
        }
        // The bytes 80 to 9f are letters and quotes in Windows' encoding, and control characters in Latin-1.
        return Encodings.of(windows ? "windows-1252" : "latin-1");
    }

    private static boolean isAscii(byte[] block) {
        int all = 0;
        for (byte each : block) {
            all |= each;
        }
        return all >= 0;
    }

    /** Return UTF-16 in the byte order that leaves most zeros in the high bytes; empty if hardly any byte is zero. */
    private static Optional<Charset> wide(byte[] beginning) {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < beginning.length; i++) {
            even += beginning[i] == 0 && i % 2 == 0 ? 1 : 0;
            odd += beginning[i] == 0 && i % 2 == 1 ? 1 : 0;
        }
        if (Math.max(even, odd) <= beginning.length / 4) {
            return Optional.empty();
        }
        return Optional.of(odd > even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE);
    }
}
