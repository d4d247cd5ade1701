package dev.chainrule.app.command.predict;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.record.TrainedRun;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Source;
import dev.chainrule.config.TimeLimit;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Numbers;
import dev.chainrule.table.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * The examples of a prediction: a file, a folder of pictures, a pipe or standard input, read as the training data were.
 *
 * <p>The model decides between a table and images, an image's first bytes between a picture, a table of paths and IDX. A name's
 * ending only lets a message describe the user's mistake. A pipe is copied first, since it can be read only once.
 */
final class PredictionInput implements AutoCloseable {
    private static final byte[] IDX = {0, 0, 8};
    private static final List<String> TABLES = List.of("csv", "tsv", "tab");
    private static final List<String> PICTURES =
            List.of("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "heic", "avif", "svg", "pdf");
    private static final int CHUNK = 1 << 16;
    /** The first bytes of a file that tell a text from a picture, whose header has zeros. */
    private static final int HEADER = 512;

    private final Path given;
    private final Path file;
    private final boolean copied;

    private PredictionInput(Path given, Path file, boolean copied) {
        this.given = given;
        this.file = file;
        this.copied = copied;
    }

    /**
     * Open a file or pipe.
     *
     * @param given {@code -} for standard input
     */
    static PredictionInput open(Path given) {
        boolean standard = given.toString().equals("-");
        if (!standard && (Files.isRegularFile(given) || Files.isDirectory(given) || !Files.exists(given))) {
            return new PredictionInput(given, given, false);
        }
        if (!standard && DataFile.isDevice(given)) {
            throw new InputException(
                            "is a device; a file or a pipe is required", "To read standard input, use --input -.")
                    .inFile(given.toString());
        }
        try (InputStream in =
                standard ? System.in : TimeLimit.within(TimeLimit.SECONDS, () -> Files.newInputStream(given))) {
            Path copy = Files.createTempFile("chainrule-", ".input");
            copy.toFile().deleteOnExit();
            try {
                copy(in, copy, given);
            } catch (InputException e) {
                AtomicFiles.delete(copy);
                throw e;
            }
            return new PredictionInput(standard ? Path.of("standard input") : given, copy, true);
        } catch (TimeoutException e) {
            throw new InputException(
                            "no data arrived through this pipe within " + TimeLimit.SECONDS + " seconds",
                            "Start the program that writes to it first, or give a file.")
                    .inFile(given.toString());
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(given.toString());
        }
    }

    /** Copy the whole input, up to the size of the memory: a larger copy could not be read, and a pipe may never end. */
    private static void copy(InputStream in, Path copy, Path given) throws IOException {
        long left = Heap.size();
        byte[] chunk = new byte[CHUNK];
        try (OutputStream out = Files.newOutputStream(copy)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                left -= read;
                if (left < 0) {
                    throw new InputException(
                                    "the input is larger than the program's memory, " + Numbers.size(Heap.size()),
                                    "Give a file, or give the program more memory, as in " + Heap.largerCommand() + ".")
                            .inFile(given.toString());
                }
                out.write(chunk, 0, read);
            }
        }
    }

    /**
     * Return the source that reads it for a model.
     *
     * @param invert whether a picture's dark and bright are exchanged
     * @param fit the treatment of pictures of another size, if it is not that of the training
     */
    DataSourceSpec source(TrainedRun kept, boolean invert, Optional<String> fit) {
        String kind = kind(kept);
        if (!arePictures(kind) && (invert || fit.isPresent())) {
            throw new InputException((invert ? "--invert" : "--fit") + " applies to pictures, but the input is "
                            + (kind.equals("csv") ? "a table" : "an IDX file"))
                    .inFile(given.toString());
        }
        List<ConfigNode.Entry> entries = new ArrayList<>();
        entries.add(entry("--input", "type", kind, true));
        entries.add(entry("--input", key(kind), file.toString(), false));
        if (copied && kind.equals("images")) {
            entries.add(entry("--input", "folder", ".", false)); // the paths are not beside the copy
        }
        if (invert) {
            entries.add(entry("--invert", "invert", "true", true));
        }
        Optional<String> treatment =
                kind.equals("images") && !kept.trainedOnPictureFiles() ? fit.or(() -> Optional.of("none")) : fit;
        treatment.ifPresent(word -> entries.add(entry("--fit", "fit", word, true)));
        return ConfigLoader.source(
                kept.writtenAsTraining(new ConfigNode.Mapping(entries, mark("--input"))),
                kept.loaded().registry());
    }

    /**
     * Return whether the examples are grey pictures whose brightness the training does not tell.
     *
     * @param inverted whether it is inverted
     */
    boolean mayBeInverted(TrainedRun kept, boolean inverted) {
        Shape shape = kept.encoding().shape();
        return arePictures(kind(kept))
                && !inverted
                && !kept.trainedOnPictureFiles()
                && shape.isImage()
                && shape.dimensions().get(2) == 1;
    }

    private static boolean arePictures(String kind) {
        return kind.equals("image") || kind.equals("images");
    }

    private static ConfigNode.Entry entry(String option, String key, String text, boolean plain) {
        return new ConfigNode.Entry(key, mark(option), new ConfigNode.Scalar(text, plain, mark(option)));
    }

    private static Mark mark(String option) {
        return Mark.whole(Source.named(option));
    }

    private String key(String kind) {
        return switch (kind) {
            case "idx" -> "images";
            case "images" -> Files.isDirectory(file) ? "folder" : "table";
            default -> "file";
        };
    }

    private String kind(TrainedRun kept) {
        String name = given.toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (Files.isDirectory(file)) {
            return "images";
        }
        if (beginsAsIdx()) {
            return "idx";
        }
        if (kept.trainedOnPictureFiles()) {
            return TABLES.contains(ending) || !PICTURES.contains(ending) && isText() ? "images" : "image";
        }
        if (kept.encoding().shape().isImage()) {
            return TABLES.contains(ending) ? "csv" : "image";
        }
        return PICTURES.contains(ending) ? "image" : "csv";
    }

    private boolean beginsAsIdx() {
        return Arrays.equals(IDX, beginning(IDX.length));
    }

    private boolean isText() {
        byte[] header = beginning(HEADER);
        return header.length > 0 && IntStream.range(0, header.length).allMatch(i -> header[i] != 0);
    }

    private byte[] beginning(int count) {
        try {
            return DataFile.read(file, in -> in.readNBytes(count));
        } catch (InputException e) {
            return new byte[0]; // its source reports this better
        }
    }

    /** Return a problem with the name that the user gave instead of the copy's. */
    InputException named(InputException e) {
        return !copied || e.file().isEmpty() ? e : e.inFile(e.file().get().replace(file.toString(), given.toString()));
    }

    @Override
    public void close() {
        if (copied) {
            AtomicFiles.delete(file);
        }
    }
}
