package dev.chainrule.api.layer;

import dev.chainrule.math.Matrix;
import java.util.List;

/** A stage with several inputs x₀, x₁, …, such as a sum or a concatenation. Two of them may be the same value. */
public non-sealed interface Join extends Stage {
    /**
     * Compute the output.
     *
     * @param xs each [batch, in]. Not modified.
     * @param out [batch, {@code output().size()}]. Modified.
     * @param pass the purpose of the pass and its position in the run
     */
    void forward(List<Matrix> xs, Matrix out, Pass pass);

    /**
     * Compute the gradients of the join's own parameters into {@link dev.chainrule.api.Parameter#gradient}, overwriting them, unless
     * {@link Pass#accumulates}. A join without parameters need not override this.
     *
     * @param xs each [batch, in]. Not modified.
     * @param out [batch, out] the output of forward. Not modified.
     * @param delta [batch, out] ∂C/∂out. Not modified.
     * @param pass the purpose of the pass and its position in the run
     */
    default void gradients(List<Matrix> xs, Matrix out, Matrix delta, Pass pass) {}

    /**
     * Compute the gradient of one input. Called after {@code gradients}, last input first, and only for inputs whose gradient is
     * needed.
     *
     * @param xs each [batch, in]. Not modified.
     * @param out [batch, out] the output of forward. Not modified.
     * @param delta [batch, out] ∂C/∂out. Not modified.
     * @param input the index of the input in xs
     * @param dx [batch, in] ∂C/∂ of that input by this join alone, though other stages may read it, and this one may read it again at
     *     another index. Modified: overwritten.
     * @param pass the purpose of the pass and its position in the run
     */
    void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass);

    /**
     * Add the branch that every element took in the last forward pass, if the join computes a function with kinks, such as a
     * maximum: a gradient check omits entries whose step crosses a kink.
     *
     * @param xs each [batch, in]. Not modified.
     * @param out [batch, out] the output of forward. Not modified.
     * @param branches collects the branches. Modified.
     */
    default void branches(List<Matrix> xs, Matrix out, Branches branches) {}
}
