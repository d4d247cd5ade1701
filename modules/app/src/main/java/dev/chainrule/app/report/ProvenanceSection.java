package dev.chainrule.app.report;

import dev.chainrule.app.report.page.Grid;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.engine.record.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The origin of a run: the hashes that prove it, the program and the machine, and the commands that repeat it. */
final class ProvenanceSection {
    private static final String SHA256 = "sha256";

    private ProvenanceSection() {}

    static void draw(ReportedRun run, Markup page) {
        RunRecord record = run.record();
        page.element("p", "To verify every bit, or to train the same again:");
        page.open("pre", "tabindex", "0");
        for (String command : List.of("verify", "rerun", "evaluate")) {
            page.text("java -jar pipeline.jar " + command + " " + quoted(run.label()))
                    .trusted("\n");
        }
        page.close("pre");
        List<List<String>> facts = new ArrayList<>();
        add(facts, "seed", record.text("seed"));
        add(facts, "precision", record.text("precision"));
        add(facts, "config", record.text("config", "hash"));
        for (String part : List.of("train", "validation", "test")) {
            add(facts, "data, " + part, record.text("data", part, SHA256));
        }
        for (Map<?, ?> file : record.maps("files")) {
            add(facts, "file " + file.get("name"), String.valueOf(file.get(SHA256)));
        }
        for (Map<?, ?> plugin : record.maps("plugins")) {
            add(facts, "plugin " + plugin.get("jar"), String.valueOf(plugin.get(SHA256)));
        }
        add(facts, "last link of the chain", record.text("result", "chain"));
        add(facts, "digest of the record", record.text("seal", "digest"));
        add(facts, "program", record.text("program", "version") + ", commit " + record.text("program", "commit"));
        add(facts, "pipeline.jar", record.text("program", "jar_sha256"));
        for (String fact : List.of("java", "os", "architecture", "processor", "threads")) {
            add(facts, fact, record.text("program", fact));
        }
        add(facts, "began", record.text("started"));
        add(facts, "ended", record.text("ended"));
        page.open("div", "class", "hashes");
        new Grid("Facts of the record", List.of("fact", "value"), "l").draw(page, facts);
        page.close("div");
    }

    private static void add(List<List<String>> facts, String name, String value) {
        if (!value.isEmpty() && !value.equals("null")) {
            facts.add(List.of(name, value));
        }
    }

    /** Return an argument as a shell takes it. */
    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:@%+=-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
