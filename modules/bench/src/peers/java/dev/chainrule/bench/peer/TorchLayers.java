package dev.chainrule.bench.peer;

import dev.chainrule.api.Activation;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.composite.Residual;
import dev.chainrule.model.join.Concat;
import dev.chainrule.model.layer.ActivationLayer;
import dev.chainrule.model.layer.BatchNorm;
import dev.chainrule.model.layer.Dense;
import dev.chainrule.model.shape.Reshape;
import dev.chainrule.model.window.Conv;
import dev.chainrule.model.window.GlobalMeanPool;
import dev.chainrule.model.window.MaxPool;
import dev.chainrule.model.window.Pad;
import dev.chainrule.model.window.Padding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The layers of a config as TorchScript: the body of a function of {@code x} [batch, numbers], the lists {@code w} and {@code r} and
 * {@code training}, which ends with the output before its softmax.
 *
 * <p>{@code w} has the parameters in the order of our network, weights as [out, in]. Filters are views of them, [filters, height,
 * width, channels] seen as PyTorch orders axes; images are views of rows likewise. So both are channels-last in memory without copies.
 * {@code r} has an unused number, then the running mean and variance of each batch_norm.
 */
final class TorchLayers {
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> named = new HashMap<>();
    private final List<Integer> scales = new ArrayList<>();
    private int values;
    private int parameters;
    private boolean image;

    /** Write the layers. */
    TorchLayers(List<NamedLayer> layers, Shape input) {
        boolean images = layers.get(0).spec() instanceof Conv;
        String out = layers(layers, images ? images("x", input.dimensions()) : "x");
        text.append("    return ").append(out).append('\n');
    }

    /** Return the lines of the function's body. */
    String text() {
        return text.toString();
    }

    /** Return the number of parameters. */
    int parameters() {
        return parameters;
    }

    /** Return the place in {@code w} of each gamma, which has as many numbers as the running mean and variance. */
    List<Integer> scales() {
        return List.copyOf(scales);
    }

    private String layers(List<NamedLayer> layers, String input) {
        String x = input;
        for (NamedLayer layer : layers) {
            String above = x;
            List<String> read = layer.from()
                    .map(names -> names.values().stream().map(named::get).toList())
                    .orElse(List.of(above));
            x = layer(layer.spec(), read);
            if (layer.name().isPresent()) {
                named.put(layer.name().get(), x);
            }
        }
        return x;
    }

    private String layer(LayerSpec spec, List<String> read) {
        String x = read.get(0);
        if (spec instanceof Dense dense) {
            return activation(
                    dense.activation(), let("torch.linear(%s, %s, %s)", rows(x), next(), bias(dense.useBias())));
        } else if (spec instanceof Conv conv) {
            String filters = let(
                    "torch.permute(torch.reshape(%s, [%d, %s, -1]), [0, 3, 1, 2])",
                    next(), conv.filters(), sides(conv.size()));
            return activation(
                    conv.activation(),
                    let(
                            "torch.conv2d(%s, %s, %s, [%s], [%s], [%s], %d)",
                            x,
                            filters,
                            bias(conv.useBias()),
                            sides(conv.stride()),
                            zeros(conv.padding(), conv.size()),
                            sides(conv.dilation()),
                            conv.groups()));
        } else if (spec instanceof MaxPool pool) {
            return let(
                    "torch.max_pool2d(%s, [%s], [%s], [%s], [1, 1], False)",
                    x,
                    sides(pool.size()),
                    sides(pool.stride().orElse(pool.size())),
                    zeros(pool.padding(), pool.size()));
        } else if (spec instanceof GlobalMeanPool) {
            image = false;
            return let("torch.mean(%s, [2, 3])", x);
        } else if (spec instanceof BatchNorm norm) {
            scales.add(parameters);
            return let(
                    "torch.batch_norm(%s, %s, %s, r[%d], r[%d], training, %s, %s, False)",
                    x, next(), next(), 2 * scales.size(), 2 * scales.size() - 1, 1 - norm.momentum(), norm.epsilon());
        } else if (spec instanceof ActivationLayer layer) {
            return activation(layer.function(), x);
        } else if (spec instanceof Residual residual) {
            String inside = layers(residual.layers(), x);
            return let("torch.add(%s, %s)", inside, layers(residual.shortcut().orElse(List.of()), x));
        } else if (spec instanceof Reshape reshape) {
            return images(
                    x,
                    reshape.to().stream().map(side -> side.length().orElse(-1)).toList());
        } else if (spec instanceof Pad pad) {
            List<Integer> before = both(pad.before());
            List<Integer> after = both(pad.after());
            return let(
                    "torch.constant_pad_nd(%s, [%d, %d, %d, %d])",
                    x, before.get(1), after.get(1), before.get(0), after.get(0));
        } else if (spec instanceof Concat) {
            return let("torch.cat([%s], 1)", String.join(", ", read));
        }
        throw new IllegalArgumentException("no TorchScript is known here for " + spec);
    }

    private String activation(Activation activation, String x) {
        if (activation instanceof Relu) {
            return let("torch.relu(%s)", x);
        } else if (activation instanceof Sigmoid) {
            return let("torch.sigmoid(%s)", x);
        } else if (activation instanceof Identity || activation instanceof Softmax) {
            return x; // PyTorch's cross-entropy takes what softmax would
        }
        throw new IllegalArgumentException("no TorchScript is known here for " + activation);
    }

    /** Return rows as images, whose channels come last in memory: of a batch [n, height, width], or with channels. */
    private String images(String x, List<Integer> sides) {
        image = true;
        return let(
                "torch.permute(torch.reshape(%s, [-1, %d, %d, %d]), [0, 3, 1, 2])",
                x, sides.get(0), sides.get(1), sides.size() > 2 ? sides.get(2) : 1);
    }

    private String rows(String x) {
        if (!image) {
            return x;
        }
        image = false;
        return let("torch.reshape(torch.permute(%s, [0, 2, 3, 1]), [torch.size(%s, 0), -1])", x, x);
    }

    private String next() {
        return "w[" + parameters++ + "]";
    }

    private String bias(boolean used) {
        return used ? next() : "None";
    }

    private String let(String format, Object... arguments) {
        String value = "x" + ++values;
        text.append("    ").append(value).append(" = ");
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
        return value;
    }

    private static List<Integer> both(OneOrMore<Integer> sides) {
        List<Integer> given = sides.values();
        return List.of(given.get(0), given.get(given.size() - 1));
    }

    private static String sides(OneOrMore<Integer> sides) {
        return both(sides).stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Return the zeros on each side; an odd number of them in all, as stride 2 may need, is rounded up as PyTorch's models do. */
    private static String zeros(Padding padding, OneOrMore<Integer> size) {
        return IntStream.range(0, 2)
                .map(axis -> padding.zeros().orElse((both(size).get(axis) - 1) / 2))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
