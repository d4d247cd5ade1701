package dev.chainrule.engine.check;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.engine.check.FaultyParts.Spread;
import dev.chainrule.engine.check.FaultyParts.Tanh;
import dev.chainrule.model.layer.BatchNorm;
import dev.chainrule.model.layer.GroupNorm;
import dev.chainrule.model.layer.Trainable;
import dev.chainrule.model.window.Conv;
import dev.chainrule.model.window.Crop;
import dev.chainrule.model.window.DepthwiseConv;
import dev.chainrule.model.window.GlobalMaxPool;
import dev.chainrule.model.window.GlobalMeanPool;
import dev.chainrule.model.window.MaxPool;
import dev.chainrule.model.window.MeanPool;
import dev.chainrule.model.window.Pad;
import dev.chainrule.model.window.Padding;
import dev.chainrule.model.window.SeparableConv;
import dev.chainrule.model.window.SpatialDropout;
import dev.chainrule.model.window.TransposedConv;
import dev.chainrule.model.window.Upsample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A layer whose windows slide over images, or that sees an image by channels, and the checks that find mistakes in it.
 *
 * @param flow the equation of ∂C/∂x: that of a product, or that of a layer without z
 * @param label of its stages with parameters, if it is a product
 * @param equations those of its parameters, by the ends of their names
 */
record WindowSubject(LayerSpec right, String flow, String label, SortedMap<String, String> equations) {
    private static final Spread DRAWN = new Spread(0.5);

    static final LayerSpec CONV = conv(of(3), of(1), "same", of(1), 1);
    static final LayerSpec GROUPS = conv(of(3), of(2), "1", of(1), 2);
    static final LayerSpec DEPTHWISE = depthwise(of(3), of(1), "same", of(1));
    static final LayerSpec SEPARABLE = separable(of(3), of(1), "same", of(1));
    static final LayerSpec TRANSPOSED = transposed(of(2), "none", of(1), of(2));
    static final LayerSpec MAX = new MaxPool(of(2), Optional.empty(), Padding.parse("none"));
    static final LayerSpec MEAN = new MeanPool(of(2), Optional.empty(), Padding.parse("none"));
    static final LayerSpec UPSAMPLE = new Upsample(of(2));
    static final LayerSpec PAD = new Pad(of(1, 0), of(0, 2));
    static final LayerSpec CROP = new Crop(of(1, 0), of(0, 2));
    static final LayerSpec BATCH_NORM = new BatchNorm(0.9, 1e-5);
    static final LayerSpec GROUP_NORM = new GroupNorm(1, 1e-5);
    static final LayerSpec SPATIAL_DROPOUT = new SpatialDropout(0.4);

    /** Return a layer with the checks of its kind. */
    static WindowSubject of(LayerSpec right) {
        if (right instanceof SeparableConv) {
            return product(
                    right, "conv", Map.of("depthwise_weights", "parameters", ".weights", "BP4", "biases", "BP3"));
        }
        if (right instanceof Conv || right instanceof DepthwiseConv) {
            return product(right, "conv", Map.of(".weights", "BP4", "biases", "BP3"));
        }
        if (right instanceof TransposedConv) {
            return product(right, "transposed_conv", Map.of(".weights", "BP4", "biases", "BP3"));
        }
        boolean normalises = right instanceof BatchNorm || right instanceof GroupNorm;
        Map<String, String> equations = normalises ? Map.of("gamma", "parameters", "beta", "parameters") : Map.of();
        return new WindowSubject(right, "inputs", "", new TreeMap<>(equations));
    }

    private static WindowSubject product(LayerSpec right, String label, Map<String, String> equations) {
        return new WindowSubject(right, "BP2", label, new TreeMap<>(equations));
    }

    boolean isProduct() {
        return flow.equals("BP2");
    }

    /** Return the check that finds a mistake in the gradients of all parameters; empty if there are none. */
    String gradients() {
        return equations.isEmpty() ? "" : isProduct() && !isOfTwoProducts() ? "BP4" : "parameters";
    }

    /** Return whether it is a product by channels, and then another one. */
    boolean isOfTwoProducts() {
        return right instanceof SeparableConv;
    }

    /** Return the layers, by name. */
    static Map<String, LayerSpec> all() {
        Map<String, LayerSpec> layers = new LinkedHashMap<>();
        layers.put("conv", CONV);
        layers.put("conv in groups", GROUPS);
        layers.put("depthwise_conv", DEPTHWISE);
        layers.put("separable_conv", SEPARABLE);
        layers.put("transposed_conv", TRANSPOSED);
        layers.put("max_pool", MAX);
        layers.put("mean_pool", MEAN);
        layers.put("global_max_pool", new GlobalMaxPool());
        layers.put("global_mean_pool", new GlobalMeanPool());
        layers.put("upsample", UPSAMPLE);
        layers.put("pad", PAD);
        layers.put("crop", CROP);
        layers.put("batch_norm", BATCH_NORM);
        layers.put("group_norm", GROUP_NORM);
        layers.put("spatial_dropout", SPATIAL_DROPOUT);
        return layers;
    }

    static OneOrMore<Integer> of(Integer... numbers) {
        return new OneOrMore<>(List.of(numbers));
    }

    static LayerSpec conv(
            OneOrMore<Integer> size,
            OneOrMore<Integer> stride,
            String padding,
            OneOrMore<Integer> dilation,
            int groups) {
        return new Conv(
                4,
                size,
                stride,
                Padding.parse(padding),
                dilation,
                groups,
                new Tanh(),
                DRAWN,
                DRAWN,
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    static LayerSpec depthwise(
            OneOrMore<Integer> size, OneOrMore<Integer> stride, String padding, OneOrMore<Integer> dilation) {
        return new DepthwiseConv(
                size,
                2,
                stride,
                Padding.parse(padding),
                dilation,
                new Tanh(),
                DRAWN,
                DRAWN,
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    static LayerSpec separable(
            OneOrMore<Integer> size, OneOrMore<Integer> stride, String padding, OneOrMore<Integer> dilation) {
        return new SeparableConv(
                3,
                size,
                2,
                stride,
                Padding.parse(padding),
                dilation,
                new Tanh(),
                DRAWN,
                DRAWN,
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    static LayerSpec transposed(
            OneOrMore<Integer> size, String padding, OneOrMore<Integer> dilation, OneOrMore<Integer> stride) {
        return new TransposedConv(
                2,
                size,
                stride,
                Padding.parse(padding),
                dilation,
                new Tanh(),
                DRAWN,
                DRAWN,
                Optional.empty(),
                Trainable.TRUE,
                true);
    }
}
