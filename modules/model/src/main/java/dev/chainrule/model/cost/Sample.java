package dev.chainrule.model.cost;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.shape.SelectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sampling of a variational autoencoder: z = μ + exp(½·log σ²)·ε, ε ~ N(0, 1) for each number, while training; z = μ at inference.
 * It adds weight·KL(N(μ, σ²) ‖ N(0, 1)) = weight·½·Σⱼ (μⱼ² + σⱼ² − 1 − log σⱼ²) to the cost of each example.
 *
 * <p>Source: D. Kingma, M. Welling, "Auto-Encoding Variational Bayes", ICLR 2014, section 2.4 and appendix B.
 */
@Component("sample")
@Doc(
        "While training, draws from the normal distribution whose mean and log variance it reads, and adds its KL divergence "
                + "from the standard normal distribution to the cost. At inference, passes the mean on.")
public record Sample(
        @Doc("The factor of the KL divergence in the cost: 0 or more.") @Default("1")
        double weight) implements LayerSpec {
    public Sample {
        ParameterException.require(
                weight >= 0 && Double.isFinite(weight), "weight", weight, "a finite number, 0 or more");
    }

    @Override
    public Value build(LayerContext context) {
        List<Value> both = context.inputs().size() == 1 ? halves(context) : context.inputs();
        if (both.size() != 2 || !both.get(0).shape().equals(both.get(1).shape())) {
            throw new InputException(
                    "sample needs a mean and a log variance of one shape, but reads "
                            + both.stream().map(Value::toString).collect(Collectors.joining(", ")),
                    "List both under from:, the mean first, or give one layer with both, side by side.");
        }
        Shape shape = both.get(0).shape();
        return context.join(new SampleJoin(weight, shape, context.stream("noise"), context.kernels()), both);
    }

    /** Return the halves of the only input along the last axis. */
    private static List<Value> halves(LayerContext context) {
        Shape input = context.input();
        List<Integer> dimensions = new ArrayList<>(input.dimensions());
        int last = dimensions.size() - 1;
        int both = dimensions.get(last);
        if (both % 2 != 0) {
            throw new InputException(
                    "sample reads as many means as log variances, but the input is " + input.named(),
                    "Give it an even number of " + input.axes().get(last)
                            + ": first the means, then the log variances.");
        }
        dimensions.set(last, both / 2);
        Shape half = new Shape(dimensions);
        Value x = context.chain();
        return List.of(
                context.chain(
                        x,
                        new SelectNode(
                                "select",
                                input,
                                half,
                                IntStream.range(0, both / 2).toArray())),
                context.chain(
                        x,
                        new SelectNode(
                                "select",
                                input,
                                half,
                                IntStream.range(both / 2, both).toArray())));
    }
}
