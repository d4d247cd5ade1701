package dev.chainrule.app.command.plugins;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Kind;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.plugin.PluginCode;
import dev.chainrule.config.plugin.PluginDoctor;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.plugin.PluginFinder;
import dev.chainrule.config.plugin.PluginLoader;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.RegistryBuilder;
import dev.chainrule.config.write.RoundTrip;
import dev.chainrule.engine.contract.KindContracts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command by which an author examines a plugin before others load it. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Check a plugin before you publish it.",
            "Checks the jar, its declarations and the contracts of its components, and",
            "warns of calls that may break reproducibility."
        },
        footer = {
            "",
            "Exit codes: 0 no errors, 2 the jar is invalid, 4 a contract is broken",
            "or a component was not checked.",
            "",
            "Example:",
            "  java -jar pipeline.jar plugins check target/swish-1.0.jar"
        })
public final class PluginsCheckCommand implements Callable<Integer> {
    private static final int SHOWN = 8;

    private final Context context;

    @Parameters(paramLabel = "JAR", description = "The plugin's jar, or a folder with the jar and its libraries.")
    private Path jar;

    @Option(
            names = "--with",
            paramLabel = "YAML",
            description = "A component to check, with its parameters, such as {type: swish, beta: 2}. Default: "
                    + "each component with its defaults. Repeatable.")
    private List<String> with = new ArrayList<>();

    @Option(
            names = "--with-effects",
            description = "Check hooks, too. Each hook is run hundreds of times, and whatever it sends, writes or "
                    + "deletes is real.")
    private boolean withEffects;

    @Option(
            names = "--skip",
            paramLabel = "NAME",
            description = "Do not check the component with this name in YAML. Repeatable.")
    private List<String> skipped = new ArrayList<>();

    private final List<String> unchecked = new ArrayList<>();

    @Option(
            names = "--plugins",
            paramLabel = "DIR|JAR",
            description =
                    "Plugin jar or folder of plugin jars to load in addition to the one being checked. Repeatable.")
    private List<Path> others = new ArrayList<>();

    public PluginsCheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        // Not those of ./plugins, which may contain an older copy of this one.
        List<PluginFiles> all = new ArrayList<>();
        others.forEach(path -> all.addAll(PluginFinder.at(path)));
        List<PluginFiles> examined = PluginFinder.at(jar);
        all.addAll(examined);
        ClassLoader application = PluginsCheckCommand.class.getClassLoader();
        Problems problems = new Problems();
        Registry registry = new PluginLoader(application).load(all, problems);
        problems.throwIfErrors();
        for (PluginFiles files : examined) {
            PluginDoctor.examine(files, application, problems);
        }
        problems.throwIfErrors();
        context.show(problems);
        Problems broken = new Problems();
        for (PluginFiles files : examined) {
            check(files, registry, broken);
        }
        if (broken.hasErrors()) {
            context.out().flush();
            context.show(broken);
            return ExitCode.CHECK;
        }
        return checkedAll() ? ExitCode.DONE : ExitCode.CHECK;
    }

    /** Report the components that were not checked, so that nobody takes silence for approval. */
    private boolean checkedAll() {
        if (unchecked.isEmpty()) {
            return true;
        }
        context.out().flush();
        Problems problems = new Problems();
        problems.add(Problem.error(
                "not checked: " + String.join(", ", unchecked),
                "Give a component's parameters with --with '{type: NAME, …}', check hooks with --with-effects, "
                        + "or skip a component with --skip NAME."));
        context.show(problems);
        return false;
    }

    private void check(RegisteredComponent component, Binder binder, Registry registry, Problems broken) {
        if (skipped.contains(component.name())) {
            say(component, "skipped");
            return;
        }
        if (component.kind() == Kind.HOOK) {
            if (!withEffects) {
                notChecked(
                        component, "the check would run it hundreds of times, with real effects: see --with-effects");
                return;
            }
            context.out()
                    .println("  " + component.label()
                            + ": will now be run hundreds of times, with real effects, to compare "
                            + "repeated and resumed runs");
            context.out().flush();
        }
        List<ConfigNode> written = written(component);
        if (written.isEmpty()) {
            binder.checkDefaults(component, broken)
                    .ifPresentOrElse(
                            record -> say(component, verdict(component, record, registry, broken)),
                            () -> notChecked(component, "it has parameters without defaults: see --with"));
        }
        for (ConfigNode node : written) {
            say(component, verdict(component, binder.component(node, component.kind()), registry, broken));
        }
    }

    private void notChecked(RegisteredComponent component, String reason) {
        unchecked.add(component.label());
        say(component, "NOT CHECKED: " + reason);
    }

    private void check(PluginFiles files, Registry registry, Problems broken) {
        List<RegisteredComponent> components = registry.all().stream()
                .filter(component ->
                        component.origin().jar().filter(files.jar()::equals).isPresent())
                .toList();
        context.out().println(components.get(0).origin());
        Binder binder = new Binder(registry);
        for (RegisteredComponent component : components) {
            check(component, binder, registry, broken);
        }
    }

    private void say(RegisteredComponent component, String verdict) {
        context.out().println("  " + component.label() + ": " + verdict);
    }

    /** Return the values of {@code --with} for a component. */
    private List<ConfigNode> written(RegisteredComponent component) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (String yaml : with) {
            Problems problems = new Problems();
            Optional<ConfigNode> node = ConfigReader.read("--with", yaml, problems);
            problems.throwIfErrors();
            node.filter(one -> one instanceof ConfigNode.Mapping mapping
                            && mapping.find(RegisteredComponent.TYPE_KEY)
                                    .map(ConfigNode.Entry::value)
                                    .filter(type -> type instanceof ConfigNode.Scalar name
                                            && name.text().equals(component.name()))
                                    .isPresent())
                    .ifPresent(nodes::add);
        }
        return nodes;
    }

    private String verdict(RegisteredComponent component, Record record, Registry registry, Problems broken) {
        List<Activation> activations = activations(registry);
        List<String> faults = new ArrayList<>();
        boolean ran = PluginCode.call(
                component.origin(), component.label() + " failed while its contract was checked", broken, () -> {
                    KindContracts.check(component.kind(), record, activations)
                            .forEach(finding -> faults.add(finding.text()));
                    RoundTrip.check(record, component.kind(), registry).ifPresent(faults::add);
                });
        if (!ran) {
            return "fails";
        }
        if (faults.isEmpty()) {
            return "keeps its contract";
        }
        String verdict = "breaks its contract in " + faults.size() + (faults.size() == 1 ? " place" : " places");
        List<String> notes = new ArrayList<>(faults.subList(0, Math.min(SHOWN, faults.size())));
        if (faults.size() > SHOWN) {
            notes.add("and " + (faults.size() - SHOWN) + " more");
        }
        broken.add(
                Problem.error(RegistryBuilder.place(component.origin()), "", component.label() + " " + verdict, notes));
        return verdict;
    }

    private static List<Activation> activations(Registry registry) {
        Binder binder = new Binder(registry);
        return registry.of(Kind.ACTIVATION).stream()
                .flatMap(component -> binder.checkDefaults(component, new Problems()).stream())
                .map(Activation.class::cast)
                .toList();
    }
}
