package dev.chainrule.table;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory that a table takes while it is read: its text; per cell, the end of the text and its place among the inputs, and of
 * numbers the value; and per row, its line, its first cell, its index and its targets. The number of cells is that of the beginning of
 * the file, in proportion.
 */
public final class TableMemory {
    /** The beginning of a file in which cells and rows are counted. */
    private static final int LOOKED_AT = 1 << 16;

    private static final int OF_CELL = Integer.BYTES + Double.BYTES;
    private static final String BEGIN_NUMBERS = "0123456789+-.";
    /** Six numbers of places, and three of the target: as read, alone, and among the targets. */
    private static final int OF_ROW = 6 * Integer.BYTES + 3 * Double.BYTES;

    /** The most bytes that deflate packs into one (RFC 1951): 258 bytes into two bits. */
    private static final int MOST_GROWTH = 1032;
    /** The cells of a table have at most 2³¹ bytes of text, and there are at most as many of them. */
    private static final long LARGEST = 1L << 32;

    private TableMemory() {}

    /**
     * Check, before a table is read, that its cells can fit into memory, as far as the size of its file shows: each
     * byte belongs to a cell or separates cells, and a cell takes additional memory.
     *
     * @param available bytes that the program has
     * @throws InputException with both numbers
     */
    static void require(Path path, TableFormat format, long available) {
        try {
            if (!Files.isRegularFile(path)) {
                return; // reading it later reports the reason
            }
            long packed = Files.size(path);
            long size = DataFile.claimedSize(path).orElse(packed);
            boolean gzip = size != packed;
            if (gzip && size / MOST_GROWTH > packed) {
                return; // not even gzip packs so much: the stated size is wrong
            }
            String has = (gzip ? "the file unpacks to " : "the file has ") + Numbers.size(size);
            String damaged = gzip ? " If it is smaller than that, it is truncated: copy or download it again." : "";
            if (size > LARGEST) {
                throw new InputException(
                                has + ", but only tables of up to " + Numbers.size(LARGEST) + " are supported",
                                "Split the file." + damaged)
                        .inFile(path.toString());
            }
            if (size > available) {
                throw new InputException(
                                has + ", more than the memory of the program, " + Numbers.size(available),
                                DataFile.moreMemory(command(path, format)) + damaged)
                        .inFile(path.toString());
            }
        } catch (IOException e) {
            throw DataFile.problem(e).inFile(path.toString());
        }
    }

    /** {@return the problem of a table for which there was not enough memory} */
    public static InputException problem(Path path, TableFormat format) {
        try {
            return new InputException(
                            "there is not enough memory to read the table: the program has "
                                    + Numbers.size(Heap.size()),
                            DataFile.moreMemory(command(path, format)))
                    .inFile(path.toString());
        } catch (IOException e) {
            return DataFile.problem(e).inFile(path.toString());
        }
    }

    private static String command(Path path, TableFormat format) throws IOException {
        return Heap.command(Heap.PROGRAM + bytes(path, format));
    }

    /** Return the bytes that a table takes. */
    static double bytes(Path path, TableFormat format) throws IOException {
        byte[] beginning = DataFile.bytes(path, LOOKED_AT);
        int rows = 0;
        int cells = 0;
        int numbers = 0;
        boolean begins = true;
        for (byte each : beginning) {
            boolean ends = each == '\n'
                    || each == format.delimiter()
                    || format.delimiter() == TableFormat.WHITESPACE && each == ' ';
            rows += each == '\n' ? 1 : 0;
            cells += ends ? 1 : 0;
            numbers += begins && !ends && BEGIN_NUMBERS.indexOf(each) >= 0 ? 1 : 0;
            begins = ends;
        }
        double size = DataFile.claimedSize(path).orElse(Files.size(path));
        return size
                * (1
                        + ((double) OF_CELL * cells + (double) Double.BYTES * numbers + (double) OF_ROW * rows)
                                / beginning.length);
    }
}
