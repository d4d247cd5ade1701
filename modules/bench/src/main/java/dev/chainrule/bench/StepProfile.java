package dev.chainrule.bench;

import dev.chainrule.bench.measure.Contestant.Round;
import dev.chainrule.bench.measure.Markdown;
import dev.chainrule.bench.measure.Statistics;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The time of a training step by kernel and shapes, with one and two threads.
 *
 * <p>Between the trainer and its kernels stands a proxy that reads the clock before and after each call, some 0.1 µs; the rest of
 * the step is the time outside of kernels: reading examples, metrics, the notification of hooks.
 */
final class StepProfile {
    private static final int WARM = 4;
    private static final int MOST_THREADS = 2;
    /** Kernels that take less than this share of a step are added up. */
    private static final double SHOWN_FROM = 0.005;

    private final Workload workload;
    private final int steps;
    /** By number of threads less one, one for each round. */
    private final List<List<Profiled>> rounds = new ArrayList<>();

    private StepProfile(Workload workload) {
        this.workload = workload;
        this.steps = (workload.examples() + workload.batch() - 1) / workload.batch();
    }

    /** One round: microseconds of a step, and of its kernels by name. */
    private record Profiled(double step, Map<String, Double> kernels) {
        double of(String name) {
            return kernels.getOrDefault(name, 0.0);
        }

        double inKernels() {
            return kernels.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** The clock around kernels. */
    private static final class Clock implements InvocationHandler {
        private final Kernels kernels;
        private final Map<Method, Map<Long, Sum>> sums = new HashMap<>();

        private static final class Sum {
            private final String name;
            private long nanos;

            Sum(String name) {
                this.name = name;
            }
        }

        Clock(Kernels kernels) {
            this.kernels = kernels;
        }

        Kernels kernels() {
            return (Kernels) Proxy.newProxyInstance(Clock.class.getClassLoader(), new Class<?>[] {Kernels.class}, this);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            long started = System.nanoTime();
            try {
                return method.invoke(kernels, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            } finally {
                long ended = System.nanoTime();
                sums.computeIfAbsent(method, key -> new HashMap<>())
                                .computeIfAbsent(shapes(arguments), key -> new Sum(name(method, arguments)))
                                .nanos +=
                        ended - started;
            }
        }

        /** Return a number that differs for different shapes of up to four matrices of less than 2¹⁶ rows and columns. */
        private static long shapes(Object[] arguments) {
            long shapes = 0;
            for (int i = 0; arguments != null && i < arguments.length; i++) {
                if (arguments[i] instanceof Matrix matrix) {
                    shapes = shapes * 1_000_003 + ((long) matrix.rows() << 16 | matrix.columns());
                }
            }
            return shapes;
        }

        private static String name(Method method, Object[] arguments) {
            Set<String> shapes = new LinkedHashSet<>();
            for (int i = 0; arguments != null && i < arguments.length; i++) {
                if (arguments[i] instanceof Matrix matrix) {
                    shapes.add(matrix.rows() + "×" + matrix.columns());
                }
            }
            return method.getName() + " " + String.join(", ", shapes);
        }

        Map<String, Double> micros(int steps) {
            Map<String, Double> micros = new LinkedHashMap<>();
            sums.values()
                    .forEach(each -> each.values()
                            .forEach(sum -> micros.merge(sum.name, sum.nanos * 1e-3 / steps, Double::sum)));
            return micros;
        }
    }

    /** Measure and print. */
    static void print(Workload workload, int measured) {
        StepProfile profile = new StepProfile(workload);
        profile.measure(measured);
        profile.print();
    }

    private void measure(int measured) {
        Experiment experiment = Experiments.read(workload);
        Datasets datasets = Experiments.datasets(experiment);
        List<Clock> clocks = new ArrayList<>();
        List<Ours> contestants = new ArrayList<>();
        for (int threads = 1; threads <= MOST_THREADS; threads++) {
            rounds.add(new ArrayList<>());
            contestants.add(new Ours("profile", experiment, datasets, threads, (run, team) -> {
                clocks.add(new Clock(Ours.best(run, team)));
                return clocks.get(clocks.size() - 1).kernels();
            }));
        }
        for (int round = 0; round < WARM + measured; round++) {
            for (int i = 0; i < MOST_THREADS; i++) {
                Round one = contestants.get(i).round();
                if (round >= WARM) {
                    rounds.get(i)
                            .add(new Profiled(
                                    one.seconds() * 1e6 / steps,
                                    clocks.get(clocks.size() - 1).micros(steps)));
                }
            }
            System.err.println("round " + (round + 1) + " of " + (WARM + measured));
        }
        contestants.forEach(Ours::close);
    }

    private void print() {
        Set<String> names = new LinkedHashSet<>();
        rounds.forEach(
                each -> each.forEach(round -> names.addAll(round.kernels().keySet())));
        double least = SHOWN_FROM * each(0, Profiled::step).median();
        List<String> shown = names.stream()
                .filter(name -> each(0, round -> round.of(name)).median() >= least)
                .sorted(Comparator.comparingDouble(
                        name -> -each(0, round -> round.of(name)).median()))
                .toList();
        Markdown table =
                new Markdown("kernel", "µs, one thread", "% of the step", "µs, two threads", "% of the step", "× one");
        for (String name : shown) {
            row(table, name, round -> round.of(name));
        }
        row(
                table,
                names.size() - shown.size() + " others",
                round -> round.inKernels()
                        - shown.stream().mapToDouble(round::of).sum());
        row(table, "outside of kernels", round -> round.step() - round.inKernels());
        row(table, "a step", Profiled::step);
        table.print(workload + ", a step of " + workload.batch() + " examples");
    }

    private void row(Markdown table, String name, ToDoubleFunction<Profiled> micros) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (int i = 0; i < MOST_THREADS; i++) {
            cells.add(each(i, micros).shown("%.1f"));
            cells.add(format(each(i, round -> 100 * micros.applyAsDouble(round) / round.step())
                    .median()));
        }
        cells.add(format(each(0, micros).median() / each(1, micros).median()));
        table.row(cells.toArray(new String[0]));
    }

    private static String format(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.1f", number);
    }

    private Statistics each(int threads, ToDoubleFunction<Profiled> value) {
        return Statistics.of(rounds.get(threads).stream().mapToDouble(value).toArray());
    }
}
