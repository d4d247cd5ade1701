package dev.chainrule.builtin.data.mnist;

import dev.chainrule.builtin.data.Split;
import dev.chainrule.builtin.data.idx.IdxFile;
import java.util.List;

/**
 * The two files of one part of MNIST.
 *
 * @param size the number of examples
 */
record MnistPart(int size, MnistFile images, MnistFile labels) {
    private static final int SIDE = 28;

    /** Return the dimensions of the images, as in the header of their file. */
    List<Integer> dimensions() {
        return List.of(size, SIDE, SIDE);
    }

    /**
     * Return the published part. The hashes are those of the files Y. LeCun, C. Cortes and C. Burges published,
     * unpacked.
     */
    static MnistPart of(Split split) {
        return switch (split) {
            case TRAIN ->
                new MnistPart(
                        60_000,
                        images("train", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                        labels("train", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"));
            case TEST ->
                new MnistPart(
                        10_000,
                        images("t10k", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                        labels("t10k", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
        };
    }

    private static MnistFile images(String part, String sha256) {
        return new MnistFile(part + "-images", IdxFile.Content.IMAGES, sha256);
    }

    private static MnistFile labels(String part, String sha256) {
        return new MnistFile(part + "-labels", IdxFile.Content.LABELS, sha256);
    }
}
