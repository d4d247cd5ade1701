package dev.chainrule.builtin.hook;

import dev.chainrule.api.Run;
import dev.chainrule.api.Run.LayerState;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.training.State;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A measurement of the layers at some steps of each epoch for {@link LearningSpeedHook}, with a report of the means at
 * its end.
 */
final class SpeedMeter implements Hook {
    static final String FILE = "learning_speed.jsonl";

    private final LearningSpeedHook spec;
    private final Run run;
    /** The layers of the current epoch by name, first to last. */
    private final Map<String, LayerSpeed> layers = new LinkedHashMap<>();

    private long measured;

    SpeedMeter(LearningSpeedHook spec, Run run) {
        this.spec = spec;
        this.run = run;
    }

    @Override
    public void onStepEnd() {
        if (!isSample(run.progress())) {
            return;
        }
        List<LayerState> states = run.layers();
        for (LayerState state : states) {
            if (LayerSpeed.isMeasured(state)) {
                layers.computeIfAbsent(state.name(), name -> new LayerSpeed(name, before(name, states)))
                        .add(state, spec.saturatedBelow(), spec.lowBelow());
            }
        }
        measured += states.isEmpty() ? 0 : 1;
    }

    /** Return the names of all layers that the input of a layer is computed by. */
    private static SortedSet<String> before(String layer, List<LayerState> states) {
        Map<String, List<String>> from = new LinkedHashMap<>();
        states.forEach(state -> from.put(state.name(), state.from()));
        SortedSet<String> before = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(from.get(layer));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (before.add(next)) {
                open.addAll(from.getOrDefault(next, List.of())); // none for the network's input
            }
        }
        return before;
    }

    /**
     * Return whether the last step is one of the samples: those at which k·samples/steps reaches another whole number.
     */
    private boolean isSample(Progress progress) {
        long steps = progress.stepsPerEpoch();
        long samples = Math.min(spec.samples(), steps);
        long step = (progress.step() - 1) % steps + 1;
        return step * samples / steps != (step - 1) * samples / steps;
    }

    @Override
    public void onEpochEnd() {
        List<LayerSpeed> speeds = new ArrayList<>(layers.values());
        List<String> slow = new SlowLayers(spec, speeds).words();
        long epoch = Epochs.number(run.progress());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("epoch", epoch - 1);
        line.put("step", run.progress().step());
        line.put("measured", measured);
        line.put("layers", speeds.stream().map(LayerSpeed::json).toList());
        line.put("slow", slow);
        run.record(FILE, line);
        if (epoch == 1
                || epoch % spec.every().count() == 0
                || epoch == run.progress().epochs()) {
            SpeedTable.lines(Epochs.label(run.progress()), speeds).forEach(run.console()::line);
            slow.forEach(words -> run.console().line("  " + words));
        }
        layers.clear();
        measured = 0;
    }

    @Override
    public void save(State to) {
        to.put("measured", measured).put("layers", layers.size());
        int number = 0;
        for (LayerSpeed speed : layers.values()) {
            speed.save(to, "layer." + number++ + ".");
        }
    }

    @Override
    public void restore(State from) {
        measured = from.whole("measured");
        for (int i = 0; i < from.whole("layers"); i++) {
            LayerSpeed speed = LayerSpeed.restore(from, "layer." + i + ".");
            layers.put(speed.name(), speed);
        }
    }
}
