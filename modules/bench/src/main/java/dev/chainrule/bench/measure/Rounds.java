package dev.chainrule.bench.measure;

import dev.chainrule.bench.measure.Contestant.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The results of contestants that train in turn, so that disturbances of the machine affect all of them.
 *
 * <p>Other users of the machine change clock rates from second to second. So only consecutive rounds are compared, or a round
 * and a core's peak measured right before and right after. The median of these ratios and their range are reported.
 */
public final class Rounds {
    private final List<Contestant> contestants;
    private final List<List<Round>> rounds = new ArrayList<>();

    private Rounds(List<Contestant> contestants) {
        this.contestants = List.copyOf(contestants);
        contestants.forEach(contestant -> rounds.add(new ArrayList<>()));
    }

    /**
     * Run all contestants in turn, first to last.
     *
     * @param warm the number of discarded rounds, in which the JIT compiler works
     * @param measured the number of measured rounds
     */
    public static Rounds of(List<Contestant> contestants, int warm, int measured) {
        Rounds rounds = new Rounds(contestants);
        for (int round = 0; round < warm + measured; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                Round one = contestants.get(i).round();
                if (round >= warm) {
                    rounds.rounds.get(i).add(one);
                }
            }
            System.err.println("round " + (round + 1) + " of " + (warm + measured));
        }
        return rounds;
    }

    /** Return the last round of a contestant. */
    public Round last(int contestant) {
        List<Round> all = rounds.get(contestant);
        return all.get(all.size() - 1);
    }

    /** Summarise a value of each round of a contestant. */
    public Statistics each(int contestant, ToDoubleFunction<Round> value) {
        return Statistics.of(rounds.get(contestant).stream().mapToDouble(value).toArray());
    }

    /** Summarise the ratio of two contestants' examples per second, round by round. */
    public Statistics ratio(int faster, int slower) {
        double[] ratios = new double[rounds.get(slower).size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] =
                    rounds.get(faster).get(i).rate() / rounds.get(slower).get(i).rate();
        }
        return Statistics.of(ratios);
    }

    /**
     * Require that contestants end with the same bits in every round.
     *
     * @throws IllegalStateException if two rounds differ
     */
    public void requireSameBits(int... which) {
        String proof = last(which[0]).proof();
        for (int i : which) {
            for (Round round : rounds.get(i)) {
                if (proof.isEmpty() || !round.proof().equals(proof)) {
                    throw new IllegalStateException(contestants.get(i).name() + " ends with other bits than "
                            + contestants.get(which[0]).name());
                }
            }
        }
    }

    /**
     * Require that a contestant learned something in every round, so that the timed work is training.
     *
     * @throws IllegalStateException if a round ends with a lower accuracy
     */
    public void requireAccuracy(int contestant, double least) {
        for (Round round : rounds.get(contestant)) {
            if (!(round.accuracy() >= least)) {
                throw new IllegalStateException(
                        contestants.get(contestant).name() + " reached an accuracy of " + round.accuracy() + " only");
            }
        }
    }
}
