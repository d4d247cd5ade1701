package dev.chainrule.engine.record;

import dev.chainrule.engine.files.Sha256;
import java.util.Map;
import java.util.SortedMap;

/**
 * A link of the hash chain: the proof of the tensors at the end of an epoch, and of all epochs before it.
 *
 * @param epoch counted from 0
 * @param link SHA-256 of the link before, nothing for the first, followed by a line feed, name, space and hash of every tensor
 * @param tensors SHA-256 by name
 */
public record ChainLink(long epoch, String link, SortedMap<String, String> tensors) {
    /** Return the link that follows another, {@code ""} for the first. */
    static ChainLink after(String previous, long epoch, SortedMap<String, String> tensors) {
        StringBuilder linked = new StringBuilder(previous);
        for (Map.Entry<String, String> tensor : tensors.entrySet()) {
            linked.append('\n').append(tensor.getKey()).append(' ').append(tensor.getValue());
        }
        return new ChainLink(epoch, Sha256.of(linked.toString()), tensors);
    }
}
