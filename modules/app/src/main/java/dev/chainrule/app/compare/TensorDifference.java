package dev.chainrule.app.compare;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/** The differences between numbers and tensors of two runs, in words. */
final class TensorDifference {
    private TensorDifference() {}

    /**
     * Return the first element that two files of tensors do not share; empty if there is none.
     *
     * @param mine says whose values those of the first file are
     * @param others says whose values those of the second are
     */
    static Optional<String> first(Path one, Path other, String mine, String others) {
        SortedMap<String, Matrix> first;
        try {
            first = Safetensors.read(one).tensors();
        } catch (InputException e) {
            return Optional.of("it cannot be read: " + e.getMessage());
        }
        SortedMap<String, Matrix> second = Safetensors.read(other).tensors();
        if (!first.keySet().equals(second.keySet())) {
            return Optional.of("it contains " + first.keySet() + ", the retrained one " + second.keySet());
        }
        return first.entrySet().stream()
                .flatMap(tensor ->
                        first(tensor.getKey(), tensor.getValue(), second.get(tensor.getKey()), mine, others).stream())
                .findFirst();
    }

    private static Optional<String> first(String name, Matrix one, Matrix other, String mine, String others) {
        if (!one.shape().equals(other.shape())) {
            return Optional.of(name + " is " + one.shape() + " " + mine + ", " + other.shape() + " " + others);
        }
        for (int i = 0; i < one.rows(); i++) {
            for (int j = 0; j < one.columns(); j++) {
                Optional<String> values =
                        values(name + "[" + i + ", " + j + "]", one.get(i, j), other.get(i, j), mine, others);
                if (values.isPresent()) {
                    return values;
                }
            }
        }
        return Optional.empty();
    }

    /** Shortest decimals that are read back as the same number tell two numbers apart; a sign of zero does not show in them. */
    static Optional<String> values(String name, double one, double other, String mine, String others) {
        return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other)
                ? Optional.empty()
                : Optional.of(name + " " + shown(one) + " " + mine + ", " + shown(other) + " " + others);
    }

    private static String shown(double value) {
        return Double.isFinite(value)
                ? Numbers.format(value)
                : Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    }
}
