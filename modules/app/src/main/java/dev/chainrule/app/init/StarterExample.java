package dev.chainrule.app.init;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The examples that the program contains: the project's own configs. */
public enum StarterExample {
    MNIST("mnist.yaml", null),
    XOR("xor.yaml", null),
    REGRESSION("houses.yaml", "data/houses.csv");

    private final String config;
    private final String data;

    StarterExample(String config, String data) {
        this.config = config;
        this.data = data;
    }

    /** Return the name of the table it needs, relative to the config. */
    public Optional<String> data() {
        return Optional.ofNullable(data);
    }

    /** Return the table. */
    public String table() {
        return read(data);
    }

    /**
     * Return the config.
     *
     * @param file where it will lie
     */
    public String yaml(String file) {
        // There is no schema beside it.
        return read(config)
                .replaceFirst("# yaml-language-server:.*\n", "")
                .replace("configs/" + config, file.replace("$", ""));
    }

    private static String read(String name) {
        try (InputStream in = StarterExample.class.getResourceAsStream("/dev/chainrule/examples/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
