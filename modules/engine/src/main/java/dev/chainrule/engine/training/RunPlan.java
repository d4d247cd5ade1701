package dev.chainrule.engine.training;

import dev.chainrule.api.training.State;
import java.util.Map;

/**
 * The settings of a run in addition to its experiment.
 *
 * @param name of the run
 * @param settings the values of its config by their paths, for hooks
 * @param identity the facts that must be unchanged if the run is resumed; every checkpoint stores them
 * @param stepLimit updates after which the run ends in any case; {@link Long#MAX_VALUE} for none
 */
public record RunPlan(String name, Map<String, String> settings, State identity, long stepLimit) {}
