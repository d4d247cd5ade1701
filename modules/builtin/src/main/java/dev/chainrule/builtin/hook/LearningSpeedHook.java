package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.value.Span;

/**
 * A measurement of each layer's learning speed, with the reasons why layers learn slowly.
 *
 * <p>Source: M. Nielsen, "Neural Networks and Deep Learning", the summary of chapter 2 (weights learn slowly where the
 * input neuron is low or the output neuron has saturated) and chapter 5 (the error δ shrinks from layer to layer
 * towards the input). He gives no numbers for low and saturated; those here are ours. A sigmoid whose slope is below
 * 0.05 is within 0.053 of 0 or 1, and has less than a fifth of its greatest slope 0.25; a tanh is within 0.025 of −1 or
 * 1. In his networks each layer's δ is a fourth of the next one's or less (his figures: 0.07 and 0.31; 0.012, 0.060 and
 * 0.283), so that a tenth means more than one layer on the way.
 */
@Component("learning_speed")
@Doc("Measures after each epoch how fast every layer learns, and reports slow layers and the reason.")
public record LearningSpeedHook(
        @Doc("How many steps of each epoch to measure, evenly spread: 1 or more.") @Default("50")
        int samples,

        @Doc("How often to print a table, in epochs, such as '10 epochs'; also after the first and the last "
                + "epoch. learning_speed.jsonl contains every epoch.")
        @Default("1 epoch")
        Span every,

        @Doc("A unit is saturated if the slope of its activation is smaller than this: above 0.") @Default("0.05")
        double saturatedBelow,

        @Doc("An input is low if it is closer to 0 than this: above 0.") @Default("0.05")
        double lowBelow,

        @Doc("A layer learns slowly if its error is smaller than this share of the largest: above 0, below 1.")
        @Default("0.1")
        double slowBelow)
        implements HookSpec {
    public LearningSpeedHook {
        ParameterException.require(samples >= 1, "samples", samples, "1 or more");
        ParameterException.require(every.unit() == Span.Unit.EPOCHS, "every", every, "a number of epochs");
        ParameterException.require(
                saturatedBelow > 0 && Double.isFinite(saturatedBelow),
                "saturatedBelow",
                saturatedBelow,
                "a finite number above 0");
        ParameterException.require(
                lowBelow > 0 && Double.isFinite(lowBelow), "lowBelow", lowBelow, "a finite number above 0");
        ParameterException.require(
                slowBelow > 0 && slowBelow < 1, "slowBelow", slowBelow, "a number above 0 and below 1");
    }

    @Override
    public boolean readsLayers() {
        return true;
    }

    @Override
    public Hook create(Run run) {
        return new SpeedMeter(this, run);
    }
}
