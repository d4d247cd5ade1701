package dev.chainrule.app.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Make the configs of trainings that are to be killed. The levels of each factor take turns in an order of their own, so that any of
 * them is met as often as the others, and each meets others than its neighbours.
 */
final class KillMatrix {
    static final String OPTIMIZER = "optimizer";
    static final String SCHEDULE = "schedule";
    static final String LAYERS = "layers";
    static final String STOPPING = "early stopping";
    static final String PRECISION = "precision";
    static final String EVERY = "checkpoint every";
    static final String VICTIM = "victim";
    static final String MOMENT = "moment";
    /** What is killed: the launcher and the JVM that trains, or the launcher alone. */
    static final List<String> VICTIMS = List.of("both", "parent");
    /** When it is killed. */
    static final List<String> MOMENTS = List.of("start-up", "save", "step");

    private static final List<String> OPTIMIZERS = List.of(
            "type: sgd",
            "type: sgd, momentum: 0.9",
            "type: sgd, momentum: 0.9, nesterov: true",
            "type: adam",
            "type: rmsprop");
    private static final List<String> SCHEDULES = List.of(
            "0.01",
            "{ type: cosine, from: 0.01 }",
            "{ type: step, from: 0.01, factor: 0.9, every: 10 epochs }",
            "{ type: warmup, over: 100 steps, then: { type: cosine, from: 0.01 } }");
    private static final List<String> BETWEEN = List.of(
            "",
            "  - { type: dropout, rate: 0.3 }\n",
            "  - batch_norm\n",
            "  - batch_norm\n  - { type: dropout, rate: 0.3 }\n");
    /** None; one that stops early and restores the first epoch; one that always hopes. */
    private static final List<String> STOPPERS = List.of(
            "",
            "  - { type: early_stopping, patience: 90, min_delta: 10 }\n",
            "  - { type: early_stopping, patience: 1000, metric: train.loss }\n");

    private static final List<String> PRECISIONS = List.of("float32", "float64");
    private static final List<String> INTERVALS = List.of("2 steps", "7 steps", "1 epoch", "4 epochs");

    private final SortedMap<String, List<String>> all = new TreeMap<>();
    private final SortedMap<String, List<Integer>> turns = new TreeMap<>();
    private final SortedMap<String, Integer> met = new TreeMap<>();

    KillMatrix(int trials, Random random) {
        turn(OPTIMIZER, OPTIMIZERS, trials, random);
        turn(SCHEDULE, SCHEDULES, trials, random);
        turn(LAYERS, BETWEEN, trials, random);
        turn(STOPPING, STOPPERS, trials, random);
        turn(PRECISION, PRECISIONS, trials, random);
        turn(EVERY, INTERVALS, trials, random);
        turn(VICTIM, VICTIMS, trials, random);
        turn(MOMENT, MOMENTS, trials, random);
    }

    private void turn(String factor, List<String> levels, int trials, Random random) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            order.add(i % levels.size());
        }
        Collections.shuffle(order, random);
        turns.put(factor, order);
        levels.forEach(level -> met.put(name(factor, level), 0));
        all.put(factor, levels);
    }

    /** Return a config without its hooks for checkpoints, and the arguments that add them. */
    String config(int trial, boolean withCheckpoints) {
        return """
                name: kill
                seed: %d
                precision: %s
                data:
                  train:
                    type: inline
                    rows: [[0, 0], [0, 1], [1, 0], [1, 1], [0.5, 0], [0, 0.5], [0.5, 1], [1, 0.5]]
                    labels: [a, b, b, a, a, b, b, a]
                  validation: { count: 2 }
                  batch_size: 2
                model:
                  - { type: dense, units: 5, activation: tanh }
                %s  - { type: dense, units: 2, activation: softmax }
                loss: cross_entropy
                optimizer: { %s, learning_rate: %s }
                training: { epochs: 100 }
                hooks:
                  - { type: progress, every: 100 epochs }
                %s%s""".formatted(
                trial,
                level(PRECISION, trial),
                level(LAYERS, trial),
                level(OPTIMIZER, trial),
                level(SCHEDULE, trial),
                withCheckpoints ? "  - { type: checkpoint, keep: 2, every: " + level(EVERY, trial) + " }\n" : "",
                level(STOPPING, trial));
    }

    String victim(int trial) {
        return level(VICTIM, trial);
    }

    String moment(int trial) {
        return level(MOMENT, trial);
    }

    /** Count a kill for every level of its trial. */
    void count(int trial) {
        turns.keySet().forEach(factor -> met.merge(name(factor, level(factor, trial)), 1, Integer::sum));
    }

    /** Return how many kills met each level. */
    SortedMap<String, Integer> met() {
        return met;
    }

    private String level(String factor, int trial) {
        return all.get(factor).get(turns.get(factor).get(trial));
    }

    private static String name(String factor, String level) {
        String text = level.replaceAll("\\s+-? ?", " ").strip();
        return factor + " " + (text.isEmpty() ? "none" : text);
    }
}
