package dev.chainrule.engine.advice;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import java.util.Arrays;
import java.util.Optional;

/**
 * Advice on inputs that differ by little more than the precision resolves, such as seconds since 1970 over an hour: near 1.7e9
 * float32 has steps of 128.
 *
 * <p>A transform that subtracts the mean before rounding fixes that. So an input is coarse only if its values still lie close
 * together after the transforms, or if values that differed have become equal.
 */
final class CoarseInputs {
    private static final int LOOKED_AT = 256;
    private static final int FEWEST = 16;
    /** The amount of numbers that are examined together, if one-hot columns make rows long. */
    private static final int MOST_NUMBERS = 1 << 20;
    /** Spacings of neighbouring numbers per standard deviation: fewer leave less than three digits. */
    private static final double FINE = 1000;

    private final Assembly assembly;
    private final double[][] raw;
    private final double[][] flowing;

    private CoarseInputs(Assembly assembly) {
        this.assembly = assembly;
        Dataset train = assembly.datasets().train();
        int inputs = train.encoding().shape().size();
        int rows = Math.min(train.size(), Math.min(LOOKED_AT, Math.max(FEWEST, MOST_NUMBERS / inputs)));
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = (int) ((long) i * train.size() / rows);
        }
        this.flowing = columns(assembly.pipeline().inputs(train, order, 0, rows));
        Matrix x = new DoubleMatrix(rows, inputs);
        train.readInputs(order, 0, 0, rows, x);
        this.raw = columns(x);
        for (int j = 0; j < raw.length; j++) {
            raw[j] = known(raw[j]);
        }
    }

    static Optional<Advice> of(Assembly assembly) {
        if (assembly.datasets().train().encoding().shape().dimensions().size() > 1) {
            return Optional.empty(); // bytes of images, which may be read late
        }
        CoarseInputs inputs = new CoarseInputs(assembly);
        for (int j = 0; j < inputs.raw.length && inputs.raw.length == inputs.flowing.length; j++) {
            if (inputs.isCoarse(j)) {
                return Optional.of(inputs.advice(j));
            }
        }
        return Optional.empty();
    }

    private boolean isCoarse(int input) {
        return liesClose(raw[input])
                && (liesClose(flowing[input]) || different(flowing[input]) < 0.9 * different(raw[input]));
    }

    private boolean liesClose(double... values) {
        double deviation = deviation(values);
        double spacing = spacing(values);
        // numbers beyond the precision have no spacing: a transform has computed with them in float64
        return deviation > 0 && Double.isFinite(spacing) && deviation < FINE * spacing;
    }

    private double spacing(double... values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return assembly.experiment().precision() == Precision.FLOAT32 ? Math.ulp((float) largest) : Math.ulp(largest);
    }

    private static double deviation(double... values) {
        double first = values[0];
        double sum = 0;
        for (double value : values) {
            sum += value - first;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - first - mean) * (value - first - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    private static long different(double... values) {
        return Arrays.stream(values).distinct().count();
    }

    private Advice advice(int input) {
        Precision precision = assembly.experiment().precision();
        String name = name(input);
        return new Advice(
                WarningKind.COARSE_INPUTS,
                name.isEmpty() ? "data.train" : ColumnAdvice.path(assembly, name),
                (name.isEmpty() ? "input " + (input + 1) : "column '" + name + "'") + " varies by "
                        + Rounding.format(deviation(raw[input])) + " around " + Rounding.format(raw[input][0])
                        + ", where "
                        + precision + " numbers are " + Rounding.format(spacing(raw[input])) + " apart",
                "Begin the transforms with standardize, subtract a constant in the data"
                        + (precision == Precision.FLOAT32 ? ", or write precision: float64." : "."));
    }

    private String name(int input) {
        int end = 0;
        for (Encoding.Column column : assembly.datasets().train().encoding().columns()) {
            end += column.width();
            if (input < end) {
                return column.name();
            }
        }
        return "";
    }

    /** Return the numbers of a column without missing ones. */
    private static double[] known(double... column) {
        double[] known =
                Arrays.stream(column).filter(value -> !Double.isNaN(value)).toArray();
        return known.length == 0 ? new double[1] : known;
    }

    private static double[][] columns(Matrix x) {
        double[][] columns = new double[x.columns()][x.rows()];
        for (int j = 0; j < columns.length; j++) {
            for (int i = 0; i < x.rows(); i++) {
                columns[j][i] = x.get(i, j);
            }
        }
        return columns;
    }
}
