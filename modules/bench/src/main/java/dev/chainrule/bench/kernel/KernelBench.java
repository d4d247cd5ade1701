package dev.chainrule.bench.kernel;

import dev.chainrule.bench.measure.Markdown;
import dev.chainrule.bench.measure.Statistics;
import dev.chainrule.math.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** The benchmark of all kernels, or of those whose line matches a pattern, which prints tables. */
public final class KernelBench {
    private static final List<String> SHAPES =
            List.of("512x512x512", "128x512x784", "128x10x512", "10x30x784", "30x784x10", "784x30x10");
    private static final List<String> SPLIT = SHAPES.subList(0, 2);

    private final Pattern filter;

    private KernelBench(Pattern filter) {
        this.filter = filter;
    }

    /**
     * Measure and print.
     *
     * @param filter a regular expression to find in lines such as {@code product NN FLOAT32 512x512x512 vector 1} and
     *     {@code pass relu 128x512 FLOAT32}
     */
    public static void run(String filter) {
        KernelBench bench = new KernelBench(Pattern.compile(filter));
        bench.products();
        bench.splitProducts();
        bench.passes();
    }

    private void products() {
        Markdown table = new Markdown("product", "m×n×k", "precision", "kernels", "GFLOP/s", "% of peak");
        for (Precision precision : Precision.values()) {
            for (String shape : SHAPES) {
                for (ProductBench.Product product : ProductBench.Product.values()) {
                    for (String kernels : List.of("vector", "plain")) {
                        if (wanted("product", product, precision, shape, kernels, 1)) {
                            Measured measured = product(product, precision, shape, kernels, 1);
                            table.row(
                                    product.name(),
                                    shape.replace('x', '×'),
                                    precision.toString(),
                                    kernels,
                                    each(measured, i -> flops(shape) / i.nanos())
                                            .shown("%.1f"),
                                    each(measured, i -> 100 * flops(shape) / i.nanos() / i.peak())
                                            .shown("%.0f"));
                        }
                    }
                }
            }
        }
        table.print("One thread");
    }

    private void splitProducts() {
        Markdown table = new Markdown(
                "product", "m×n×k", "precision", "kernels", "two threads, × one", "× two, each for itself");
        for (Precision precision : Precision.values()) {
            for (String shape : SPLIT) {
                for (ProductBench.Product product : ProductBench.Product.values()) {
                    if (wanted("product", product, precision, shape, "vector", 2)) {
                        Measured measured = product(product, precision, shape, "vector", 2);
                        table.row(
                                product.name(),
                                shape.replace('x', '×'),
                                precision.toString(),
                                "vector",
                                each(measured, i -> i.alone() / i.nanos()).shown("%.2f"),
                                each(measured, i -> i.together() / i.nanos()).shown("%.2f"));
                    }
                }
            }
        }
        table.print("Two threads");
    }

    private void passes() {
        Markdown table = new Markdown("pass", "precision", "ns per element", "in plain Java", "plain Java takes, ×");
        for (Precision precision : Precision.values()) {
            for (String pass : PassBench.PASSES) {
                if (wanted("pass", pass, precision)) {
                    Measured vector = pass(pass, precision, "vector");
                    Measured plain = pass(pass, precision, "plain");
                    table.row(
                            pass.replace('x', '×'),
                            precision.toString(),
                            each(vector, i -> i.nanos() / PassBench.size(pass)).shown("%.3f"),
                            each(plain, i -> i.nanos() / PassBench.size(pass)).shown("%.3f"),
                            // In two JVMs, one after the other: the peak measured beside each cancels the changes
                            // of the clock rate.
                            String.format(Locale.ROOT, "%.1f", cycles(plain) / cycles(vector)));
                }
            }
        }
        table.print("Passes over elements, one thread");
    }

    private boolean wanted(Object... words) {
        List<String> texts = new ArrayList<>();
        for (Object word : words) {
            texts.add(word.toString());
        }
        String line = String.join(" ", texts);
        boolean wanted = filter.matcher(line).find();
        if (wanted) {
            System.err.println(line);
        }
        return wanted;
    }

    private static Measured product(
            ProductBench.Product product, Precision precision, String shape, String kernels, int threads) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("product", product.name());
        parameters.put("precision", precision.name());
        parameters.put("shape", shape);
        parameters.put("kernels", kernels);
        parameters.put("threads", String.valueOf(threads));
        return Measured.of(ProductBench.class, parameters);
    }

    private static Measured pass(String pass, Precision precision, String kernels) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("pass", pass);
        parameters.put("precision", precision.name());
        parameters.put("kernels", kernels);
        return Measured.of(PassBench.class, parameters);
    }

    private static double flops(String shape) {
        int[] sides = ProductBench.sides(shape);
        return 2.0 * sides[0] * sides[1] * sides[2];
    }

    private static double cycles(Measured measured) {
        return each(measured, i -> i.nanos() * i.peak()).median();
    }

    private static Statistics each(Measured measured, ToDoubleFunction<Measured.Iteration> value) {
        return Statistics.of(measured.iterations().stream().mapToDouble(value).toArray());
    }
}
