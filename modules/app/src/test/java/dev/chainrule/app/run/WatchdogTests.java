package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.Entry;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchdogTests {
    private static final String SECONDS = "chainrule.watchdog";
    private static final String WARNED = "chainrule.test.warned";

    @TempDir
    private Path folder;

    @BeforeEach
    void warnAtOnce() {
        System.setProperty(SECONDS, "0");
    }

    @AfterEach
    void restore() {
        System.clearProperty(SECONDS);
        System.clearProperty(WARNED);
    }

    /** The plugin, whose name is a secret, waits until it has been warned of. */
    @Test
    void watch_pluginNamedByASecret_isNamedWithoutIt() {
        String source = "long until = System.nanoTime() + 100_000_000_000L; while (System.getProperty(\"" + WARNED
                + "\") == null && System.nanoTime() < until) { Thread.onSpinWait(); }";
        Shell shell = new Shell(folder)
                .file("abcd-efgh.jar", Plugins.faulty(source).bytes())
                .file("gates.yaml", Samples.GATES + "plugins: [ '${secret:JAR}' ]\nhooks: [ faulty ]\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Context context = new Context(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(new Heard(err), true, StandardCharsets.UTF_8),
                Map.of("JAR", "abcd-efgh.jar"),
                Clock.systemUTC());
        String config = shell.at("gates.yaml").toString();
        int code = Entry.execute(context, config, "--run-dir", shell.at("run").toString(), "--quiet");
        String said = err.toString(StandardCharsets.UTF_8);
        assertEquals(ExitCode.DONE, code, said);
        String warning = said.lines()
                .filter(line -> line.contains("is busy"))
                .findFirst()
                .orElseThrow();
        assertTrue(warning.startsWith("warning: hook faulty of the plugin ${secret:JAR} is busy: "), said);
        assertFalse(warning.contains("abcd-efgh"), said);
    }

    /** Tells the plugin when its name has been said. */
    private static final class Heard extends OutputStream {
        private final ByteArrayOutputStream text;

        Heard(ByteArrayOutputStream text) {
            this.text = text;
        }

        @Override
        public synchronized void write(int b) {
            text.write(b);
            if (text.toString(StandardCharsets.UTF_8).contains("is busy")) {
                System.setProperty(WARNED, "yes");
            }
        }
    }
}
