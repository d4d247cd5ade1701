package dev.chainrule.app.load;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.plugin.PluginFinder;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The places of a command's plugins, and which of them may run.
 *
 * <p>A plugin can do whatever its user can. So it runs only with the user's consent: jars in ./plugins, of {@code --plugins}, and
 * in {@code plugins:} of the user's own config. Plugins given in a run's record, or in the config in a run's directory, are
 * somebody else's choice and require the user's consent: the SHA-256 in the user's file or in {@code --trust}, or a jar of the same
 * content among the user's own, which is then loaded instead. Every jar is hashed before a class of it is loaded.
 */
public final class PluginSources {
    private final List<Path> named;
    private final List<Path> recorded;
    private final boolean refused;
    private final List<String> trusted;
    private final Context context;
    private final Once once;

    private PluginSources(
            List<Path> named, List<Path> recorded, boolean refused, List<String> trusted, Context context, Once once) {
        this.named = List.copyOf(named);
        this.recorded = List.copyOf(recorded);
        this.refused = refused;
        this.trusted = List.copyOf(trusted);
        this.context = context;
        this.once = once;
    }

    /**
     * The work done once per command, however many configs it loads.
     *
     * @param told the lines printed about plugins
     * @param hashes of jars, by their state
     */
    private record Once(Set<String> told, Map<JarState, String> hashes) {
        Once() {
            this(new LinkedHashSet<>(), new LinkedHashMap<>());
        }
    }

    /** A jar's state at some time: if it changes later, the jar is hashed again. */
    private record JarState(Path jar, FileTime modified, long size) {
        static JarState of(Path jar) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
            return new JarState(real(jar), attributes.lastModifiedTime(), attributes.size());
        }
    }

    /** Return the plugins of a command without options: those in ./plugins and in the config. */
    public static PluginSources usual(Context context) {
        return of(List.of(), false, List.of(), context);
    }

    /**
     * Return the plugins that options give.
     *
     * @param named the values of {@code --plugins}
     * @param refused whether none may be loaded
     * @param trusted the values of {@code --trust}
     */
    public static PluginSources of(List<Path> named, boolean refused, List<String> trusted, Context context) {
        if (refused && !named.isEmpty()) {
            throw new InputException("--no-plugins and --plugins exclude each other", "Remove one of them.");
        }
        return new PluginSources(named, List.of(), refused, trusted, context, new Once());
    }

    /** Return the same sources, with the plugins of a run's record if the user gives none. */
    public PluginSources orRecorded(List<Path> places) {
        return new PluginSources(named, named.isEmpty() ? places : List.of(), refused, trusted, context, once);
    }

    /** Return whether plugins are given in addition to those of the config. */
    boolean areGiven() {
        return !named.isEmpty() || !recorded.isEmpty();
    }

    boolean areRefused() {
        return refused;
    }

    /** Return the user's own plugins. */
    public List<LoadedPlugin> users() {
        return find(List.of(), true);
    }

    /**
     * Return the plugins that may run.
     *
     * @param inConfig the places given in the config
     * @param own whether the config is the user's
     * @throws InputException with the jars to which the user has not consented
     */
    List<LoadedPlugin> find(List<Path> inConfig, boolean own) {
        if (refused) {
            return List.of();
        }
        Map<Path, LoadedPlugin> found = new LinkedHashMap<>();
        List<PluginFiles> foreign = new ArrayList<>(at(recorded));
        boolean usualIsForeign = isRun(Path.of(""));
        List<PluginFiles> usual = List.copyOf(PluginFinder.find(List.of()));
        put(found, usualIsForeign ? List.of() : usual, LoadedPlugin.FOUND);
        put(found, at(named), "given with --plugins");
        if (own) {
            put(found, at(inConfig), "listed in the config");
        } else {
            foreign.addAll(at(inConfig));
        }
        if (usualIsForeign) {
            foreign.addAll(usual);
        }
        consent(foreign, found);
        return List.copyOf(found.values());
    }

    private void consent(List<PluginFiles> foreign, Map<Path, LoadedPlugin> found) {
        if (foreign.isEmpty()) {
            return;
        }
        Set<String> names = found.values().stream()
                .map(plugin -> plugin.files().jar().getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> usersOwn = found.values().stream()
                .flatMap(plugin -> plugin.sha256().values().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> allowed = new TreeSet<>(TrustedJars.of(trusted, context).hashes());
        allowed.addAll(usersOwn);
        Set<String> refusals = new LinkedHashSet<>();
        for (PluginFiles files : foreign) {
            LoadedPlugin plugin = hashed(files, "trusted");
            boolean known = found.containsKey(real(files.jar()))
                    || usersOwn.contains(plugin.hash())
                    || names.contains(files.jar().getFileName().toString());
            if (known) {
                continue;
            }
            List<Path> refusedJars = files.all().stream()
                    .filter(jar -> !allowed.contains(plugin.sha256().getOrDefault(jar, "")))
                    .toList();
            if (refusedJars.isEmpty()) {
                found.put(real(files.jar()), plugin);
            }
            refusedJars.forEach(jar -> refusals.add(
                    jar + " has the SHA-256 " + plugin.sha256().getOrDefault(jar, "of no jar: it cannot be read")));
        }
        if (!refusals.isEmpty()) {
            throw refusal(refusals);
        }
    }

    private static InputException refusal(Set<String> refusals) {
        List<String> notes = new ArrayList<>(refusals);
        notes.add(
                "A plugin can do whatever you can: read, change and send your files (see SECURITY.md). If you trust its author,"
                        + " give --trust SHA256 for this command, or trust this jar permanently: java -jar "
                        + "pipeline.jar plugins trust"
                        + " JAR. To use your own jar instead, add --plugins JAR.");
        return new InputException(
                refusals.size() == 1
                        ? "the run lists a plugin that you have not trusted"
                        : "the run lists " + refusals.size() + " jars that you have not trusted",
                notes.toArray(String[]::new));
    }

    private static List<PluginFiles> at(List<Path> places) {
        List<PluginFiles> plugins = new ArrayList<>();
        for (Path place : places) {
            plugins.addAll(PluginFinder.at(place));
        }
        return plugins;
    }

    private void put(Map<Path, LoadedPlugin> found, List<PluginFiles> plugins, String reason) {
        for (PluginFiles files : plugins) {
            if (!found.containsKey(real(files.jar()))) {
                found.put(real(files.jar()), hashed(files, reason));
            }
        }
    }

    private LoadedPlugin hashed(PluginFiles files, String reason) {
        Map<Path, String> hashes = new LinkedHashMap<>();
        for (Path jar : files.all()) {
            try {
                JarState state = JarState.of(jar);
                if (!once.hashes().containsKey(state) && PluginFinder.isReadable(jar)) {
                    once.hashes().put(state, Sha256.ofJar(jar));
                }
                Optional.ofNullable(once.hashes().get(state)).ifPresent(hash -> hashes.put(jar, hash));
            } catch (IOException | IllegalArgumentException e) {
                // An unreadable jar of the user's is reported when it is opened; any other is refused for lack of a
                // hash.
            }
        }
        return new LoadedPlugin(files, hashes, reason);
    }

    /** Return whether a folder is a run's directory, whose plugins and configs belong to the run. */
    static boolean isRun(Path folder) {
        return Files.exists(new RunDirectory(folder.toAbsolutePath()).record());
    }

    /** Print that a plugin is about to run. */
    void tell(Origin origin, Collection<LoadedPlugin> plugins) {
        String reason = plugins.stream()
                .filter(plugin ->
                        origin.jar().filter(plugin.files().jar()::equals).isPresent())
                .map(LoadedPlugin::reason)
                .findFirst()
                .orElse("");
        String line = "plugin: " + origin + ", " + reason;
        if (once.told().add(line)) {
            context.out().flush();
            context.err().println(context.secrets().hide(line));
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // reported when the path is opened
        }
    }
}
