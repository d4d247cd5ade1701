package dev.chainrule.model.activation;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.error.ParameterException;

/**
 * The leaky rectifier: a = z where z &gt; 0, else slope·z; σ′ = 1 where z &gt; 0, else slope, also at the kink.
 *
 * <p>Source: A. Maas, A. Hannun, A. Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models", 2013, whose
 * slope of 0.01 is the default.
 */
@Component("leaky_relu")
@Doc("A rectifier with a small slope below 0: a = z if z > 0, else slope·z.")
public record LeakyRelu(
        @Doc("The slope below 0: 0 or more.") @Default("0.01")
        double slope) implements Elementwise {
    public LeakyRelu {
        ParameterException.require(slope >= 0 && Double.isFinite(slope), "slope", slope, "a finite number, 0 or more");
    }

    @Override
    public double value(double z) {
        return z > 0 ? z : slope * z;
    }

    @Override
    public double derivative(double z, double a) {
        return z > 0 ? 1 : slope;
    }

    @Override
    public float value(float z) {
        return z > 0 ? z : (float) slope * z;
    }

    @Override
    public float derivative(float z, float a) {
        return z > 0 ? 1 : (float) slope;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }
}
