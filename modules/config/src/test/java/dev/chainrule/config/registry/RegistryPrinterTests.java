package dev.chainrule.config.registry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Kind;
import dev.chainrule.config.GoldenFile;
import dev.chainrule.config.example.ExamplePlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RegistryPrinterTests {
    @Test
    void print_allKinds_looksAsGoldenFile() throws IOException {
        GoldenFile.check(GoldenFile.at("golden/plugins.txt"), RegistryPrinter.print(ExamplePlugin.registry()));
    }

    @Test
    void print_fromJar_namesIt() {
        RegisteredComponent builtIn =
                ExamplePlugin.registry().find(Kind.ACTIVATION, "swish").orElseThrow();
        Origin origin = new Origin("swish", Optional.of("1.0"), Optional.of(Path.of("plugins", "swish-1.0.jar")));
        RegisteredComponent fromJar =
                new RegisteredComponent(builtIn.kind(), builtIn.name(), builtIn.recordName(), builtIn.loader(), origin);
        assertTrue(RegistryPrinter.print(fromJar)
                .contains(" From swish 1.0 (" + Path.of("plugins", "swish-1.0.jar") + ")."));
    }
}
