package dev.chainrule.engine.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTests {
    /** The signature of an entry in a zip archive's list, and where in it the unpacked size stands. */
    private static final int LISTED = 0x02014b50;

    private static final int UNPACKED_SIZE = 24;

    @TempDir
    private Path folder;

    @Test
    void bytes_fileOverTheLimit_isRefused() throws IOException {
        Path file = Files.write(folder.resolve("run.json"), new byte[2_000_000]);
        assertArrayEquals(new byte[2_000_000], WholeFile.bytes(file, 2_000_000));
        InputException e = assertThrows(InputException.class, () -> WholeFile.bytes(file, 1_000_000));
        assertEquals("the file has 2 MB, more than the maximum of 1 MB", e.getMessage());
        assertEquals(file.toString(), e.file().orElseThrow());
    }

    @Test
    void bytesAndHash_device_areRefused() {
        Path device = Path.of("/dev/zero");
        String refused = "is a pipe, a device or a socket; a file is required";
        assertEquals(
                refused,
                assertThrows(InputException.class, () -> WholeFile.bytes(device))
                        .getMessage());
        assertEquals(
                refused,
                assertThrows(InputException.class, () -> Sha256.of(device)).getMessage());
    }

    @Test
    void jarHash_fileLargerThanTheJarSays_isRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("a"));
            zip.write(new byte[1_000_000]);
        }
        ByteBuffer jar = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int listed = 0;
        while (jar.getInt(listed) != LISTED) {
            listed++;
        }
        jar.putInt(listed + UNPACKED_SIZE, 1_000);
        Path file = Files.write(folder.resolve("a.jar"), jar.array());
        assertThrows(ZipException.class, () -> Sha256.ofJar(file));
    }
}
