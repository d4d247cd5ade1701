package dev.chainrule.app.run;

import dev.chainrule.api.Provenance;
import dev.chainrule.app.load.Assemblies;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.LoadedPlugin;
import dev.chainrule.app.record.MovedPath;
import dev.chainrule.app.record.RecordedFiles;
import dev.chainrule.app.record.RecordedStart;
import dev.chainrule.app.shell.ProgramInfo;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collect what run.json says of a run before it begins: what is run, on what data, with which program. */
final class RunFacts {
    private RunFacts() {}

    static Map<String, Object> of(
            LoadedConfig loaded, Assembly assembly, ProgramInfo program, int threads, RunDirectory run) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("file", loaded.file().toString());
        config.put("folder", loaded.folder().toString());
        config.put("hash", Sha256.of(loaded.hashed()));
        config.put("bases", bases(loaded));
        config.put("set", loaded.composed().settings());
        Map<String, Object> environment = new LinkedHashMap<>();
        loaded.composed().environment().forEach((name, value) -> environment.put(name, value.orElse(null)));
        config.put("environment", environment);
        Map<String, Object> data = new LinkedHashMap<>();
        assembly.datasets().all().forEach(dataset -> data.put(dataset.name(), data(dataset)));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", loaded.name());
        facts.put("seed", loaded.experiment().seed());
        facts.put("streams", streams(loaded.experiment(), assembly));
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
        assembly.start().ifPresent(start -> facts.put("start", RecordedStart.facts(start)));
        facts.put("warnings", Assemblies.warnings(assembly));
        facts.put("plugins", plugins(loaded, run));
        facts.put("program", program.facts(threads));
        facts.put("working_directory", Path.of("").toAbsolutePath().toString());
        return facts;
    }

    /** Return what the bases hold, by the names of their copies in the run. */
    static Map<String, byte[]> keptBases(LoadedConfig loaded) {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        for (Path base : loaded.composed().bases()) {
            kept.put(
                    kept.size() + 1 + "-" + base.getFileName(),
                    loaded.composed().content(base));
        }
        return kept;
    }

    private static List<Object> bases(LoadedConfig loaded) {
        List<Object> bases = new ArrayList<>();
        List<Path> files = loaded.composed().bases();
        keptBases(loaded).forEach((copy, content) -> {
            Path file = files.get(bases.size());
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("file", file.toString());
            facts.put("folder", file.toAbsolutePath().getParent().toString());
            facts.put("copy", copy);
            bases.add(facts);
        });
        return bases;
    }

    /** Return of each metric whether higher or lower is better, so that a list of runs can tell the best. */
    private static Map<String, Object> better(List<NamedMetric> metrics) {
        Map<String, Object> better = new LinkedHashMap<>();
        metrics.forEach(metric -> better.put(metric.label(), metric.metric().higherIsBetter() ? "higher" : "lower"));
        return better;
    }

    /** Return the streams that training draws from; each is fixed by its name and the seed. */
    private static List<String> streams(Experiment experiment, Assembly assembly) {
        List<String> streams = new ArrayList<>();
        if (experiment.data().shuffle()) {
            streams.add("shuffle");
        }
        experiment.data().test().filter(HeldOut::isDrawn).ifPresent(part -> streams.add("split.test"));
        experiment.data().validation().filter(HeldOut::isDrawn).ifPresent(part -> streams.add("split.validation"));
        streams.addAll(assembly.network().streams());
        return streams;
    }

    private static Map<String, Object> data(Dataset dataset) {
        Provenance provenance = dataset.source().provenance();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("origin", provenance.origin());
        facts.put("sha256", provenance.sha256());
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

    private static List<Object> plugins(LoadedConfig loaded, RunDirectory run) {
        return loaded.jars().stream()
                .map(plugin -> plugin(plugin, loaded.registry(), run))
                .toList();
    }

    private static Object plugin(LoadedPlugin plugin, Registry registry, RunDirectory run) {
        PluginFiles files = plugin.files();
        List<RegisteredComponent> components = registry.all().stream()
                .filter(component ->
                        component.origin().jar().filter(files.jar()::equals).isPresent())
                .toList();
        Origin origin = components.get(0).origin();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", origin.name());
        facts.put("version", origin.version().orElse(""));
        facts.put("jar", files.jar().toString());
        facts.put(MovedPath.FROM_RUN, MovedPath.from(run, files.jar()).orElse(null));
        facts.put("sha256", plugin.sha256().get(files.jar()));
        facts.put(
                "libraries",
                files.libraries().stream()
                        .map(jar -> library(jar, plugin.sha256().get(jar)))
                        .toList());
        facts.put(
                "components",
                components.stream().map(RegisteredComponent::label).toList());
        return facts;
    }

    private static Object library(Path jar, String sha256) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("jar", jar.toString());
        facts.put("sha256", sha256);
        return facts;
    }
}
