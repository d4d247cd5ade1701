package dev.chainrule.api;

import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;

/** The input and the arithmetic of a layer under construction, and its access to parameters, buffers and random numbers. */
public interface LayerContext {
    /** {@return the layer's name: the one given in YAML, else kind and ordinal, {@code dense_1}} */
    String name();

    /** {@return the shape of one example of the input} */
    Shape input();

    /** {@return the arithmetic} */
    Kernels kernels();

    /**
     * Create a learned parameter, filled by the initializer from the stream {@code <layer>.<name>}.
     *
     * @param name unique within the layer: {@code weights}
     * @param fanIn the number of inputs that one output sums
     * @param fanOut the number of outputs that one input feeds
     * @param rows 1 or more
     * @param columns 1 or more
     * @param initializer the source of the initial values
     * @return the parameter, trainable and without regularizer
     */
    Parameter parameter(String name, int rows, int columns, Initializer initializer, int fanIn, int fanOut);

    /**
     * Create a matrix that is saved with the model but not learned, such as a running mean.
     *
     * @param name unique within the layer
     * @param value the initial value of every element
     * @param rows 1 or more
     * @param columns 1 or more
     * @return the matrix, of the run's precision
     */
    Matrix buffer(String name, int rows, int columns, double value);

    /**
     * {@return the random stream {@code <layer>.<purpose>}}
     *
     * @param purpose unique within the layer: {@code mask}
     */
    RandomStream stream(String purpose);
}
