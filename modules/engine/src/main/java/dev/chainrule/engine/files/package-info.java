/**
 * File formats and safe writing: JSON, safetensors, hashes, files that appear whole or not at all. Start with
 * {@link dev.chainrule.engine.files.AtomicFiles}.
 */
package dev.chainrule.engine.files;
