package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.DataFiles;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.compose.Composer;
import dev.chainrule.config.compose.Secrets;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The config of a run, loaded from its record; the files it was read from may be gone. */
public final class RecordedConfig {
    private static final Pattern SECRET = Pattern.compile("\\$\\{secret:([A-Za-z_][A-Za-z0-9_]*)}");

    private final RunRecord record;
    private final Context context;

    public RecordedConfig(RunRecord record, Context context) {
        this.record = record;
        this.context = context;
    }

    /**
     * Load the config that was run, every default written out: the same whatever the defaults of this program are.
     *
     * @throws ConfigException with everything that is wrong in it
     */
    public LoadedConfig resolved(PluginSources plugins) {
        return resolved(plugins, List.of());
    }

    /**
     * Load the config that was run, with some settings changed.
     *
     * @param settings those of {@code --set}
     * @throws ConfigException with everything that is wrong in it
     */
    public LoadedConfig resolved(PluginSources plugins, List<String> settings) {
        Composer composer = new Composer(context::variable, settings);
        LoadedConfig loaded =
                hashed(ConfigLoader.load(record.directory().resolved(), files(), plugins, composer, context));
        return loaded.experiment().name().isPresent() ? loaded : loaded.named(record.text("name"));
    }

    /** Paths that the config made with {@code ${dir}} or {@code ${file}} are written out in the resolved one. */
    private LoadedConfig hashed(LoadedConfig loaded) {
        String hash = record.text("config", "hash");
        if (Sha256.of(loaded.hashed()).equals(hash)) {
            return loaded;
        }
        List<Path> places = new ArrayList<>(bases().keySet());
        places.add(file());
        LoadedConfig other = loaded.without(places);
        return Sha256.of(other.hashed()).equals(hash) ? other : loaded;
    }

    /** Return the file that the config was read from then. */
    private Path file() {
        return folder().resolve(MovedPath.of(record.text("config", "file")).getFileName());
    }

    /**
     * Put the config together as it was then: from the copies in the run, the arguments of {@code --set} and the environment's
     * values. Secrets are read from the environment again.
     *
     * @throws ConfigException with everything that is wrong in it
     */
    public LoadedConfig composed(PluginSources plugins) {
        RunDirectory directory = record.directory();
        Path file = file();
        Map<Path, byte[]> kept = new LinkedHashMap<>();
        kept.put(identity(file), content(directory.config()));
        bases().forEach((base, copy) -> kept.put(identity(base), content(copy)));
        List<String> settings =
                record.items("config", "set").stream().map(String::valueOf).toList();
        return ConfigLoader.load(file, files(), plugins, new Composer(environment(), settings, kept), context);
    }

    /** Return the copies of the configs that it extends, by the file that each was. */
    Map<Path, Path> bases() {
        Map<Path, Path> bases = new LinkedHashMap<>();
        for (Map<?, ?> base : record.maps("config", "bases")) {
            Path name = MovedPath.of(String.valueOf(base.get("file"))).getFileName();
            bases.put(
                    MovedPath.of(restored(String.valueOf(base.get("folder")))).resolve(name),
                    record.directory().bases().resolve(String.valueOf(base.get("copy"))));
        }
        return bases;
    }

    /**
     * Return the folder that the config's paths are relative to: the one it lay in when it was run.
     *
     * @throws InputException if the record does not say
     */
    Path folder() {
        String folder = record.text("config", "folder");
        if (folder.isEmpty()) {
            throw new InputException(
                            "the record does not give the folder of the run's config",
                            "The file is damaged: train again.")
                    .inFile(record.directory().record().toString());
        }
        return MovedPath.of(restored(folder));
    }

    /** Return a text of the record in which references to secrets are their values, if the environment has them; they are hidden. */
    private String restored(String text) {
        return SECRET.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(secret(found.group(1), found.group())));
    }

    private String secret(String name, String reference) {
        Optional<String> value = context.variable(name);
        value.ifPresent(secret -> {
            Secrets found = new Secrets();
            found.add(secret, reference);
            context.hide(found);
        });
        return value.orElse(reference);
    }

    /** Return the data files of the run, to be found where they are now. */
    DataFiles files() {
        return RecordedFiles.of(record, folder(), this::restored);
    }

    /**
     * Return the plugins to load: those that the user names, else those of the run that are found. Those that lie in plugins/ or
     * that the config names are found without.
     */
    public PluginSources plugins(PluginSources named) {
        return named.orRecorded(RecordedPlugins.found(record));
    }

    /** Variables that were looked at have the value they had, those that were not set are not. */
    private Function<String, Optional<String>> environment() {
        return name -> record.keys("config", "environment").contains(name)
                ? record.find("config", "environment", name)
                        .map(String::valueOf)
                        .map(this::restored)
                : context.variable(name);
    }

    private static Path identity(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private static byte[] content(Path file) {
        try {
            return WholeFile.bytes(file);
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
