package dev.chainrule.api.data;

import dev.chainrule.api.error.InputException;

/** The declaration of an augmentation in YAML. */
public interface AugmentationSpec {
    /**
     * Create the augmentation of examples of an encoding. Each thread has its own, so it may keep matrices between two examples.
     *
     * @param encoding the encoding of the examples, after the transforms
     * @return a new augmentation
     * @throws InputException if it does not fit
     */
    Augmentation create(Encoding encoding);

    /** {@return the number of examples that it makes of each one in every epoch: 1, or more if it adds changed copies} */
    default int copies() {
        return 1;
    }

    /**
     * Create the augmentation of one of the copies of each example.
     *
     * @param encoding the encoding of the examples, after the transforms
     * @param copy from 0 to {@link #copies} − 1
     * @return a new augmentation
     * @throws InputException if it does not fit
     */
    default Augmentation create(Encoding encoding, int copy) {
        return create(encoding);
    }
}
