package dev.chainrule.engine.record;

import java.nio.file.Path;

/**
 * The checkpoint at which a run resumes.
 *
 * @param file that the checkpoint was read from, for messages
 * @param changed whether the config has changed: then an earlier reason to stop no longer counts
 */
public record ResumePoint(Path file, Checkpoint checkpoint, boolean changed) {}
