package dev.chainrule.builtin.data;

import dev.chainrule.api.InputException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Read a file of UTF-8 text, with or without a byte order mark. */
final class CsvText {
    private static final int LARGEST = Integer.MAX_VALUE / 2;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private CsvText() {}

    /**
     * Return a file's text.
     *
     * @throws InputException if it cannot be read, or is not UTF-8, with the line
     */
    static String read(Path path) {
        byte[] bytes = DataFile.bytes(path, LARGEST);
        if (bytes.length == LARGEST) {
            throw new InputException("the file has more than " + (LARGEST - 1) + " bytes").inFile(path.toString());
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer from = ByteBuffer.wrap(bytes);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(from, text, true);
        if (result.isError()) {
            int wrong = from.position();
            throw new InputException(
                            String.format(Locale.ROOT, "byte %02x is not UTF-8", bytes[wrong]),
                            "Save the file as UTF-8, the only encoding that is read.")
                    .inFile(path + ":" + line(bytes, wrong));
        }
        text.flip();
        boolean marked = text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK;
        return (marked ? text.position(1) : text).toString();
    }

    private static int line(byte[] bytes, int end) {
        int line = 1;
        for (int i = 0; i < end; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
