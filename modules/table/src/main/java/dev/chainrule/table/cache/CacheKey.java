package dev.chainrule.table.cache;

/**
 * The identity of an entry, and the space that it takes at most.
 *
 * @param kind of examples, in lower case: {@code images}
 * @param sha256 of everything that the bytes depend on: the files, the settings and the decoder
 * @param label the entry in words, for lists
 * @param each the bytes of a record
 * @param records the number of records, or a bound for it
 */
public record CacheKey(String kind, String sha256, String label, int each, int records) {
    private static final int DIGITS = 32;

    /** Return the name of the entry's file. */
    String file() {
        return kind + "-" + sha256.substring(0, DIGITS) + DataCache.ENDING;
    }

    /** Return the bytes of all records. */
    long bytes() {
        return (long) each * records;
    }
}
