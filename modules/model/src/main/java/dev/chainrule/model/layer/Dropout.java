package dev.chainrule.model.layer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.layer.Value;

/**
 * Random dropping of values during training: out = x ⊙ mask, mask = 0 with probability rate, else 1 / (1 − rate), so
 * that the expected output is x and inference is the identity ("inverted" dropout).
 *
 * <p>Source: N. Srivastava, G. Hinton, A. Krizhevsky, I. Sutskever, R. Salakhutdinov, "Dropout: A Simple Way to Prevent
 * Neural Networks from Overfitting", JMLR 15, 2014; there the scaling happens at inference instead (section 10
 * describes both).
 */
@Component("dropout")
@Doc("Sets values to 0 at random while training, and scales the rest by 1 / (1 - rate). Does nothing at inference.")
public record Dropout(
        @Doc("The share of values dropped: 0 or more and below 1.")
        double rate) implements LayerSpec {
    public Dropout {
        ParameterException.require(rate >= 0 && rate < 1, "rate", rate, "0 or more and below 1");
    }

    @Override
    public Value build(LayerContext context) {
        return context.chain(new DropoutNode(rate, context.input(), context.stream("mask"), context.kernels()));
    }
}
