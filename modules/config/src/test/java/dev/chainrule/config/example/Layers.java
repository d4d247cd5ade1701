package dev.chainrule.config.example;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;
import java.util.List;
import java.util.Optional;

/** Layers for tests: parameters of many types, and constructors that object in each possible way. */
public final class Layers {
    private Layers() {}

    /** What is trained. */
    public enum Trainable {
        TRUE,
        FALSE,
        WEIGHTS,
        BIASES
    }

    /** Layers that are only declared. */
    interface Declared extends LayerSpec {
        @Override
        default Value build(LayerContext context) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("dense")
    @Doc("Multiply by weights, add a bias, apply an activation.")
    record Dense(
            @Doc("How many outputs.") int units,

            @Doc("What is applied to the outputs.") @Default("identity")
            Activation activation,

            @Doc("The first weights.") @Default("{type: normal, sigma: 1/10}")
            Initializer weights,

            @Doc("What the weights cost.") Optional<Regularizer> regularizer,
            @Doc("What is trained.") @Default("true") Trainable trainable)
            implements Declared {
        Dense {
            ParameterException.require(units >= 1, "units", units, "1 or more");
        }
    }

    @Component("dropout")
    @Doc("Set inputs to zero at random.")
    record Dropout(
            @Doc("Which share of the inputs.") @Default("0.5")
            double rate) implements Declared {
        Dropout {
            ParameterException.require(rate >= 0 && rate < 1, "rate", rate, "0 or more and below 1");
        }
    }

    @Component("pool")
    @Doc("Take the largest of each window.")
    record Pool(
            @Doc("The window.") @Default("[2, 2]") List<Integer> windowSize,
            @Doc("Whether to pad.") @Default("false") boolean padded)
            implements Declared {
        Pool {
            ParameterException.require(windowSize.size() == 2, "windowSize", windowSize, "two numbers, such as [2, 2]");
            if (padded && windowSize.get(0) == 1) {
                throw new IllegalArgumentException("a window of height 1 cannot be padded");
            }
        }
    }

    @Component("fragile")
    @Doc("Fail when created.")
    record Fragile(@Doc("How to fail.") @Default("not") String how) implements Declared {
        Fragile {
            switch (how) {
                case "null" -> throw new NullPointerException();
                case "message" -> throw new IllegalStateException("the moon is full");
                case "input" ->
                    throw new InputException("the word '" + how + "' is not liked", "Say something else.")
                            .atConfig("how");
                case "link" -> throw new NoSuchMethodError("'double of(double)'");
                default -> {}
            }
        }
    }
}
