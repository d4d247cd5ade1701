package dev.chainrule.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogTests {
    private final System.Logger logger = System.getLogger("dev.chainrule.Sample");

    @TempDir
    private Path folder;

    @Test
    void log_whileAFileIsOpen_isWrittenThere() throws IOException {
        Path file = Files.writeString(folder.resolve("run.log"), "unfinished");
        RunLog open = RunLog.open(file);
        logger.log(System.Logger.Level.INFO, "{0} of {1}", 1, "two");
        logger.log(System.Logger.Level.INFO, "{0} and '' stay");
        logger.log(System.Logger.Level.DEBUG, "details");
        logger.log(System.Logger.Level.INFO, "a red \u001b[31m", new IllegalStateException("oh"));
        open.close();
        logger.log(System.Logger.Level.INFO, "too late");

        List<String> lines = Files.readAllLines(file);
        assertEquals(
                List.of(
                        "unfinished",
                        "INFO  Sample - 1 of two",
                        "INFO  Sample - {0} and '' stay",
                        "INFO  Sample - a red \\u001b[31m",
                        "java.lang.IllegalStateException: oh"),
                lines.stream()
                        .map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ", ""))
                        .limit(5)
                        .toList());
        assertTrue(lines.stream().skip(5).allMatch(line -> line.startsWith("\tat ")), lines::toString);
        assertTrue(lines.size() > 5, lines::toString);
    }

    @Test
    void isLoggable_withoutVerbose_isFromInfoOn() {
        assertEquals(
                List.of(System.Logger.Level.INFO, System.Logger.Level.WARNING, System.Logger.Level.ERROR),
                List.of(System.Logger.Level.values()).stream()
                        .filter(logger::isLoggable)
                        .toList());
    }
}
