package dev.chainrule.table;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableMemoryTests {
    private static final int SIZE = 3_000_000;
    private static final String MORE =
            "Give the program more memory, as in java -Xmx32m -jar pipeline.jar, or split the file.";
    private static final String CUT = " If it is smaller than that, it is truncated: copy or download it again.";

    @TempDir
    private Path folder;

    @Test
    void require_fileLargerThanTheMemory_isRefusedWithBothNumbers() throws IOException {
        Path file = Files.write(folder.resolve("t.csv"), new byte[SIZE]);
        assertDoesNotThrow(() -> TableMemory.require(file, TableFormat.USUAL, SIZE));
        assertRefused(file, "the file has 3 MB, more than the memory of the program, 2 MB", MORE);
    }

    @Test
    void require_gzip_isJudgedByWhatItUnpacksTo() throws IOException {
        Path file = Files.write(folder.resolve("t.csv.gz"), gzip(SIZE));
        assertDoesNotThrow(() -> TableMemory.require(file, TableFormat.USUAL, SIZE));
        assertRefused(file, "the file unpacks to 3 MB, more than the memory of the program, 2 MB", MORE + CUT);
    }

    @Test
    void require_gzipThatCannotUnpackToItsClaim_isLeftToWhoeverReadsIt() throws IOException {
        byte[] gzip = gzip(SIZE);
        ByteBuffer.wrap(gzip).order(ByteOrder.LITTLE_ENDIAN).putInt(gzip.length - Integer.BYTES, -1);
        Path file = Files.write(folder.resolve("t.csv.gz"), gzip);
        assertDoesNotThrow(() -> TableMemory.require(file, TableFormat.USUAL, 2_000_000));
    }

    private static void assertRefused(Path file, String message, String note) {
        InputException e =
                assertThrows(InputException.class, () -> TableMemory.require(file, TableFormat.USUAL, 2_000_000));
        assertEquals(message, e.getMessage());
        assertEquals(List.of(note), e.notes());
        assertEquals(file.toString(), e.file().orElseThrow());
    }

    private static byte[] gzip(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[size]);
        }
        return bytes.toByteArray();
    }
}
