package dev.chainrule.bench;

import dev.chainrule.bench.Contestant.Round;
import dev.chainrule.bench.vector.FmaPeak;
import dev.chainrule.math.Precision;
import java.util.ArrayList;
import java.util.List;

/**
 * Let contestants train in turn, so that whatever the machine does in the meantime it does to all of them.
 *
 * <p>Neighbours change clocks from second to second. So nothing is compared but rounds that follow one another, and a core's
 * peak that was measured right before and right after. What is reported is the median of these ratios and between what they lay.
 */
final class Rounds {
    private static final long PEAK_NANOS = 30_000_000;

    private final List<Contestant> contestants;
    private final List<List<Round>> rounds = new ArrayList<>();

    Rounds(List<Contestant> contestants) {
        this.contestants = List.copyOf(contestants);
        contestants.forEach(contestant -> rounds.add(new ArrayList<>()));
    }

    /**
     * Run.
     *
     * @param warm rounds that are thrown away: the JIT compiler's
     * @param measured rounds that count
     */
    void run(int warm, int measured) {
        for (int round = 0; round < warm + measured; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                double before = FmaPeak.measure(Precision.FLOAT32, PEAK_NANOS);
                Round one = contestants.get(i).round();
                double after = FmaPeak.measure(Precision.FLOAT32, PEAK_NANOS);
                if (round >= warm) {
                    rounds.get(i).add(Double.isNaN(one.peak()) ? one.withPeak((before + after) / 2) : one);
                }
            }
            System.err.printf("round %d of %d%n", round + 1, warm + measured);
        }
    }

    /** Return the rounds of a contestant that counted. */
    List<Round> of(int contestant) {
        return rounds.get(contestant);
    }

    /** Return how much longer one contestant took than another, round by round. */
    Statistics ratio(int slower, int faster) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.get(slower).size(); i++) {
            ratios.add(rounds.get(slower).get(i).seconds()
                    / rounds.get(faster).get(i).seconds());
        }
        return Statistics.of(ratios);
    }

    /**
     * Require that contestants end with the same bits in every round.
     *
     * @throws IllegalStateException if two rounds differ
     */
    void requireSameBits(int... which) {
        String proof = rounds.get(which[0]).get(0).proof();
        for (int i : which) {
            for (Round round : rounds.get(i)) {
                if (!round.proof().equals(proof)) {
                    throw new IllegalStateException(contestants.get(i).name() + " ends with other bits than "
                            + contestants.get(which[0]).name());
                }
            }
        }
    }
}
