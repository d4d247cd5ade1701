package dev.chainrule.engine.training;

import dev.chainrule.engine.record.ResumePlan;
import dev.chainrule.engine.record.RunJson;
import jakarta.inject.Inject;

/*
 * A run is resumed in this order:
 *
 *   1. find       the latest checkpoint that fits the files it relies on, and compare config, data and plugins with those at
 *                 the checkpoint. Only app knows configs, so app does this; the result is a ResumePlan.
 *   2. restore    load the data, create the hooks, restore tensors and sections (RunStart.prepare). Every mistake of a user is
 *                 found by now, and no file of the run has changed.
 *   3. put aside  the checkpoints that are later or do not fit, and files that nothing proves. None is deleted.
 *   4. reopen     run.json: the run is running again, with the new config if it was changed. The model that the previous
 *                 record has sealed is deleted.
 *   5. truncate   the append-only files to their lengths in the checkpoint (RunStart.begin).
 *   6. notify     the hooks that did not know yet of the event in which the checkpoint was taken (HookEvents.start).
 *
 * A process that dies on the way leaves a run that can be resumed. Until 4 the record is the previous one; from then on the
 * checkpoint is the latest one, and the files begin with the content that it relies on.
 */

/** The resumption of a run in its directory. */
final class Resume {
    private final RunStart start;
    private final RunJson json;

    @Inject
    Resume(RunStart start, RunJson json) {
        this.start = start;
        this.json = json;
    }

    /** Do everything that comes before the training: steps 2 to 4. Return the number of checkpoints that were put aside. */
    int prepare(ResumePlan plan, ResumePlan.Setting setting) {
        start.prepare(plan.from());
        int aside = plan.putAside();
        plan.reopen(json, setting);
        return aside;
    }
}
