package dev.chainrule.engine.training;

import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Run;
import dev.chainrule.api.State;
import dev.chainrule.engine.experiment.Made;
import dev.chainrule.engine.network.Network;
import dev.chainrule.engine.record.Checkpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Tell the hooks of a run what happens, in order, and know how many were told: a run may end in between. */
final class Hooks {
    private final List<Hook> hooks = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();
    private final Position position;
    /** How many were told how the run ended, each once: one that fails at it leaves the others to hear of a failure. */
    private int toldOfEnd;

    Hooks(Position position) {
        this.position = position;
    }

    void create(List<HookSpec> specs, Run view) {
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

    void tell(Position.Event event) {
        position.event = event;
        position.told = 0;
        tellRest();
    }

    /** Tell the present event to those that do not know of it yet. */
    void tellRest() {
        for (; position.told < hooks.size(); position.told++) { // without an iterator: a step allocates nothing
            Hook hook = hooks.get(position.told);
            switch (position.event) {
                case EPOCH_START -> hook.onEpochStart();
                case STEP_END -> hook.onStepEnd();
                case EPOCH_END -> hook.onEpochEnd();
                case NONE -> {}
            }
        }
        position.event = Position.Event.NONE;
        position.told = 0;
    }

    void runEnd(Hook.Ending ending) {
        while (toldOfEnd < hooks.size()) {
            hooks.get(toldOfEnd++).onRunEnd(ending);
        }
    }

    /** Tell those that do not know yet that the run has failed. */
    void runFailed(Consumer<Throwable> suppressed) {
        while (toldOfEnd < hooks.size()) {
            try {
                hooks.get(toldOfEnd++).onRunEnd(Hook.Ending.FAILED);
            } catch (Throwable e) {
                suppressed.accept(e);
            }
        }
    }

    void save(SortedMap<String, State> saved) {
        for (int i = 0; i < hooks.size(); i++) {
            State state = new State();
            hooks.get(i).save(state);
            saved.put(sections.get(i), state);
        }
    }

    /** Restore those that were saved. Where other hooks were there, an event that was cut off counts as told. */
    void restore(Checkpoint from) {
        List<String> known = from.sections().keySet().stream()
                .filter(name -> name.startsWith(Checkpoint.HOOK))
                .toList();
        for (int i = 0; i < hooks.size(); i++) {
            if (known.contains(sections.get(i))) {
                hooks.get(i).restore(from.section(sections.get(i)));
            }
        }
        if (!known.equals(sections.stream().sorted().toList())) {
            position.told = hooks.size();
        }
    }
}
