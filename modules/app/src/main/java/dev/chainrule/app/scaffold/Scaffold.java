package dev.chainrule.app.scaffold;

import dev.chainrule.api.Kind;
import dev.chainrule.api.error.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A new plugin project that builds as it is, with one component for its author to change: for Maven, or for the JDK alone.
 *
 * <p>Templates are plain files with placeholders such as {@code @name@}.
 */
public final class Scaffold {
    private static final String SERVICES = "META-INF/services/dev.chainrule.api.Plugin";

    private final Kind kind;
    private final ComponentName name;
    private final String version;

    /**
     * Prepare a project.
     *
     * @param name of the component
     * @param version of Chainrule, whose API the project is compiled against
     * @throws InputException if the name is not legal
     */
    public Scaffold(Kind kind, String name, String version) {
        this.kind = kind;
        this.name = ComponentName.of(name, kind);
        this.version = version;
    }

    /** Return the name of the class of the component. */
    public String type() {
        return name.type();
    }

    /** Return the files of a Maven project, by path. */
    public Map<String, String> maven() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", template("maven/README.md"));
        files.put("pom.xml", template("maven/pom.xml"));
        sources(files, "src/main/java/", "src/main/resources/");
        files.put("src/test/java/" + name.yaml() + "/" + name.type() + "Tests.java", template("maven/Tests.java"));
        return files;
    }

    /** Return the files of a project that javac builds against pipeline.jar, by path. */
    public Map<String, String> standalone() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", template("standalone/README.md"));
        files.put("build.sh", template("standalone/build.sh"));
        sources(files, "src/", "src/");
        return files;
    }

    private void sources(Map<String, String> files, String java, String resources) {
        String folder = java + name.yaml() + "/";
        files.put(
                folder + name.type() + ".java", template("kinds/" + kind.name().toLowerCase(Locale.ROOT) + ".java"));
        files.put(folder + name.type() + "Plugin.java", template("Plugin.java"));
        files.put(resources + SERVICES, name.yaml() + "." + name.type() + "Plugin\n");
    }

    /**
     * Write files into a new folder.
     *
     * @throws InputException if the folder exists, which is then left unchanged, or cannot be written
     */
    public static void write(Path folder, Map<String, String> files) {
        try {
            if (folder.toAbsolutePath().getParent() != null) {
                Files.createDirectories(folder.toAbsolutePath().getParent());
            }
            Files.createDirectory(folder);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
        } catch (FileAlreadyExistsException e) {
            throw new InputException(
                    "'" + folder + "' exists already",
                    "Nothing is overwritten: choose another name, or another folder with --into.");
        } catch (IOException e) {
            throw new InputException("'" + folder + "' cannot be written", "Give a writable folder with --into.");
        }
    }

    private String template(String file) {
        try (InputStream in = Scaffold.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@example@", "new @Name@(" + example() + ")")
                    .replace("@use@", use())
                    .replace("@name@", name.yaml())
                    .replace("@package@", name.yaml())
                    .replace("@Name@", name.type())
                    .replace("@kind@", kind.label())
                    .replace("@version@", version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return arguments of the template's record: its defaults, in Java. */
    private String example() {
        return switch (kind) {
            case LAYER, ACTIVATION, INITIALIZER -> "1";
            case LOSS, METRIC -> "0.5";
            case OPTIMIZER -> "progress -> 0.1, 0.9";
            case SCHEDULE -> "0.1, dev.chainrule.api.value.Span.parse(\"2 epochs\")";
            case REGULARIZER -> "0.1";
            case DATA_SOURCE -> "200, 0";
            case TRANSFORM -> "3";
            case AUGMENTATION -> "0.1";
            case HOOK -> "0.01";
        };
    }

    /** Return an example of a config that uses a component of this kind. */
    private String use() {
        String yaml = name.yaml();
        return switch (kind) {
            case LAYER -> "`model: [ " + yaml + ", … ]`";
            case ACTIVATION -> "`activation: " + yaml + "`";
            case LOSS -> "`loss: " + yaml + "`";
            case OPTIMIZER -> "`optimizer: " + yaml + "`";
            case SCHEDULE -> "`learning_rate: " + yaml + "`";
            case INITIALIZER -> "`weights: " + yaml + "`";
            case REGULARIZER -> "`regularizer: " + yaml + "`";
            case DATA_SOURCE -> "`data: { train: " + yaml + " }`";
            case TRANSFORM -> "`transforms: [ " + yaml + " ]`";
            case AUGMENTATION -> "`augmentation: [ " + yaml + " ]`";
            case METRIC -> "`metrics: [ loss, " + yaml + " ]`";
            case HOOK -> "`hooks: [ " + yaml + " ]`";
        };
    }
}
