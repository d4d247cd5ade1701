package dev.chainrule.builtin.data.mnist;

import dev.chainrule.builtin.data.idx.IdxFile;
import java.util.List;

/**
 * Name one of MNIST's four files.
 *
 * @param stem the beginning of its name: {@code train-images}
 * @param content what it holds
 * @param sha256 of its content without gzip, in hexadecimal
 */
record MnistFile(String stem, IdxFile.Content content, String sha256) {
    /** Enough for the largest of the four, 47,040,016 bytes: what is longer cannot have the right hash. */
    static final int LARGEST = 1 << 26;

    /** Return the name under which mirrors offer the file: {@code train-images-idx3-ubyte.gz}. */
    String published() {
        return stem + '-' + suffix() + ".gz";
    }

    /** Return the names under which people keep the file. */
    List<String> usual() {
        return List.of(stem + '-' + suffix(), published(), stem + '.' + suffix(), stem + '.' + suffix() + ".gz");
    }

    private String suffix() {
        return content == IdxFile.Content.IMAGES ? "idx3-ubyte" : "idx1-ubyte";
    }
}
