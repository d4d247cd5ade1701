package dev.chainrule.bench;

import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Contestant.Round;
import dev.chainrule.bench.measure.Markdown;
import dev.chainrule.bench.measure.Rounds;
import dev.chainrule.bench.measure.Statistics;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.bench.peer.NumpyPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The benchmark of whole trainings and of predictions by this project and by peers, each in a separate process, in turn with each peer: ours, the peer,
 * ours, the peer.
 */
final class PeerBench {
    /** Fewer than elsewhere: native code needs no warm-up. */
    private static final int WARM = 2;
    /** How many times the rates of a peer may differ within a run. */
    private static final double SPREAD = 1.5;
    /** The runs of a peer whose rates differ by more. */
    private static final int TRIES = 3;

    private PeerBench() {}

    /** Measure the predictions of W2's network with a number of threads, one by one and in batches. */
    static void predictions(int threads, int measured) {
        Markdown table = table();
        for (int batch : new int[] {1, 64}) {
            try (Contestant ours = new ChildJvm("predict:" + batch, Workload.W2, threads);
                    Contestant peer = new ChildJvm("onnx:" + batch, Workload.W2, threads)) {
                row(table, List.of(ours, peer), 0, measured);
            }
        }
        table.print("Predictions of W2's network, " + named(threads));
    }

    /** Measure a workload with a number of threads, beside all peers or one. */
    static void run(Workload workload, int threads, int measured, Optional<String> only) {
        Markdown table = table();
        try (Contestant ours = new ChildJvm("vector", workload, threads)) {
            for (String name : only.map(List::of).orElse(peers(workload, threads))) {
                try (Contestant peer = new ChildJvm(name, workload, threads)) {
                    row(table, List.of(ours, peer), workload.learned(), measured);
                }
            }
        }
        table.print(workload + ", " + named(threads));
    }

    private static Markdown table() {
        return new Markdown("", "examples/s", "ours beside it", "ours is faster, ×", "loss", "accuracy");
    }

    private static String named(int threads) {
        return threads == 1 ? "one thread" : threads + " threads";
    }

    private static List<String> peers(Workload workload, int threads) {
        List<String> peers = new ArrayList<>(List.of("pytorch"));
        if (workload.widths().length > 0) {
            peers.addAll(List.of("eager", "dl4j", "ejml"));
        }
        if (workload == Workload.W1 && threads == 1) {
            if (NumpyPeer.python().isPresent()) {
                peers.add("numpy");
            } else {
                System.out.println("NumPy is skipped: no python3 here has it.\n");
            }
        }
        return peers;
    }

    /** Add the medians of a steady run; if there is none, the best round of the peer beside our median. */
    private static void row(Markdown table, List<Contestant> both, double learned, int measured) {
        Rounds rounds = Rounds.of(both, WARM, measured);
        Statistics rate = rounds.each(1, Round::rate);
        for (int tries = 1; tries < TRIES && rate.spread() > SPREAD; tries++) {
            Rounds again = Rounds.of(both, 0, measured);
            Statistics repeated = again.each(1, Round::rate);
            if (repeated.spread() <= SPREAD || repeated.most() > rate.most()) {
                rounds = again;
                rate = repeated;
            }
        }
        Statistics ours = rounds.each(0, Round::rate);
        Statistics ratio = rounds.ratio(0, 1);
        boolean steady = rate.spread() <= SPREAD;
        rounds.requireAccuracy(0, learned);
        rounds.requireAccuracy(1, learned);
        table.row(
                both.get(1).name() + (steady ? "" : ": its best round"),
                (steady ? rate : rate.around(rate.most())).shown("%.0f"),
                ours.shown("%.0f"),
                (steady ? ratio : ratio.around(ours.median() / rate.most())).shown("%.1f"),
                String.format(Locale.ROOT, "%.4f", rounds.last(1).loss()),
                String.format(Locale.ROOT, "%.3f", rounds.last(1).accuracy()));
    }
}
