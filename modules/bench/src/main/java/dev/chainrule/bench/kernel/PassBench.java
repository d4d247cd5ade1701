package dev.chainrule.bench.kernel;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.builtin.optimizer.Adam;
import dev.chainrule.builtin.optimizer.Sgd;
import dev.chainrule.builtin.schedule.ConstantRate;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The benchmark of one pass over the elements of a matrix, with the sizes of the trainings in docs/RESULTS.md. */
@State(Scope.Thread)
public class PassBench {
    /** The passes of {@link #call}, each with the shape of its matrix. */
    static final List<String> PASSES = List.of(
            "sigmoid 10x30",
            "sigmoid 128x512",
            "sigmoidBackward 128x512",
            "tanh 128x512",
            "relu 128x512",
            "reluBackward 128x512",
            "softmaxRows 128x10",
            "columnSums 128x512",
            "addRow 128x512",
            "sumOfSquares 784x512",
            "bytes 128x784",
            "updateSgd 784x30",
            "updateAdam 784x512");

    @Param("relu 128x512")
    private String pass;

    @Param("FLOAT32")
    private Precision precision;

    @Param("vector")
    private String kernels;

    private ThreadTeam team;
    private Runnable call;
    private double kept;

    /** Return the number of elements of a pass. */
    static int size(String pass) {
        String[] sides = pass.split("[ x]");
        return Integer.parseInt(sides[1]) * Integer.parseInt(sides[2]);
    }

    @Setup
    public void create() {
        team = new ThreadTeam(1);
        String[] words = pass.split("[ x]");
        call = call(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    @Setup(Level.Iteration)
    public void measure(Beside beside) {
        beside.measure(precision, List.of());
    }

    @TearDown
    public void close() {
        team.close();
    }

    @Benchmark
    public double pass() {
        call.run();
        return kept;
    }

    private Runnable call(String name, int rows, int columns) {
        Kernels made = Operands.kernels(kernels, precision, team);
        Matrix x = Operands.matrix(made, "x", rows, columns);
        Matrix y = Operands.matrix(made, "y", rows, columns);
        Matrix row = Operands.matrix(made, "row", 1, columns);
        Matrix out = made.matrix(rows, columns);
        List<Parameter> parameters = List.of(new Parameter("x", x, y));
        Schedule rate = new ConstantRate(0);
        Optimizer sgd = new Sgd(rate, 0, false).create(parameters, made);
        Optimizer adam = new Adam(rate, 0.9, 0.999, 1e-8).create(parameters, made);
        byte[] bytes = new byte[columns];
        return switch (name) {
            case "sigmoid" -> () -> made.map(CommonFunction.SIGMOID, x, out);
            case "sigmoidBackward" -> () -> made.mapBackward(CommonFunction.SIGMOID, x, x, y, out);
            case "tanh" -> () -> made.map(CommonFunction.TANH, x, out);
            case "relu" -> () -> made.map(CommonFunction.RELU, x, out);
            case "reluBackward" -> () -> made.mapBackward(CommonFunction.RELU, x, x, y, out);
            case "softmaxRows" -> () -> made.softmaxRows(x, out);
            case "columnSums" -> () -> made.columnSums(x, row);
            case "addRow" -> () -> made.addRow(x, row);
            case "sumOfSquares" -> () -> kept = made.sumOfSquares(x);
            case "bytes" ->
                () -> {
                    for (int i = 0; i < rows; i++) {
                        out.setRow(i, bytes, 0);
                    }
                };
            // The rate is so small that numbers stay ordinary after any number of updates.
            case "updateSgd" -> () -> sgd.update(999, 1e-12);
            case "updateAdam" -> () -> adam.update(999, 1e-12);
            default -> throw new IllegalArgumentException("no pass is named " + name);
        };
    }
}
