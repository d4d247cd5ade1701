package dev.chainrule.engine.check;

import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.CostlyStage;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A layer of the program whose values are right, and whose gradients are wrong in one place.
 *
 * @param stage the label of the stage that makes the mistake
 * @param backward computes ∂C/∂x of an input
 * @param gradients changes the gradient of each parameter when it has been computed
 */
record FaultyLayer(LayerSpec right, String stage, Consumer<Backward> backward, Consumer<Parameter> gradients)
        implements LayerSpec {

    /** Create a layer whose only stage computes wrong gradients of its inputs. */
    FaultyLayer(LayerSpec right, Consumer<Backward> backward) {
        this(right, "", backward, parameter -> {});
    }

    /**
     * One call of a stage's backward.
     *
     * @param dx [batch, in]. Modified.
     */
    record Backward(Stage stage, List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
        Matrix x() {
            return xs.get(input);
        }

        /** Compute the right gradient. */
        void right() {
            right(input, delta, pass);
        }

        /** Compute the gradient of an input, from another delta or in another pass. */
        void right(int of, Matrix from, Pass at) {
            if (stage instanceof Node node) {
                node.backward(xs.get(0), out, from, dx, at);
            } else if (stage instanceof Join join) {
                join.backward(xs, out, from, of, dx, at);
            }
        }

        /** Return a delta of 0: nothing flows back from the values above. */
        Matrix nothing() {
            Matrix zeros = new DoubleMatrix(delta.rows(), delta.columns());
            zeros.fill(0);
            return zeros;
        }
    }

    @Override
    public Value build(LayerContext context) {
        List<Parameter> parameters = new ArrayList<>();
        return right.build(proxy(LayerContext.class, (proxy, method, arguments) -> {
            Object[] given = arguments;
            if (method.getName().equals("chain")) {
                given = arguments.clone();
                Node[] nodes = ((Node[]) given[given.length - 1]).clone();
                for (int i = 0; i < nodes.length; i++) {
                    nodes[i] = faulty(Node.class, nodes[i], parameters);
                }
                given[given.length - 1] = nodes;
            } else if (method.getName().equals("join")) {
                given = arguments.clone();
                given[0] = faulty(Join.class, (Join) given[0], parameters);
            }
            Object result = call(context, method, given);
            if (result instanceof Parameter parameter) {
                parameters.add(parameter);
            }
            return result;
        }));
    }

    private <T extends Stage> T faulty(Class<T> kind, T right, List<Parameter> parameters) {
        if (!stage.isEmpty() && !right.label().equals(stage)) {
            return right;
        }
        Class<?>[] kinds = Stream.of(kind, CostlyStage.class)
                .filter(each -> each.isInstance(right))
                .toArray(Class<?>[]::new);
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), kinds, (proxy, method, arguments) -> {
            if (method.getName().equals("backward")) {
                backward.accept(called(right, arguments));
                return null;
            }
            Object result = call(right, method, arguments);
            if (method.getName().equals("gradients")) {
                parameters.forEach(gradients);
            }
            return result;
        }));
    }

    private static Backward called(Stage right, Object[] arguments) {
        return right instanceof Node
                ? new Backward(
                        right,
                        List.of((Matrix) arguments[0]),
                        (Matrix) arguments[1],
                        (Matrix) arguments[2],
                        0,
                        (Matrix) arguments[3],
                        (Pass) arguments[4])
                : new Backward(
                        right,
                        ((List<?>) arguments[0])
                                .stream().map(Matrix.class::cast).toList(),
                        (Matrix) arguments[1],
                        (Matrix) arguments[2],
                        (int) arguments[3],
                        (Matrix) arguments[4],
                        (Pass) arguments[5]);
    }

    static <T> T proxy(Class<T> kind, InvocationHandler handler) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, handler));
    }

    static Object call(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
