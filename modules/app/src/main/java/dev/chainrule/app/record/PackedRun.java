package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.StagedFolder;
import dev.chainrule.engine.record.RunDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A run in a zip archive, which may come from anybody.
 *
 * <p>Nothing is written before the whole list of files was examined: every name stays within one folder, that folder is a run, and
 * sizes are believable. While files are written, none may become larger than the list
 * says, and each must have its checksum.
 */
final class PackedRun {
    private static final int SIGNATURE = 0x504b0304;
    private static final int MOST_FILES = 100_000;
    /** Text shrinks to a hundredth at most; an archive that unpacks to more is made to fill the disk. */
    private static final long MOST_GROWTH = 200;

    private static final int CHUNK = 1 << 16;
    /** Names that every file system takes: no drive, backslash, control character or empty name. */
    private static final Pattern NAME = Pattern.compile("[^/\\\\:\\p{Cntrl}]+(/[^/\\\\:\\p{Cntrl}]+)+");

    private final Path archive;
    private final ZipFile zip;

    private PackedRun(Path archive, ZipFile zip) {
        this.archive = archive;
        this.zip = zip;
    }

    /** Return whether a file is an archive, by its first bytes. */
    static boolean isArchive(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(Integer.BYTES);
            return start.length == Integer.BYTES && ByteBuffer.wrap(start).getInt() == SIGNATURE;
        } catch (IOException e) {
            return false; // its reader reports the reason
        }
    }

    /**
     * Unpack a run into a folder of its own below another.
     *
     * @throws InputException if the archive is damaged, contains no run, or must not be trusted
     */
    static RunDirectory unpack(Path archive, Path target) {
        return read(archive, packed -> packed.into(target));
    }

    /**
     * Unpack a run so that its directory appears whole or not at all, and is on disk then.
     *
     * @param target the folder in which it appears
     * @param say receives a line about the remains of an earlier unpacking that did not come to its end
     * @throws InputException if the archive is damaged, contains no run, or must not be trusted
     */
    static RunDirectory unpackWhole(Path archive, Path target, Consumer<String> say) {
        return read(archive, packed -> packed.whole(target, say));
    }

    /** The unpacking of an open archive. */
    private interface Unpacking {
        RunDirectory unpack(PackedRun packed) throws IOException;
    }

    private static RunDirectory read(Path archive, Unpacking unpacking) {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return unpacking.unpack(new PackedRun(archive, zip));
        } catch (ZipException e) {
            throw refused("is damaged or not a zip archive: " + e.getMessage(), archive);
        } catch (IOException e) {
            throw refused("cannot be unpacked: " + AtomicFiles.reason(e), archive);
        }
    }

    private RunDirectory into(Path target) throws IOException {
        Map<String, ZipEntry> files = files();
        String top = top(files);
        checkSizes(files, target);
        write(files, target);
        return new RunDirectory(target.resolve(top));
    }

    private RunDirectory whole(Path target, Consumer<String> say) throws IOException {
        Map<String, ZipEntry> files = files();
        String top = top(files);
        checkSizes(files, target);
        Path run = target.resolve(top);
        try (StagedFolder staged = StagedFolder.begin(run)) {
            staged.removed()
                    .forEach(left -> say.accept("removed " + left + ", left over from an interrupted unpacking"));
            if (Files.exists(run)) {
                throw new InputException(
                        "'" + run + "' exists already", "Choose another folder with --output; nothing is overwritten.");
            }
            write(files, staged.path().getParent());
            staged.finish();
        }
        return new RunDirectory(run);
    }

    private Map<String, ZipEntry> files() {
        Map<String, ZipEntry> files = new LinkedHashMap<>();
        for (ZipEntry entry : zip.stream().filter(one -> !one.isDirectory()).toList()) {
            String name = entry.getName();
            if (!NAME.matcher(name).matches()
                    || List.of(name.split("/")).stream().anyMatch(part -> part.equals("..") || part.equals("."))) {
                throw refused("contains a file that would escape its folder: '" + name + "'", archive);
            }
            if (files.put(name, entry) != null) {
                throw refused("contains '" + name + "' twice", archive);
            }
        }
        if (files.size() > MOST_FILES) {
            throw refused("contains " + files.size() + " files; a run has " + MOST_FILES + " at most", archive);
        }
        return files;
    }

    private String top(Map<String, ZipEntry> files) {
        List<String> tops = files.keySet().stream()
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .toList();
        if (tops.size() != 1 || !files.containsKey(tops.get(0) + "/run.json")) {
            throw new InputException(
                            "is not a packed run",
                            "It must contain one folder with a run.json, as archive RUN writes it.")
                    .inFile(archive.toString());
        }
        return tops.get(0);
    }

    private void checkSizes(Map<String, ZipEntry> files, Path target) throws IOException {
        long total = 0;
        for (ZipEntry entry : files.values()) {
            if (entry.getSize() < 0) {
                throw refused("does not give the size of '" + entry.getName() + "'", archive);
            }
            total = Math.addExact(total, entry.getSize());
        }
        if (total / MOST_GROWTH > Files.size(archive)) {
            throw refused("would unpack to " + total + " bytes, more than " + MOST_GROWTH + " times its size", archive);
        }
        AtomicFiles.createFolders(target);
        long free = Files.getFileStore(target).getUsableSpace();
        if (total > free) {
            throw refused("needs " + total + " bytes unpacked, but " + target + " has " + free, archive);
        }
    }

    private void write(Map<String, ZipEntry> files, Path target) throws IOException {
        for (Map.Entry<String, ZipEntry> file : files.entrySet()) {
            write(file.getValue(), target.resolve(file.getKey()));
        }
    }

    private void write(ZipEntry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] chunk = new byte[CHUNK];
        long left = entry.getSize();
        CRC32 checksum = new CRC32();
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                left -= read;
                if (left < 0) {
                    throw refused("'" + entry.getName() + "' is larger than the archive says", archive);
                }
                checksum.update(chunk, 0, read);
                out.write(chunk, 0, read);
            }
        }
        if (left > 0 || checksum.getValue() != entry.getCrc()) {
            throw refused("'" + entry.getName() + "' is damaged", archive);
        }
    }

    private static InputException refused(String reason, Path archive) {
        return new InputException(reason, "Ask its sender for a new copy.").inFile(archive.toString());
    }
}
