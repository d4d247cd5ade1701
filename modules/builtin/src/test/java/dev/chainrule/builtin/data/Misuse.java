package dev.chainrule.builtin.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/**
 * Hold one misuse and the text that users read.
 *
 * @param expected place, message, place in the config and notes, one a line; the test's folder is written DIR
 */
public record Misuse(String name, Executable code, String expected) {
    /** Run all misuses and compare every text; the count shows that none was lost. */
    public static void assertTexts(int count, Path folder, List<Misuse> misuses) {
        StringBuilder expected = new StringBuilder();
        StringBuilder received = new StringBuilder();
        for (Misuse misuse : misuses) {
            expected.append("# ")
                    .append(misuse.name)
                    .append('\n')
                    .append(misuse.expected.strip())
                    .append('\n');
            received.append("# ")
                    .append(misuse.name)
                    .append('\n')
                    .append(text(misuse.code, folder))
                    .append('\n');
        }
        assertEquals(expected.toString(), received.toString());
        assertEquals(count, misuses.size());
    }

    /** Return the message of the one exception that code throws. */
    public static String text(Executable code, Path folder) {
        RuntimeException e = assertThrows(RuntimeException.class, code);
        StringBuilder text = new StringBuilder();
        if (e instanceof InputException input) {
            input.file().ifPresent(file -> text.append(file).append(": "));
            text.append(input.getMessage()).append('\n');
            input.configPath().ifPresent(path -> text.append("at ").append(path).append('\n'));
            input.notes().forEach(note -> text.append(note).append('\n'));
        } else if (e instanceof ParameterException parameter) {
            text.append(parameter.getMessage()).append('\n');
            text.append(parameter.parameter()).append(": ").append(parameter.allowed());
        } else {
            throw new AssertionError("no message for users", e);
        }
        return text.toString().replace(folder.toString(), "DIR").strip();
    }
}
