package dev.chainrule.engine.record;

import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Sha256;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The canonical form of a record: one line per value, {@code <pointer>TAB<value>}, sorted by bytes.
 *
 * <p>The pointer is that of RFC 6901, its keys escaped as in JSON first, so that no key forges a line. A mapping is
 * <code>{</code>, a list {@code [}, a text is in quotes, a number has the digits of the file. A fact that depends on time or
 * machine counts by its presence only: its value is {@code *}. These facts are listed here one by one; every other fact
 * counts. docs/REPRODUCIBILITY.md specifies the form, and tools/verify is a second implementation.
 */
final class RecordLines {
    private static final Pattern TIME_OR_MACHINE = Pattern.compile("/started|/ended|/resumed/\\d+/time"
            + "|(/resumed/\\d+)?/program/(java|os|architecture|processor|processors|threads|vector_bits)"
            + "|/working_directory|/config(/bases/\\d+)?/(file|folder)|/start/file"
            + "|/files/\\d+/(found|from_run)|/plugins/\\d+/(jar|from_run)|/plugins/\\d+/libraries/\\d+/jar"
            + "|/seal/digest");

    private final SortedMap<String, String> lines = new TreeMap<>();

    private RecordLines() {}

    /**
     * Return the value of every fact of a record by its pointer.
     *
     * @throws IllegalArgumentException if the text is not valid JSON
     */
    static SortedMap<String, String> of(String json) {
        RecordLines record = new RecordLines();
        record.add("", JsonReader.readExact(json));
        return record.lines;
    }

    /** Return the SHA-256 of all lines, each with its line feed. */
    static String digest(SortedMap<String, String> lines) {
        List<byte[]> sorted = new ArrayList<>();
        lines.forEach((pointer, value) -> sorted.add(bytes(pointer + "\t" + value + "\n")));
        sorted.sort(Arrays::compareUnsigned);
        MessageDigest digest = Sha256.digest();
        sorted.forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private void add(String pointer, Object value) {
        if (value instanceof Map<?, ?> map) {
            put(pointer, "{");
            map.forEach((key, inner) -> add(pointer + "/" + escaped((String) key), inner));
        } else if (value instanceof List<?> list) {
            put(pointer, "[");
            for (int i = 0; i < list.size(); i++) {
                add(pointer + "/" + i, list.get(i));
            }
        } else if (TIME_OR_MACHINE.matcher(pointer).matches()) {
            put(pointer, "*");
        } else if (value instanceof String text) {
            put(pointer, Json.text(text));
        } else {
            put(pointer, value instanceof JsonReader.Digits number ? number.digits() : String.valueOf(value));
        }
    }

    private void put(String pointer, String value) {
        bytes(pointer + value);
        lines.put(pointer, value);
    }

    private static String escaped(String key) {
        String quoted = Json.text(key);
        return quoted.substring(1, quoted.length() - 1).replace("~", "~0").replace("/", "~1");
    }

    private static byte[] bytes(String text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return encoded;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a text that is not Unicode", e);
        }
    }
}
