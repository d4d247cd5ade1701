package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.experiment.WarningKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The warnings about settings that are legal but almost certainly mistakes: {@code golden/warnings/x.yaml} gives {@code
 * x.txt}.
 */
final class WarningTests {
    private static final int CASES = 40;
    private static final List<String> NAMES = GoldenFile.names("warnings", ".yaml");
    private static final List<String> TABLES = GoldenFile.names("warnings", ".csv");
    private static final Pattern ALLOW = Pattern.compile("add allow: \\[ (\\w+) ] to the config");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> validate_configThatIsHardlyMeant_warnsUnlessItIsAllowed() {
        return NAMES.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
    }

    @Test
    void goldenFiles_all_showEachCaution() {
        assertEquals(CASES, NAMES.size());
        assertEquals(NAMES, GoldenFile.names("warnings", ".txt"), "every .yaml has its .txt");
        Set<String> shown = new TreeSet<>();
        NAMES.forEach(name -> shown.addAll(kinds(GoldenFile.read("warnings/" + name + ".txt"))));
        Set<String> all = new TreeSet<>();
        Arrays.stream(WarningKind.values()).forEach(kind -> all.add(kind.name().toLowerCase(Locale.ROOT)));
        assertEquals(all, shown);
    }

    @Test
    void run_configThatIsHardlyMeant_warnsOnceAndRuns() {
        Shell shell = new Shell(folder).file("config.yaml", GoldenFile.read("warnings/batch-above-data.yaml"));
        Shell.Result run = shell.execute("/demo/config.yaml", "--dry-run");
        assertEquals(ExitCode.DONE, run.code());
        assertEquals(GoldenFile.read("warnings/batch-above-data.txt"), run.err());
    }

    private void check(String name) {
        String text = GoldenFile.read("warnings/" + name + ".yaml");
        Shell shell = new Shell(folder).file("config.yaml", text);
        if (TABLES.contains(name)) {
            shell.file("table.csv", GoldenFile.read("warnings/" + name + ".csv"));
        }
        Shell.Result validated = shell.execute("validate", "/demo/config.yaml");
        assertEquals(ExitCode.DONE, validated.code(), validated.err());
        assertEquals("/demo/config.yaml: ok\n", validated.out());
        GoldenFile.check("warnings/" + name + ".txt", validated.err());
        String strict =
                shell.execute("validate", "--strict", "/demo/config.yaml").failed(ExitCode.INPUT);
        assertEquals(validated.err().replace("warning", "error"), strict);
        Set<String> kinds = kinds(validated.err());
        assertTrue(!kinds.isEmpty(), validated.err());
        shell.file("config.yaml", text + "allow: " + kinds + "\n");
        Shell.Result allowed = shell.execute("validate", "/demo/config.yaml");
        assertEquals("", allowed.err());
    }

    private static Set<String> kinds(String shown) {
        Set<String> kinds = new TreeSet<>();
        Matcher matcher = ALLOW.matcher(shown);
        while (matcher.find()) {
            kinds.add(matcher.group(1));
        }
        return kinds;
    }
}
