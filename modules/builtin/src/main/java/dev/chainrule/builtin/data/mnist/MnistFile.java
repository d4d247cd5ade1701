package dev.chainrule.builtin.data.mnist;

import dev.chainrule.builtin.data.idx.IdxFile;
import java.util.List;

/**
 * One of MNIST's four files.
 *
 * @param stem the beginning of its name: {@code train-images}
 * @param content images or labels
 * @param sha256 of its content without gzip, in hexadecimal
 */
record MnistFile(String stem, IdxFile.Content content, String sha256) {
    /** Enough for the largest of the four, 47,040,016 bytes: a longer one cannot have the right hash. */
    static final int LARGEST = 1 << 26;

    /** Return the file's name on the mirrors: {@code train-images-idx3-ubyte.gz}. */
    String published() {
        return stem + '-' + suffix() + ".gz";
    }

    /** Return the names that people give the file. */
    List<String> usual() {
        return List.of(stem + '-' + suffix(), published(), stem + '.' + suffix(), stem + '.' + suffix() + ".gz");
    }

    private String suffix() {
        return content == IdxFile.Content.IMAGES ? "idx3-ubyte" : "idx1-ubyte";
    }
}
