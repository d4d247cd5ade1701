package dev.chainrule.engine.check;

import static dev.chainrule.engine.check.WindowSubject.BATCH_NORM;
import static dev.chainrule.engine.check.WindowSubject.CONV;
import static dev.chainrule.engine.check.WindowSubject.CROP;
import static dev.chainrule.engine.check.WindowSubject.DEPTHWISE;
import static dev.chainrule.engine.check.WindowSubject.GROUPS;
import static dev.chainrule.engine.check.WindowSubject.GROUP_NORM;
import static dev.chainrule.engine.check.WindowSubject.MAX;
import static dev.chainrule.engine.check.WindowSubject.MEAN;
import static dev.chainrule.engine.check.WindowSubject.PAD;
import static dev.chainrule.engine.check.WindowSubject.SEPARABLE;
import static dev.chainrule.engine.check.WindowSubject.SPATIAL_DROPOUT;
import static dev.chainrule.engine.check.WindowSubject.UPSAMPLE;
import static dev.chainrule.engine.check.WindowSubject.conv;
import static dev.chainrule.engine.check.WindowSubject.depthwise;
import static dev.chainrule.engine.check.WindowSubject.of;
import static dev.chainrule.engine.check.WindowSubject.separable;
import static dev.chainrule.engine.check.WindowSubject.transposed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.check.FaultyLayer.Backward;
import dev.chainrule.engine.check.FaultyParts.Dense;
import dev.chainrule.engine.check.FaultyParts.HalfSquare;
import dev.chainrule.engine.check.FaultyParts.Tanh;
import dev.chainrule.engine.check.Tampering.Memory;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.layer.BatchNorm;
import dev.chainrule.model.layer.Dropout;
import dev.chainrule.model.layer.GroupNorm;
import dev.chainrule.model.shape.Flatten;
import dev.chainrule.model.shape.Reshape;
import dev.chainrule.model.shape.Side;
import dev.chainrule.model.window.Crop;
import dev.chainrule.model.window.GlobalMaxPool;
import dev.chainrule.model.window.GlobalMeanPool;
import dev.chainrule.model.window.MaxPool;
import dev.chainrule.model.window.MeanPool;
import dev.chainrule.model.window.Pad;
import dev.chainrule.model.window.Padding;
import dev.chainrule.model.window.SpatialDropout;
import dev.chainrule.model.window.Upsample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Put mistakes into the passes of layers whose windows slide over images, and into those that see an image by channels. */
class WindowFaultTests {
    private static final int EACH = 31;
    private static final int IMAGE = 4 * 4 * 2;
    private static final Dense HIDDEN = new Dense(IMAGE, new Tanh());
    private static final Dense SMALL = new Dense(2 * 2 * 2, new Tanh());
    private static final NamedLayer LAST = GraphFaultTests.layer("last", new Dense(FaultCase.OUT, new Tanh()));

    private final List<FaultCase> cases = new ArrayList<>();

    /**
     * Return a network in which a layer sees images of 2 channels: of 4 x 4 pixels, or of 2 x 2 if a single one of them has a gradient,
     * which a sample of few would miss.
     */
    private static List<NamedLayer> through(LayerSpec it) {
        LayerSpec right = it instanceof FaultyLayer faulty ? faulty.right() : ((ExchangedLayer) it).right();
        boolean global = right instanceof GlobalMaxPool || right instanceof GlobalMeanPool;
        Side side = Side.parse(global ? "2" : "4");
        return List.of(
                GraphFaultTests.layer("a", global ? SMALL : HIDDEN),
                GraphFaultTests.layer("image", new Reshape(List.of(side, side, Side.parse("2")))),
                GraphFaultTests.layer("it", it),
                GraphFaultTests.layer("flat", new Flatten()),
                LAST);
    }

    private void add(String kind, String equation, LayerSpec it) {
        add(kind, equation, "it", it);
    }

    private void add(String kind, String equation, String layer, LayerSpec it) {
        cases.add(new FaultCase(kind, equation, layer, "", through(it), new HalfSquare(), FaultCase.KERNELS));
    }

    /** Make a mistake in the stage that sees the image. */
    private static FaultyLayer faulty(LayerSpec right, Consumer<Backward> mistake) {
        WindowSubject subject = WindowSubject.of(right);
        Consumer<Backward> first = call -> {
            if (!subject.isOfTwoProducts() || call.x().columns() == IMAGE) {
                mistake.accept(call);
            } else {
                call.right();
            }
        };
        return new FaultyLayer(right, subject.label(), first, parameter -> {});
    }

    private void tampered() {
        WindowSubject.all().forEach((name, right) -> {
            WindowSubject subject = WindowSubject.of(right);
            for (Tampering tampering : Tampering.values()) {
                if (tampering.changes(FaultCase.BATCH, IMAGE)) {
                    Memory memory = new Memory();
                    // The product of an earlier pass is noticed where it arrives: in the reshape, which shares its
                    // matrix.
                    boolean shared = tampering == Tampering.STALE && subject.isProduct();
                    String equation = shared ? "inputs" : subject.flow();
                    add(tampering + " of ∂C/∂x of " + name, equation, shared ? "image" : "it", faulty(right, call -> {
                        Matrix before = Tampering.copy(call.dx());
                        call.right();
                        tampering.apply(call.dx(), before, call.dx().rows(), memory);
                    }));
                }
            }
        });
    }

    private void parameters() {
        WindowSubject.all().forEach((name, right) -> {
            WindowSubject.of(right).equations().forEach((parameter, equation) -> {
                for (double factor : new double[] {-1, 0, 2, 1.01, FaultCase.BATCH, 1.0 / FaultCase.BATCH}) {
                    add(
                            "∂C/∂" + parameter + " times " + factor + " of " + name,
                            equation,
                            gradient(right, parameter, each -> FaultCase.KERNELS.scale(factor, each.gradient())));
                }
                add(
                        "∂C/∂" + parameter + " of the next filter of " + name,
                        equation,
                        gradient(right, parameter, each -> turn(each.gradient(), 1)));
            });
        });
    }

    /** Change the gradient of one parameter when the stage that computes it is done: in a separable_conv, the first or the second one. */
    private static FaultyLayer gradient(LayerSpec right, String parameter, Consumer<Parameter> change) {
        WindowSubject subject = WindowSubject.of(right);
        int stages = subject.isOfTwoProducts() ? 2 : 1;
        int own = parameter.startsWith("depthwise") ? 1 : 0; // the last stage comes first
        int[] calls = {0};
        return new FaultyLayer(right, subject.label(), Backward::right, each -> {
            if (each.name().endsWith(parameter) && calls[0]++ % stages == own) {
                change.accept(each);
            }
        });
    }

    private static void turn(Matrix matrix, int by) {
        Matrix before = Tampering.copy(matrix);
        for (int j = 0; j < matrix.columns(); j++) {
            matrix.copyColumns(before, (j + by) % matrix.columns(), j, 1);
        }
    }

    /** Let another layer, with parameters of the same shapes, make one of the computations of a layer. */
    private void exchanged(String kind, LayerSpec right, LayerSpec other) {
        WindowSubject subject = WindowSubject.of(right);
        String gradients = subject.gradients();
        add(kind + " in backward", subject.flow(), new ExchangedLayer(right, other, "backward"));
        add(
                kind + " in forward",
                subject.isProduct() ? gradients : subject.flow(),
                new ExchangedLayer(right, other, "forward"));
        if (!gradients.isEmpty()) {
            add(kind + " in gradients", gradients, new ExchangedLayer(right, other, "gradients"));
        }
    }

    private void windows() {
        exchanged("conv without dilation", conv(of(3), of(1), "2", of(2), 1), CONV);
        exchanged("conv without stride", conv(of(3), of(2), "1", of(1), 1), conv(of(3), of(1), "none", of(1), 1));
        exchanged(
                "conv padded at the other side",
                conv(of(3), of(2), "same", of(1), 1),
                conv(of(3), of(2), "1", of(1), 1));
        exchanged(
                "conv of exchanged sides",
                conv(of(3, 2), of(1), "same", of(1), 1),
                conv(of(2, 3), of(1), "same", of(1), 1));
        exchanged(
                "conv of exchanged strides",
                conv(of(3), of(1, 2), "1", of(1), 1),
                conv(of(3), of(2, 1), "1", of(1), 1));
        exchanged("depthwise_conv without dilation", depthwise(of(3), of(1), "2", of(2)), DEPTHWISE);
        exchanged(
                "depthwise_conv of exchanged sides",
                depthwise(of(3, 2), of(1), "same", of(1)),
                depthwise(of(2, 3), of(1), "same", of(1)));
        exchanged(
                "depthwise_conv without stride",
                depthwise(of(3), of(2), "1", of(1)),
                depthwise(of(3), of(1), "none", of(1)));
        exchanged("separable_conv without dilation", separable(of(3), of(1), "2", of(2)), SEPARABLE);
        exchanged(
                "separable_conv padded at the other side",
                separable(of(3), of(2), "same", of(1)),
                separable(of(3), of(2), "1", of(1)));
        exchanged(
                "transposed_conv without dilation",
                transposed(of(3), "2", of(2), of(1)),
                transposed(of(3), "1", of(1), of(1)));
        exchanged(
                "transposed_conv of exchanged sides",
                transposed(of(3, 2), "same", of(1), of(1)),
                transposed(of(2, 3), "same", of(1), of(1)));
        exchanged("max_pool without stride", MAX, new MaxPool(of(3), Optional.of(of(1)), Padding.parse("none")));
        exchanged(
                "max_pool of exchanged sides",
                new MaxPool(of(3, 1), Optional.of(of(1)), Padding.parse("same")),
                new MaxPool(of(1, 3), Optional.of(of(1)), Padding.parse("same")));
        exchanged("mean_pool without stride", MEAN, new MeanPool(of(3), Optional.of(of(1)), Padding.parse("none")));
        exchanged(
                "mean_pool of exchanged sides",
                new MeanPool(of(3, 1), Optional.of(of(1)), Padding.parse("same")),
                new MeanPool(of(1, 3), Optional.of(of(1)), Padding.parse("same")));
        exchanged("max_pool of means", MAX, MEAN);
        exchanged("mean_pool of maxima", MEAN, MAX);
        exchanged("global_max_pool of means", new GlobalMaxPool(), new GlobalMeanPool());
        exchanged("global_mean_pool of maxima", new GlobalMeanPool(), new GlobalMaxPool());
        exchanged("upsample of exchanged sides", new Upsample(of(2, 1)), new Upsample(of(1, 2)));
        exchanged("pad at the other sides", PAD, new Pad(of(0, 2), of(1, 0)));
        exchanged("crop at the other sides", CROP, new Crop(of(0, 2), of(1, 0)));
        exchanged("batch_norm of each example", BATCH_NORM, new GroupNorm(2, 1e-5));
        exchanged("batch_norm with another epsilon", BATCH_NORM, new BatchNorm(0.9, 0.1));
        exchanged("group_norm of the batch", new GroupNorm(2, 1e-5), BATCH_NORM);
        exchanged("group_norm of other groups", GROUP_NORM, new GroupNorm(2, 1e-5));
        exchanged("spatial_dropout of elements", SPATIAL_DROPOUT, new Dropout(0.4));
        exchanged("spatial_dropout at another rate", SPATIAL_DROPOUT, new SpatialDropout(0.7));
    }

    /** Mistakes that no other layer makes. */
    private void special() {
        add("conv in groups of the other channels", "BP2", faulty(GROUPS, call -> {
            Matrix turned = Tampering.copy(call.delta());
            turn(turned, 2);
            call.right(0, turned, call.pass());
        }));
        add("upsample of the first place alone", "inputs", faulty(UPSAMPLE, call -> {
            for (int j = 0; j < call.dx().columns(); j++) {
                int pixel = j / 2;
                call.dx().copyColumns(call.delta(), (pixel / 4 * 2 * 8 + pixel % 4 * 2) * 2 + j % 2, j, 1);
            }
        }));
        add("batch_norm with constant statistics", "inputs", faulty(BATCH_NORM, WindowFaultTests::constantStatistics));
        add(
                "spatial_dropout without its mask",
                "inputs",
                faulty(SPATIAL_DROPOUT, call -> call.dx().copyFrom(call.delta())));
        add("pad of the first pixels", "inputs", faulty(PAD, call -> {
            Matrix before = Tampering.copy(call.delta());
            call.dx().copyColumns(before, 0, 0, call.dx().columns());
        }));
    }

    /** Compute ∂C/∂x as if mean and variance were constants: delta·∂out/∂x, the slope of the line that all numbers of a channel are on. */
    private static void constantStatistics(Backward call) {
        for (int j = 0; j < call.x().columns(); j++) {
            for (int i = 0; i < call.x().rows(); i++) {
                int other = (i + 1) % call.x().rows();
                double slope = (call.out().get(i, j) - call.out().get(other, j))
                        / (call.x().get(i, j) - call.x().get(other, j));
                call.dx().set(i, j, call.delta().get(i, j) * slope);
            }
        }
    }

    private List<FaultCase> all() {
        tampered();
        parameters();
        windows();
        special();
        return cases;
    }

    @Test
    void check_someFaultsInWindows_areCaughtAndPlaced() {
        List<FaultCase> every = all();
        List<FaultCase> some = IntStream.range(0, every.size())
                .filter(i -> i % EACH == 0)
                .mapToObj(every::get)
                .toList();
        FaultCase.assertCaught("some faults in windows", some);
        assertEquals(12, some.size());
    }

    @Test
    @Tag("proof")
    void check_everyFaultInAWindow_isCaughtAndPlaced() {
        FaultCase.assertCaught("faults in windows", all());
        assertEquals(349, cases.size());
    }

    @Test
    void check_windowsWithoutFault_pass() {
        WindowSubject.all().forEach((name, right) -> {
            for (LayerSpec it : List.of(faulty(right, Backward::right), new ExchangedLayer(right, right, "backward"))) {
                GradientReport.Verdict verdict = new FaultCase(
                                "", "", "", "", through(it), new HalfSquare(), FaultCase.KERNELS)
                        .check()
                        .verdict();
                assertEquals(GradientReport.Verdict.PASSED, verdict, name);
            }
        });
    }
}
