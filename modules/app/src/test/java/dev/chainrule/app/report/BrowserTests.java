package dev.chainrule.app.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports in headless Chromium, on a phone and on a desk, light and dark: no message, no request, no scrolling sideways, every
 * control within reach of the keyboard, nothing that axe objects to. tools/browser/install.sh installs the tools.
 */
final class BrowserTests {
    private static final Path TOOL = InProcess.ROOT.resolve("tools/browser/check.mjs");
    private static final Path MODULES = InProcess.ROOT.resolve("target/browser/node_modules");
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TempDir
    private Path folder;

    @BeforeEach
    void requireTools() {
        boolean found = Files.exists(CHROMIUM) && Files.exists(MODULES.resolve("axe-core"));
        String reason = CHROMIUM + " or " + MODULES + " is missing: run tools/browser/install.sh";
        if (System.getenv("CHAINRULE_REQUIRE_BROWSER") == null) {
            assumeTrue(found, reason);
        }
        assertTrue(found, reason);
    }

    private String check(String... pages) throws IOException, InterruptedException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        List<String> command = Stream.concat(
                        Stream.of("node", TOOL.toString(), MODULES.toString(), pictures.toString()),
                        Stream.of(pages).map(page -> folder.resolve(page).toString()))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    @Test
    void pages_ofRealRuns_haveNoProblems() throws IOException, InterruptedException {
        Shell shell = new Shell(folder);
        Samples.write(shell);
        shell.file("line.csv", "x,y\n" + "1,2\n2,5\n3,5\n4,8\n".repeat(8))
                .file("line.yaml", Samples.LINE.replace("t.csv", "line.csv"));
        for (String run : List.of("plants", "images", "line")) {
            shell.done("/demo/" + run + ".yaml", "--run-dir", "/demo/" + run, "--quiet");
        }
        shell.done("report", "/demo/plants", "--output", "/demo/plants.html");
        shell.done("report", "/demo/images", "--output", "/demo/images.html");
        shell.done("report", "/demo/line", "--output", "/demo/line.html");
        shell.done("report", "/demo/plants", "/demo/images", "--output", "/demo/both.html");
        String out = check("plants.html", "images.html", "line.html", "both.html");
        assertTrue(out.matches("4 pages, [1-9][0-9]+ controls, 0 problems\\n"), out);
        assertEquals(20, shell.names("pictures").size());
    }

    /** The tool must see all that it is to look for. */
    @Test
    void page_withFaults_hasAProblemForEach() throws IOException, InterruptedException {
        new Shell(folder).file("bad.html", """
                <!DOCTYPE html><html lang="en"><head><title>bad</title></head><body><main><h1>bad</h1>
                <p><font color="#ddd">pale</font></p><div><img src="no.png" alt="no"></div>
                <button tabindex="-1">out of reach</button><pre>%s</pre></main>
                <script>console.log("a message")</script></body></html>
                """.formatted("wide ".repeat(400)));
        String out = check("bad.html");
        for (String problem : List.of(
                "console: a message",
                "request: ",
                "pixels wide",
                "not reached by keyboard: <button",
                "color-contrast")) {
            assertTrue(out.contains(problem), () -> problem + " in " + out);
        }
    }
}
