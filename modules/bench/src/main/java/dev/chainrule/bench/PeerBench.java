package dev.chainrule.bench;

import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Contestant.Round;
import dev.chainrule.bench.measure.Markdown;
import dev.chainrule.bench.measure.Rounds;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.bench.peer.NumpyPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The benchmark of whole trainings by this project and by peers, each in a separate process, in turn: ours, a peer, ours, the
 * next.
 */
final class PeerBench {
    /** Fewer than elsewhere: ours trains before every peer and so warms up sooner, and native code needs no warm-up. */
    private static final int WARM = 2;

    private PeerBench() {}

    /** Measure a workload with a number of threads. */
    static void run(Workload workload, int threads, int measured) {
        List<String> peers = new ArrayList<>(List.of("pytorch"));
        if (workload.widths().length > 0) {
            peers.addAll(List.of("dl4j", "ejml"));
        }
        if (workload == Workload.W1 && threads == 1) {
            if (NumpyPeer.python().isPresent()) {
                peers.add("numpy");
            } else {
                System.out.println("NumPy is skipped: no python3 here has it.\n");
            }
        }
        List<Contestant> contestants = new ArrayList<>();
        try {
            Contestant ours = new ChildJvm("vector", workload, threads);
            for (String peer : peers) {
                contestants.add(ours);
                contestants.add(new ChildJvm(peer, workload, threads));
            }
            Rounds rounds = Rounds.of(contestants, WARM, measured);
            Markdown table = new Markdown("", "examples/s", "ours beside it", "ours is faster, ×", "loss", "accuracy");
            for (int i = 1; i < contestants.size(); i += 2) {
                rounds.requireAccuracy(i - 1, workload.learned());
                rounds.requireAccuracy(i, workload.learned());
                table.row(
                        contestants.get(i).name(),
                        rounds.each(i, Round::rate).shown("%.0f"),
                        rounds.each(i - 1, Round::rate).shown("%.0f"),
                        rounds.ratio(i - 1, i).shown("%.1f"),
                        String.format(Locale.ROOT, "%.4f", rounds.last(i).loss()),
                        String.format(Locale.ROOT, "%.3f", rounds.last(i).accuracy()));
            }
            table.print(workload + ", " + (threads == 1 ? "one thread" : threads + " threads"));
        } finally {
            contestants.forEach(Contestant::close);
        }
    }
}
