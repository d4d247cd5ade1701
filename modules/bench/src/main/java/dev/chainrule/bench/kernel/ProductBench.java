package dev.chainrule.bench.kernel;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The benchmark of one product, c = a·b, a·bᵀ or aᵀ·b. */
@State(Scope.Thread)
public class ProductBench {
    /** The products by their transposed factor. */
    public enum Product {
        NN,
        NT,
        TN
    }

    @Param("NN")
    private Product product;

    /** m×n×k. */
    @Param("512x512x512")
    private String shape;

    @Param("FLOAT32")
    private Precision precision;

    @Param("vector")
    private String kernels;

    @Param("1")
    private int threads;

    private ThreadTeam team;
    private ThreadTeam alone;
    private Runnable call;
    private List<Runnable> calls;

    /** Return m, n and k. */
    static int[] sides(String shape) {
        String[] sides = shape.split("x");
        return new int[] {Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), Integer.parseInt(sides[2])};
    }

    @Setup
    public void create() {
        team = new ThreadTeam(threads);
        alone = new ThreadTeam(1);
        call = call(team);
        calls = threads == 1
                ? List.of()
                : Stream.generate(() -> call(alone)).limit(threads).toList();
    }

    @Setup(Level.Iteration)
    public void measure(Beside beside) {
        beside.measure(precision, calls);
    }

    @TearDown
    public void close() {
        team.close();
        alone.close();
    }

    @Benchmark
    public void product() {
        call.run();
    }

    private Runnable call(ThreadTeam by) {
        Kernels made = Operands.kernels(kernels, precision, by);
        int[] sides = sides(shape);
        int m = sides[0];
        int n = sides[1];
        int k = sides[2];
        Matrix a = product == Product.TN ? Operands.matrix(made, "a", k, m) : Operands.matrix(made, "a", m, k);
        Matrix b = product == Product.NT ? Operands.matrix(made, "b", n, k) : Operands.matrix(made, "b", k, n);
        Matrix c = made.matrix(m, n);
        return switch (product) {
            case NN -> () -> made.multiply(a, b, c, false);
            case NT -> () -> made.multiplyTransB(a, b, c, false);
            case TN -> () -> made.multiplyTransA(a, b, c, false);
        };
    }
}
