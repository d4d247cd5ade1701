package dev.chainrule.app.bits;

import dev.chainrule.math.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Layers that make an image of features, slide windows over it and make features of it again, drawn at random and written as YAML. */
final class RandomWindows {
    private static final List<String> ACTIVATIONS = List.of("elu", "identity", "relu", "sigmoid", "softmax", "tanh");

    private final Draws draws;
    private final Map<String, Integer> kinds;
    private final List<String> written = new ArrayList<>();
    private int height;
    private int width;
    private int channels;

    /**
     * Draw layers.
     *
     * @param kinds modified: counts the layers of each kind
     */
    RandomWindows(Draws draws, Map<String, Integer> kinds) {
        this.draws = draws;
        this.kinds = kinds;
        this.height = 2 + draws.below(4);
        this.width = 2 + draws.below(4);
        this.channels = 1 + draws.below(3);
        add("dense", "units: " + size() + ", activation: tanh");
        add("reshape", "to: [" + height + ", " + width + ", " + channels + "]");
        for (int count = 1 + draws.below(3); count > 0; count--) {
            draw();
        }
        switch (draws.below(3)) {
            case 0 -> global("global_max_pool");
            case 1 -> global("global_mean_pool");
            default -> add("flatten", "");
        }
    }

    /** Return the layers, one after the other. */
    List<String> layers() {
        return written;
    }

    /** Return the number of features that they end with. */
    int size() {
        return height * width * channels;
    }

    private void draw() {
        switch (draws.below(12)) {
            case 0, 1, 2 -> conv();
            case 3 -> depthwise();
            case 4 -> separable();
            case 5 -> transposed();
            case 6 -> pool("max_pool");
            case 7 -> pool("mean_pool");
            case 8 -> upsample();
            case 9 -> edges();
            case 10 -> add("spatial_dropout", "rate: 0.3");
            default -> normalise();
        }
    }

    private void conv() {
        int groups = draws.below(2) == 0 ? 1 : channels;
        int filters = groups * (1 + draws.below(2));
        add("conv", "filters: " + filters + ", groups: " + groups + ", " + window(true) + activation());
        channels = filters;
    }

    private void depthwise() {
        int multiplier = 1 + draws.below(2);
        add("depthwise_conv", "multiplier: " + multiplier + ", " + window(true) + activation());
        channels *= multiplier;
    }

    private void separable() {
        int filters = 1 + draws.below(3);
        add("separable_conv", "filters: " + filters + ", " + window(true) + activation());
        channels = filters;
    }

    private void pool(String kind) {
        add(kind, window(false));
    }

    /** Return a window that fits the image, and give that the size of the output. */
    private String window(boolean dilates) {
        int dilation = dilates ? 1 + draws.below(2) : 1;
        int vertical = 1 + draws.below(1 + (height - 1) / dilation);
        int horizontal = 1 + draws.below(1 + (width - 1) / dilation);
        int stride = 1 + draws.below(2);
        boolean same = draws.below(2) == 0;
        height = along(height, (vertical - 1) * dilation + 1, stride, same);
        width = along(width, (horizontal - 1) * dilation + 1, stride, same);
        return "size: [" + vertical + ", " + horizontal + "], stride: " + stride + ", padding: "
                + (same ? "same" : "none") + (dilates ? ", dilation: " + dilation : "");
    }

    private static int along(int length, int extent, int stride, boolean same) {
        return same ? (length + stride - 1) / stride : (length - extent) / stride + 1;
    }

    private void transposed() {
        int filters = 1 + draws.below(2);
        int stride = 1 + draws.below(2);
        int size = stride + draws.below(2);
        boolean same = draws.below(2) == 0;
        add(
                "transposed_conv",
                "filters: " + filters + ", size: " + size + ", stride: " + stride + ", padding: "
                        + (same ? "same" : "none") + activation());
        height = same ? height * stride : (height - 1) * stride + size;
        width = same ? width * stride : (width - 1) * stride + size;
        channels = filters;
    }

    private void upsample() {
        int vertical = 1 + draws.below(2);
        int horizontal = 1 + draws.below(2);
        add("upsample", "size: [" + vertical + ", " + horizontal + "]");
        height *= vertical;
        width *= horizontal;
    }

    /** Add zeros around the image, or remove its last row. */
    private void edges() {
        if (height > 1 && draws.below(2) == 0) {
            add("crop", "after: [1, 0]");
            height--;
        } else {
            add("pad", "before: [0, 1], after: 1");
            height++;
            width += 2;
        }
    }

    private void normalise() {
        if (size() > 1 && draws.below(2) == 0) {
            add("group_norm", "groups: 1");
        } else {
            add("batch_norm", "");
        }
    }

    private void global(String kind) {
        add(kind, "");
        height = 1;
        width = 1;
    }

    private String activation() {
        return ", activation: " + RandomNetworksTests.pick(ACTIVATIONS, draws);
    }

    private void add(String kind, String parameters) {
        kinds.merge(kind, 1, Integer::sum);
        written.add("{ type: " + kind + (parameters.isEmpty() ? "" : ", " + parameters) + " }");
    }
}
