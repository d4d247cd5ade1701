package dev.chainrule.engine.record;

import java.nio.file.Path;

/**
 * Name what a run goes on from.
 *
 * @param file that the checkpoint was read from, for messages
 * @param changed whether the config is another one now: then a reason to stop of before counts no more
 */
public record ResumePoint(Path file, Checkpoint checkpoint, boolean changed) {}
