package dev.chainrule.config.compose;

import dev.chainrule.config.Source;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The external values that a config uses. */
final class Variables {
    private final Function<String, Optional<String>> environment;
    private final Map<Source, Path> files;
    private final Path main;
    private final Map<String, Optional<String>> taken = new TreeMap<>();
    private final Secrets secrets = new Secrets();
    private final Secrets places = new Secrets();

    /**
     * Create variables.
     *
     * @param files the file of each source
     * @param main the file of arguments
     */
    Variables(Function<String, Optional<String>> environment, Map<Source, Path> files, Path main) {
        this.environment = environment;
        this.files = files;
        this.main = main;
    }

    Optional<String> read(String name) {
        Optional<String> value = environment.apply(name);
        taken.put(name, value);
        return value;
    }

    Optional<String> readSecret(String name) {
        Optional<String> value = environment.apply(name);
        value.filter(text -> text.strip().length() >= Secrets.SHORTEST)
                .ifPresent(text -> secrets.add(text, "${secret:" + name + "}"));
        return value;
    }

    boolean isSet(String name) {
        return environment.apply(name).isPresent();
    }

    /** Return the absolute path that {@code file} or {@code dir} refers to in a source. */
    Optional<String> place(String word, Source source) {
        Path file = files.getOrDefault(source, main).toAbsolutePath().normalize();
        if (word.equals("file")) {
            places.add(file.toString(), "${file}");
            return Optional.of(file.toString());
        }
        if (word.equals("dir")) {
            places.add(file.getParent().toString(), "${dir}");
            return Optional.of(file.getParent().toString());
        }
        return Optional.empty();
    }

    Map<String, Optional<String>> taken() {
        return taken;
    }

    Secrets secrets() {
        return secrets;
    }

    Secrets places() {
        return places;
    }
}
