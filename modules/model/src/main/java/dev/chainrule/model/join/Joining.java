package dev.chainrule.model.join;

import dev.chainrule.api.LayerContext;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways in which several values become one. */
public enum Joining {
    /** The values side by side, along the last axis. */
    CONCAT {
        @Override
        public Join join(List<Value> xs, Kernels kernels) {
            List<Integer> outer = outer(xs.get(0));
            if (!xs.stream().allMatch(x -> outer(x).equals(outer))) {
                throw misfit(
                        "inputs that agree in all dimensions but the last",
                        xs,
                        "Apply flatten to those with several dimensions.");
            }
            List<Integer> dimensions = new ArrayList<>(outer);
            dimensions.add(xs.stream().mapToInt(Joining::last).sum());
            int[] widths = xs.stream().mapToInt(Joining::last).toArray();
            return new ConcatJoin(new Shape(dimensions), widths);
        }
    },
    /** The sum of the values. */
    ADD {
        @Override
        public Join join(List<Value> xs, Kernels kernels) {
            return new SumJoin(same(xs), 1, kernels);
        }
    },
    /** The product of the values, element by element. */
    MULTIPLY {
        @Override
        public Join join(List<Value> xs, Kernels kernels) {
            return new ProductJoin(same(xs), kernels);
        }
    },
    /** The mean of the values. */
    MEAN {
        @Override
        public Join join(List<Value> xs, Kernels kernels) {
            return new SumJoin(same(xs), xs.size(), kernels);
        }
    },
    /** The dot product of two values, along the last axis. */
    DOT {
        @Override
        public Join join(List<Value> xs, Kernels kernels) {
            if (xs.size() != 2) {
                throw misfit("two inputs of one shape", xs, "Give it two, or use multiply.");
            }
            return new DotJoin(same(xs), kernels);
        }
    };

    /**
     * Return the stage that joins values.
     *
     * @throws InputException if their shapes do not fit
     */
    public abstract Join join(List<Value> xs, Kernels kernels);

    /** Join the inputs of a layer. */
    Value inputs(LayerContext context) {
        List<Value> xs = context.inputs();
        if (xs.size() < 2) {
            throw new InputException(
                    this + " needs two inputs or more, but reads only " + xs.get(0),
                    "List the layers to join: from: [ NAME, NAME ].");
        }
        return context.join(join(xs, context.kernels()), xs);
    }

    Shape same(List<Value> xs) {
        Shape shape = xs.get(0).shape();
        if (!xs.stream().allMatch(x -> x.shape().equals(shape))) {
            throw misfit("inputs of one shape", xs, "Give them the same shape, or use concat.");
        }
        return shape;
    }

    InputException misfit(String required, List<Value> xs, String remedy) {
        return new InputException(
                this + " needs " + required + ", but reads "
                        + xs.stream().map(Value::toString).collect(Collectors.joining(", ")),
                remedy);
    }

    private static List<Integer> outer(Value x) {
        List<Integer> dimensions = x.shape().dimensions();
        return dimensions.subList(0, dimensions.size() - 1);
    }

    private static int last(Value x) {
        List<Integer> dimensions = x.shape().dimensions();
        return dimensions.get(dimensions.size() - 1);
    }

    /** Return the word in YAML. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
