package dev.chainrule.bench;

import dev.chainrule.bench.measure.Contestant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several contestants that train at the same time, each in a process of its own: the rate that the cores reach if nobody waits
 * for another.
 */
final class SideBySide implements Contestant {
    private final String name;
    private final List<Contestant> all;
    private final ExecutorService threads;

    SideBySide(String name, List<Contestant> all) {
        this.name = name;
        this.all = all;
        this.threads = Executors.newFixedThreadPool(all.size());
    }

    @Override
    public String name() {
        return name;
    }

    /** Train one epoch in each; the rate of the round is the sum of theirs, its peak the sum of their cores'. */
    @Override
    public Round round() {
        try {
            int examples = 0;
            double rate = 0;
            double peak = 0;
            Round last = null;
            List<Callable<Round>> rounds = new ArrayList<>();
            all.forEach(each -> rounds.add(each::round));
            for (Future<Round> one : threads.invokeAll(rounds)) {
                last = one.get();
                examples += last.examples();
                rate += last.rate();
                peak += last.peak();
            }
            return new Round(examples, examples / rate, peak, last.loss(), last.accuracy(), last.proof());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a process beside another ended", e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        all.forEach(Contestant::close);
    }
}
