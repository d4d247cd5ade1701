package dev.chainrule.math;

import dev.chainrule.math.function.DoubleErrorFunction;
import dev.chainrule.math.function.DoubleHyperbolic;
import dev.chainrule.math.function.FloatErrorFunction;
import dev.chainrule.math.function.FloatHyperbolic;

/**
 * The functions that {@link Kernels#map} and {@link Kernels#mapBackward} can compute on whole vectors, with results
 * bit-identical to those of a loop over {@link #value} and {@link #derivative}.
 */
public enum CommonFunction implements ScalarFunction {
    /** σ(z) = z, σ′ = 1. */
    IDENTITY {
        @Override
        public double value(double z) {
            return z;
        }

        @Override
        public double derivative(double z, double a) {
            return 1;
        }

        @Override
        public float value(float z) {
            return z;
        }

        @Override
        public float derivative(float z, float a) {
            return 1;
        }
    },

    /** σ(z) = max(0, z), NaN for NaN; σ′ = 1 where z &gt; 0, else 0. */
    RELU {
        @Override
        public double value(double z) {
            return Math.max(0, z);
        }

        @Override
        public double derivative(double z, double a) {
            return z > 0 ? 1 : 0;
        }

        @Override
        public float value(float z) {
            return Math.max(0, z);
        }

        @Override
        public float derivative(float z, float a) {
            return z > 0 ? 1 : 0;
        }
    },

    /** σ(z) = 1 / (1 + e⁻ᶻ), σ′ = a·(1 − a). */
    SIGMOID {
        @Override
        public double value(double z) {
            return Strict.sigmoid(z);
        }

        @Override
        public double derivative(double z, double a) {
            return a * (1 - a);
        }

        @Override
        public float value(float z) {
            return Strict.sigmoid(z);
        }

        @Override
        public float derivative(float z, float a) {
            return a * (1 - a);
        }
    },

    /** σ(z) = tanh z, σ′ = 1 − a². */
    TANH {
        @Override
        public double value(double z) {
            return Strict.tanh(z);
        }

        @Override
        public double derivative(double z, double a) {
            return 1 - a * a;
        }

        @Override
        public float value(float z) {
            return Strict.tanh(z);
        }

        @Override
        public float derivative(float z, float a) {
            return 1 - a * a;
        }
    },

    /** σ(z) = ln(1 + eᶻ), σ′ = 1 / (1 + e⁻ᶻ). */
    SOFTPLUS {
        @Override
        public double value(double z) {
            return Strict.softplus(z);
        }

        @Override
        public double derivative(double z, double a) {
            return Strict.sigmoid(z);
        }

        @Override
        public float value(float z) {
            return Strict.softplus(z);
        }

        @Override
        public float derivative(float z, float a) {
            return Strict.sigmoid(z);
        }
    },

    /** σ(z) = z·s, σ′ = s·(1 + z·(1 − s)) with s = 1 / (1 + e⁻ᶻ). */
    SILU {
        @Override
        public double value(double z) {
            return DoubleHyperbolic.silu(z);
        }

        @Override
        public double derivative(double z, double a) {
            return DoubleHyperbolic.siluSlope(z);
        }

        @Override
        public float value(float z) {
            return FloatHyperbolic.silu(z);
        }

        @Override
        public float derivative(float z, float a) {
            return FloatHyperbolic.siluSlope(z);
        }
    },

    /** σ(z) = z·Φ(z), σ′ = Φ(z) + z·e^(−½z²)/√(2π) with Φ(z) = ½·(1 + erf(z/√2)). */
    GELU {
        @Override
        public double value(double z) {
            return DoubleErrorFunction.gelu(z);
        }

        @Override
        public double derivative(double z, double a) {
            return DoubleErrorFunction.geluSlope(z);
        }

        @Override
        public float value(float z) {
            return FloatErrorFunction.gelu(z);
        }

        @Override
        public float derivative(float z, float a) {
            return FloatErrorFunction.geluSlope(z);
        }
    }
}
