package dev.chainrule.engine.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The result of a run, as run.json stores it.
 *
 * @param reason why it ended early; {@code ""} when completed
 * @param steps updates done
 * @param epoch whose end the kept model is, from 1; empty for a model between two epochs, or one that no epoch ended with
 * @param metrics of the kept model, by full name
 * @param baseline metrics of the best answer that is the same for every example; empty if none was measured
 * @param missed the expectations that were not met, in words
 * @param blame the party or cause that ended it early; empty when completed or stopped
 */
public record RunResult(
        String reason,
        long steps,
        OptionalInt epoch,
        Map<String, Double> metrics,
        Map<String, Double> baseline,
        List<String> missed,
        Optional<Blame> blame) {

    /** Return the keys and values of {@code result}, in order; the caller adds the facts that the files prove. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reason", reason);
        json.put("steps", steps);
        json.put("epoch", epoch.isPresent() ? epoch.getAsInt() : null);
        json.put("metrics", new LinkedHashMap<>(metrics));
        if (!baseline.isEmpty()) {
            json.put("baseline", new LinkedHashMap<>(baseline));
        }
        json.put("missed", missed);
        blame.ifPresent(party -> json.put("blame", party.json()));
        return json;
    }
}
