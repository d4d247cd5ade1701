/**
 * The run directory: record, append-only files, chain of hashes, checkpoints and model. Start with
 * {@link dev.chainrule.engine.record.RunDirectory} and {@link dev.chainrule.engine.record.RunRecorder}.
 */
package dev.chainrule.engine.record;
