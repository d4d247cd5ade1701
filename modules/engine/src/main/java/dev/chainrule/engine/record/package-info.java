/**
 * The run directory: record, append-only files, chain of hashes, checkpoints and model. Start with
 * {@link dev.chainrule.engine.record.RunDirectory}, {@link dev.chainrule.engine.record.RunJson} and
 * {@link dev.chainrule.engine.record.RunStreams}.
 */
package dev.chainrule.engine.record;
