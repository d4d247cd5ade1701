package dev.chainrule.app.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The JSON of a verification, in the shape that docs/REPRODUCIBILITY.md describes. */
public final class VerifyJson {
    private VerifyJson() {}

    /** Return the keys and values. */
    public static Map<String, Object> of(VerifyReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", report.run());
        json.put("name", report.name());
        json.put("state", report.state());
        json.put("verdict", report.verdict());
        json.put("reason", report.reason().orElse(null));
        json.put("retrained", report.retrained().map(VerifyJson::of).orElse(null));
        json.put("findings", report.findings().stream().map(VerifyJson::of).toList());
        Optional<RunComparison> comparison = report.comparison();
        for (String part : new String[] {"steps", "epochs", "metrics"}) {
            json.put(part, null);
        }
        comparison.ifPresent(found -> json.putAll(ComparisonJson.of(found, RunVerifier.RECORDED, RunVerifier.NOW)));
        return json;
    }

    private static Map<String, Object> of(Retrained retrained) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("steps", retrained.steps());
        json.put("from_record", retrained.fromRecord());
        return json;
    }

    private static Map<String, Object> of(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("aspect", finding.aspect());
        json.put("outcome", finding.outcome());
        json.put("subject", finding.subject().orElse(null));
        json.put("recorded", finding.recorded().orElse(null));
        json.put("now", finding.now().orElse(null));
        json.put("message", finding.message());
        return json;
    }
}
