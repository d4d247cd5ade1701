package dev.chainrule.engine.training;

import dev.chainrule.api.State;

/**
 * What is asked of a run beside its experiment.
 *
 * @param name of the run
 * @param identity what must be the same if the run is resumed; every checkpoint stores it
 * @param stepLimit updates after which the run ends all the same; {@link Long#MAX_VALUE} for none
 */
public record RunPlan(String name, State identity, long stepLimit) {}
