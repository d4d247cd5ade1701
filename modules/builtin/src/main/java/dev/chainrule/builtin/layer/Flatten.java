package dev.chainrule.builtin.layer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;

/**
 * A layer that turns an example of any shape into one row of features. Only the shape changes: the elements keep their
 * order.
 */
@Component("flatten")
@Doc("Reshapes an example of several dimensions, such as an image, to one row of features.")
public record Flatten() implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        return context.chain(new FlattenNode(Shape.of(context.input().size())));
    }

    private record FlattenNode(Shape output) implements Node {
        @Override
        public String label() {
            return "flatten";
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            out.copyFrom(x);
        }

        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            dx.copyFrom(delta);
        }
    }
}
