package dev.chainrule.engine.training;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.model.Made;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The hooks of a run, notified of each event in order. The number of hooks that know of the present one is stored: a run may
 * end in between.
 */
final class Hooks {
    /** The events between a run's start and its end. */
    enum Event {
        NONE,
        EPOCH_START,
        STEP_END,
        EPOCH_END
    }

    private final List<HookSpec> specs;
    private final List<Hook> hooks = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();
    private Event event = Event.NONE;
    /** The number of hooks notified of the event. */
    private int told;
    /** The number of hooks notified of the end, each once. If one of them throws, the rest are notified of a failure. */
    private int toldOfEnd;

    @Inject
    Hooks(Experiment experiment) {
        this.specs = experiment.hooks();
    }

    void create(Run view) {
        for (int i = 0; i < specs.size(); i++) {
            try {
                hooks.add(Made.by(specs.get(i), "create", specs.get(i).create(view)));
            } catch (InputException e) {
                throw e.below("hooks[" + i + "]");
            }
            String kind = Network.kind(specs.get(i));
            long before = specs.subList(0, i).stream()
                    .filter(other -> Network.kind(other).equals(kind))
                    .count();
            sections.add(Checkpoint.HOOK + kind + "." + before);
        }
    }

    void runStart() {
        hooks.forEach(Hook::onRunStart);
    }

    void tell(Event next) {
        event = next;
        told = 0;
        tellRest();
    }

    /** Notify the remaining hooks of the present event. */
    void tellRest() {
        for (; told < hooks.size(); told++) { // without an iterator: a step allocates nothing
            Hook hook = hooks.get(told);
            switch (event) {
                case EPOCH_START -> hook.onEpochStart();
                case STEP_END -> hook.onStepEnd();
                case EPOCH_END -> hook.onEpochEnd();
                case NONE -> {}
            }
        }
        event = Event.NONE;
        told = 0;
    }

    /** Return whether the hooks are being notified of such an event. */
    boolean areToldOf(Event asked) {
        return event == asked;
    }

    void runEnd(Hook.Ending ending) {
        while (toldOfEnd < hooks.size()) {
            hooks.get(toldOfEnd++).onRunEnd(ending);
        }
    }

    /** Notify the remaining hooks that the run has failed. */
    void runFailed(Consumer<Throwable> suppressed) {
        while (toldOfEnd < hooks.size()) {
            try {
                hooks.get(toldOfEnd++).onRunEnd(Hook.Ending.FAILED);
            } catch (Throwable e) {
                suppressed.accept(e);
            }
        }
    }

    /** Save the present event, and the number of hooks that know of it. */
    void saveEvent(State to) {
        to.put("event", event.name()).put("told", told);
    }

    void save(SortedMap<String, State> saved) {
        for (int i = 0; i < hooks.size(); i++) {
            saved.put(sections.get(i), State.of(hooks.get(i)));
        }
    }

    /** Restore the event, and the states of the hooks. If there were other hooks, all count as notified of an interrupted event. */
    void restore(Checkpoint from) {
        State position = from.section(Checkpoint.POSITION);
        event = Event.valueOf(position.text("event"));
        told = Math.toIntExact(position.whole("told"));
        List<String> known = from.sections().keySet().stream()
                .filter(name -> name.startsWith(Checkpoint.HOOK))
                .toList();
        for (int i = 0; i < hooks.size(); i++) {
            if (known.contains(sections.get(i))) {
                hooks.get(i).restore(from.section(sections.get(i)));
            }
        }
        if (!known.equals(sections.stream().sorted().toList())) {
            told = hooks.size();
        }
    }
}
