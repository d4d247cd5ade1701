/**
 * Earlier runs: found, restored, compared and verified. Start with {@link dev.chainrule.app.record.TrainedRun} and
 * {@link dev.chainrule.app.record.Verification}.
 */
package dev.chainrule.app.record;
