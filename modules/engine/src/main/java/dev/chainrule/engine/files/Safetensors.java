package dev.chainrule.engine.files;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Matrix;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * Matrices in a safetensors file: eight bytes of header length, a JSON header, then the elements little-endian.
 *
 * <p>Source: the format's description in github.com/huggingface/safetensors. Written here: tensors in the order of their
 * names, without gaps, the header padded with spaces to a multiple of eight bytes; and in the metadata {@code sha256}, the
 * hash of the whole file with these 64 digits as zeros.
 *
 * @param tensors by name
 * @param metadata text by key, without {@code sha256}
 */
public record Safetensors(SortedMap<String, Matrix> tensors, SortedMap<String, String> metadata) {
    static final String METADATA = "__metadata__";
    public static final String CHECKSUM = "sha256";
    static final int LENGTH_BYTES = 8;

    /** Write a file, whole or not at all. */
    public void write(Path file) {
        SafetensorsImage image = new SafetensorsImage();
        image.take(this);
        image.write(file);
    }

    /** Return the SHA-256 of the file that would be written. */
    public String sha256() {
        SafetensorsImage image = new SafetensorsImage();
        image.take(this);
        return image.sha256();
    }

    /**
     * Read a file of any program. If it has a checksum, the checksum must be right.
     *
     * @throws InputException if it cannot be read or is not a whole safetensors file of matrices
     */
    public static Safetensors read(Path file) {
        return SafetensorsReader.read(file, false, name -> true);
    }

    /**
     * Read a file of this program, which has a checksum.
     *
     * @throws InputException if it cannot be read, is not a whole safetensors file of matrices, or has no checksum
     */
    public static Safetensors readOwn(Path file) {
        return SafetensorsReader.read(file, true, name -> true);
    }
}
