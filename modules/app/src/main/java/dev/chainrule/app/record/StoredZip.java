package dev.chainrule.app.record;

import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.AtomicFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip archive whose bytes depend on nothing but its files: entries are sorted, have one time, and are stored without compression,
 * since the bits of compressed data depend on the library that compresses.
 */
final class StoredZip {
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);
    private static final int CHUNK = 1 << 16;

    private StoredZip() {}

    /**
     * Write an archive, whole or not at all.
     *
     * @param folder within the archive, of all files
     * @param files by their names in the folder
     * @throws RunException if a file cannot be read or the archive cannot be written
     */
    static void write(Path target, String folder, SortedMap<String, Path> files) {
        Path part = AtomicFiles.beside(target);
        try {
            try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
                for (Map.Entry<String, Path> file : files.entrySet()) {
                    zip.putNextEntry(entry(folder + "/" + file.getKey(), file.getValue()));
                    copy(file.getValue(), zip);
                    zip.closeEntry();
                }
            }
            AtomicFiles.force(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            AtomicFiles.forceFolder(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            AtomicFiles.delete(part);
            throw new RunException("cannot write " + target + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    private static ZipEntry entry(String name, Path file) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setMethod(ZipEntry.STORED);
        CRC32 crc = new CRC32();
        long size = 0;
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                crc.update(chunk, 0, read);
                size += read;
            }
        }
        entry.setSize(size);
        entry.setCrc(crc.getValue());
        return entry;
    }

    private static void copy(Path file, OutputStream out) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(out);
        }
    }
}
