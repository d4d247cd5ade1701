package dev.chainrule.bench;

import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A contestant that trains in a separate JVM, so that neither its native threads nor its JIT profile disturb another. A line
 * on the child's standard input requests a round, a line on its standard output answers.
 */
final class ChildJvm implements Contestant {
    private static final String ANSWER = "round:";

    /** Receives the child's standard error. */
    private final Path log;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream requests;

    /**
     * Start a child.
     *
     * @param contestant the name in {@link Contestants}
     */
    ChildJvm(String contestant, Workload workload, int threads) {
        this.log = Path.of("modules", "bench", "target", "child-" + contestant + ".log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName(), "child"));
        command.addAll(List.of(contestant, workload.name(), String.valueOf(threads)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        for (String variable : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
            builder.environment().put(variable, String.valueOf(threads));
        }
        builder.environment().put("OMP_PROC_BIND", String.valueOf(threads > 1));
        try {
            this.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.name = answer()[0].replace('_', ' ');
    }

    /** Run as the child: create the contestant, then train a round for every line. */
    static void serve(String contestant, Workload workload, int threads) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err); // libraries print greetings on it
        try (Contestant served = Contestants.create(contestant, workload, threads)) {
            out.println(ANSWER + " " + served.name().replace(' ', '_'));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (in.readLine() != null) {
                Round round = served.round();
                out.println(ANSWER + " " + round.examples() + " " + round.seconds() + " " + round.peak() + " "
                        + round.loss() + " " + round.accuracy() + " " + round.proof());
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Round round() {
        requests.println();
        String[] words = answer();
        return new Round(
                Integer.parseInt(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]),
                words.length > 5 ? words[5] : "");
    }

    private String[] answer() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(ANSWER)) {
                    return line.substring(ANSWER.length()).strip().split(" ");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("a child ended: see " + log);
    }

    @Override
    public void close() {
        requests.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
