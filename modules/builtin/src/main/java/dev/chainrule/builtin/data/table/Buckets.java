package dev.chainrule.builtin.data.table;

import dev.chainrule.builtin.data.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** The buckets into which names are hashed. */
final class Buckets {
    private Buckets() {}

    static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "bucket " + i).toList();
    }

    /** Return the first eight bytes of the SHA-256 of a name in UTF-8, as a number without a sign, modulo the number of buckets. */
    static int of(String name, int count) {
        byte[] hash = new Sha256().add(name.getBytes(StandardCharsets.UTF_8)).digest();
        return (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), count);
    }
}
