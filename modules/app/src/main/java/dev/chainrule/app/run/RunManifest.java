package dev.chainrule.app.run;

import dev.chainrule.api.data.Provenance;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.record.RecordedFiles;
import dev.chainrule.app.record.RecordedWarmStart;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.math.ThreadTeam;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The facts of run.json about a run before it begins: config, data, plugins, program and machine. */
final class RunManifest {
    private final LoadedConfig loaded;
    private final Assembly assembly;
    private final PluginFacts plugins;
    private final ProgramInfo program;
    private final ThreadTeam team;
    private final RunDirectory run;

    @Inject
    RunManifest(
            LoadedConfig loaded,
            Assembly assembly,
            PluginFacts plugins,
            ProgramInfo program,
            ThreadTeam team,
            RunDirectory run) {
        this.loaded = loaded;
        this.assembly = assembly;
        this.plugins = plugins;
        this.program = program;
        this.team = team;
        this.run = run;
    }

    /** Return the facts by their keys, in order. */
    Map<String, Object> all() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("file", loaded.file().toString());
        config.put("folder", loaded.folder().toString());
        config.put("hash", Sha256.of(loaded.hashed()));
        config.put("bases", bases());
        config.put("set", loaded.composed().settings());
        Map<String, Object> environment = new LinkedHashMap<>();
        loaded.composed().environment().forEach((name, value) -> environment.put(name, value.orElse(null)));
        config.put("environment", environment);
        Map<String, Object> data = new LinkedHashMap<>();
        assembly.datasets().all().forEach(dataset -> data.put(dataset.name(), data(dataset)));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", loaded.name());
        facts.put("seed", loaded.experiment().seed());
        facts.put("streams", streams());
        facts.put("precision", loaded.experiment().precision().toString());
        facts.put(
                "parameters",
                assembly.network().parameters().stream()
                        .mapToLong(parameter -> parameter.value().size())
                        .sum());
        facts.put("better", better(assembly.metrics()));
        facts.put("config", config);
        facts.put("data", data);
        facts.put("files", RecordedFiles.facts(loaded.files(), run));
        assembly.start().ifPresent(start -> facts.put("start", RecordedWarmStart.facts(start)));
        facts.put("warnings", AssemblyFactory.warnings(assembly));
        facts.put("plugins", plugins.all());
        facts.put("program", program.facts(team.threads()));
        facts.put("working_directory", Path.of("").toAbsolutePath().toString());
        return facts;
    }

    /** Return the contents of the bases, by the names of their copies in the run. */
    Map<String, byte[]> keptBases() {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        for (Path base : loaded.composed().bases()) {
            kept.put(
                    kept.size() + 1 + "-" + base.getFileName(),
                    loaded.composed().content(base));
        }
        return kept;
    }

    private List<Object> bases() {
        List<Object> bases = new ArrayList<>();
        List<Path> files = loaded.composed().bases();
        keptBases().forEach((copy, content) -> {
            Path file = files.get(bases.size());
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("file", file.toString());
            facts.put("folder", file.toAbsolutePath().getParent().toString());
            facts.put("copy", copy);
            bases.add(facts);
        });
        return bases;
    }

    /** Return whether higher or lower is better for each metric, so that a list of runs can show the best. */
    private static Map<String, Object> better(List<Measure> metrics) {
        Map<String, Object> better = new LinkedHashMap<>();
        metrics.forEach(metric -> better.put(metric.label(), metric.metric().higherIsBetter() ? "higher" : "lower"));
        return better;
    }

    /** Return the streams that training draws from; each is determined by its name and the seed. */
    private List<String> streams() {
        Experiment experiment = loaded.experiment();
        Set<String> streams = new LinkedHashSet<>();
        if (experiment.data().shuffle()) {
            streams.add("shuffle");
        }
        experiment.data().test().flatMap(part -> part.stream("test")).ifPresent(streams::add);
        experiment
                .data()
                .validation()
                .flatMap(part -> part.stream("validation"))
                .ifPresent(streams::add);
        for (int i = 0; i < experiment.data().transforms().size(); i++) {
            if (experiment.data().transforms().get(i).draws()) {
                streams.add("transforms." + i);
            }
        }
        streams.addAll(assembly.network().streams());
        return List.copyOf(streams);
    }

    private static Map<String, Object> data(Dataset dataset) {
        Provenance provenance = dataset.source().provenance();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("origin", provenance.origin());
        facts.put("sha256", provenance.sha256());
        provenance.files().ifPresent(files -> facts.put("files_sha256", files));
        facts.put("examples", dataset.size());
        int[] counts = dataset.classCounts();
        if (counts.length > 0) {
            Map<String, Object> classes = new LinkedHashMap<>();
            for (int i = 0; i < counts.length; i++) {
                classes.put(dataset.encoding().target().names().get(i), counts[i]);
            }
            facts.put("classes", classes);
        }
        return facts;
    }
}
