package dev.chainrule.api;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.List;

/**
 * The inputs and the arithmetic of a layer under construction, its access to parameters, buffers and random numbers, and the network
 * that its stages become part of.
 */
public interface LayerContext {
    /** {@return the layer's name: the one given in YAML, else kind and ordinal, {@code dense_1}; within other layers a path} */
    String name();

    /** {@return the values that the layer reads: the output of the layer above, or those that {@code from} lists} */
    List<Value> inputs();

    /**
     * {@return the shape of one example of the input}
     *
     * @throws InputException if the layer is given several inputs
     */
    Shape input();

    /**
     * {@return the columns of the table that the layer reads; none if it reads anything but the input of the network or a named one,
     * or no table}
     */
    default List<Encoding.Column> columns() {
        return List.of();
    }

    /** {@return the arithmetic} */
    Kernels kernels();

    /**
     * Add nodes to the network, each of which reads the output of the one before. The first reads the layer's input.
     *
     * @param nodes first to last
     * @return the output of the last; the layer's input if there are no nodes
     * @throws InputException if the layer is given several inputs
     */
    Value chain(Node... nodes);

    /**
     * Add nodes to the network, each of which reads the output of the one before.
     *
     * @param x the value that the first reads
     * @param nodes first to last
     * @return the output of the last; x if there are no nodes
     */
    Value chain(Value x, Node... nodes);

    /**
     * Add a stage with several inputs to the network.
     *
     * @param join the stage
     * @param xs the values that it reads
     * @return its output
     */
    Value join(Join join, List<Value> xs);

    /**
     * Build layers within this one, first to last. Their names begin with the name of this layer.
     *
     * @param layers first to last
     * @param x the value that the first reads, unless it says otherwise
     * @return the output of the last; x if there are no layers
     * @throws InputException if one of them does not fit
     */
    Value build(List<NamedLayer> layers, Value x);

    /**
     * Build one of several lists of layers within this one. Their names begin with the name of this layer and that of the list.
     *
     * @param group the name of the list, unique within the layer: {@code deep}
     * @param layers first to last
     * @param x the value that the first reads, unless it says otherwise
     * @return the output of the last; x if there are no layers
     * @throws InputException if one of them does not fit
     */
    Value build(String group, List<NamedLayer> layers, Value x);

    /**
     * Compute a layer above once more, with its parameters and buffers, on the inputs of this layer.
     *
     * @param layer its name, as {@code from} would write it
     * @return the output
     * @throws InputException if there is no such layer above, or if its parameters do not fit the inputs
     */
    Value same(String layer);

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
