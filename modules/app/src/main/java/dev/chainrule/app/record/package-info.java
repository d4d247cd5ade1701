/**
 * Earlier runs: found, listed, restored, packed and checked. Start with {@link dev.chainrule.app.record.TrainedRun} and
 * {@link dev.chainrule.app.record.TamperCheck}.
 */
package dev.chainrule.app.record;
