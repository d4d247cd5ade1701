package dev.chainrule.bench.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The measurements by JMH of one case in a separate JVM.
 *
 * @param iterations in order
 */
record Measured(List<Iteration> iterations) {
    private static final TimeValue ITERATION = TimeValue.milliseconds(100);
    private static final int WARM = 8;
    private static final int MEASURED = 7;

    /**
     * One iteration.
     *
     * @param nanos of a call
     * @param peak GFLOP/s of one core's fma, right before
     * @param alone nanoseconds of a call by one thread, right before; 0 if not requested
     * @param together nanoseconds per call of as many threads, each for itself, right before; 0 if not requested
     */
    record Iteration(double nanos, double peak, double alone, double together) {}

    /** Measure a benchmark with some parameters. */
    static Measured of(Class<?> benchmark, Map<String, String> parameters) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(benchmark.getName() + "\\.")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .warmupIterations(WARM)
                .warmupTime(ITERATION)
                .measurementIterations(MEASURED)
                .measurementTime(ITERATION)
                .forks(1)
                .jvmArgsAppend("--add-modules", "jdk.incubator.vector")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        // The output that JMH forwards from its JVMs, such as the warning of an incubator module, must not get
        // between tables.
        OutputFormat aside = OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        try {
            Collection<RunResult> results = new Runner(options.build(), aside).run();
            List<Iteration> iterations = new ArrayList<>();
            for (RunResult result : results) {
                for (BenchmarkResult fork : result.getBenchmarkResults()) {
                    fork.getIterationResults().forEach(iteration -> iterations.add(iteration(iteration)));
                }
            }
            return new Measured(iterations);
        } catch (RunnerException e) {
            throw new IllegalStateException(benchmark.getSimpleName() + " " + parameters + " failed", e);
        }
    }

    private static Iteration iteration(IterationResult result) {
        return new Iteration(
                result.getPrimaryResult().getScore(),
                result.getSecondaryResults().get(Beside.PEAK).getScore(),
                result.getSecondaryResults().get(Beside.ALONE).getScore(),
                result.getSecondaryResults().get(Beside.TOGETHER).getScore());
    }
}
