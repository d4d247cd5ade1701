package dev.chainrule.config.node;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Source;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.yaml.snakeyaml.reader.StreamReader;

/** A config's text, decoded from UTF-8 and checked for characters that YAML does not allow. */
record ConfigText(Source source, String text) {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /**
     * Decode and check bytes.
     *
     * @throws Unreadable if they are not UTF-8 or contain control characters
     */
    static ConfigText decode(String name, byte[] bytes) {
        if (bytes.length >= 2 && ((bytes[0] == -1 && bytes[1] == -2) || (bytes[0] == -2 && bytes[1] == -1))) {
            throw new Unreadable(Problem.error(
                    Mark.whole(Source.named(name)), "this file is UTF-16, not UTF-8", "Save it as UTF-8."));
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer decoded = CharBuffer.allocate(bytes.length + 1);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(input, decoded, true);
        String text = decoded.flip().toString();
        if (result.isError()) {
            String received = String.format(Locale.ROOT, "byte 0x%02x", bytes[input.position()]);
            throw new Unreadable(Problem.error(
                    markAt(Source.of(name, text), text, text.length()),
                    received + " is not UTF-8",
                    "Save the file as UTF-8."));
        }
        String withoutMark = text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        return check(Source.of(name, withoutMark), withoutMark);
    }

    /**
     * Check a text.
     *
     * @throws Unreadable if it contains control characters, or a word longer than a scalar may be: the parser would
     *     copy it a thousand letters at a time
     */
    static ConfigText check(Source source, String text) {
        int word = 0;
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                String received = String.format(Locale.ROOT, "character U+%04X", c);
                throw new Unreadable(Problem.error(
                        markAt(source, text, i),
                        received + " is not allowed in YAML",
                        "Remove it, or write it as an escape within double quotes."));
            }
            word = Character.isWhitespace(c) ? i + 1 : word;
            if (i - word == ConfigNode.Scalar.LONGEST) {
                throw new Unreadable(Problem.error(
                        markAt(source, text, word),
                        "more than " + ConfigNode.Scalar.LONGEST + " letters without a blank",
                        EventReader.DATA));
            }
        }
        return new ConfigText(source, text);
    }

    private static Mark markAt(Source source, String text, int index) {
        String[] lines = text.substring(0, index).split("\r\n|[\n\r\u0085\u2028\u2029]", -1);
        String last = lines[lines.length - 1];
        int column = last.codePointCount(0, last.length()) + 1;
        return new Mark(source, lines.length, column, column + 1);
    }
}
