package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.engine.files.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The JSON object that a command prints instead of text: the format's version, the content, and the errors in its input as {@link
 * ProblemJson} writes them. Values of enums are words of the format; secrets are hidden in all other values.
 *
 * @param content keys and values
 * @param code the exit code
 */
record JsonAnswer(Map<String, Object> content, int code) {
    private static final int FORMAT = 1;

    /** Work that ends in an answer. */
    interface Question {
        /** Return the answer; empty if the work was interrupted. */
        Optional<JsonAnswer> answer() throws IOException;
    }

    /** Print only the answer on standard output and return the exit code; plugins' own output goes to standard error meanwhile. */
    static int print(Context context, Question question) throws IOException {
        PrintStream usual = System.out;
        System.setOut(context.err());
        try {
            Optional<JsonAnswer> answer = question.answer();
            answer.ifPresent(given -> print(context, given.content(), List.of()));
            return answer.map(JsonAnswer::code).orElse(ExitCode.DONE);
        } catch (ConfigException e) {
            return refuse(context, e.problems());
        } catch (InputException e) {
            Problems problems = new Problems();
            problems.add(Problem.of(e));
            return refuse(context, problems);
        } finally {
            System.setOut(usual);
        }
    }

    private static int refuse(Context context, Problems problems) {
        print(context, Map.of(), ProblemJson.of(context.secrets().hide(problems)));
        return ExitCode.INPUT;
    }

    private static void print(Context context, Map<String, Object> content, List<Map<String, Object>> problems) {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("format", FORMAT);
        content.forEach((key, value) -> whole.put(key, shown(value, context.secrets()::hide)));
        whole.put("problems", problems);
        context.out().print(Json.pretty(whole));
    }

    private static Object shown(Object value, UnaryOperator<String> hide) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> shown = new LinkedHashMap<>();
            map.forEach((key, inner) -> shown.put((String) key, shown(inner, hide)));
            return shown;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(item -> shown(item, hide)).toList();
        }
        if (value instanceof Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Number) {
            String digits = Json.line(value);
            String shown = hide.apply(digits);
            return shown.equals(digits) ? value : shown;
        }
        return value instanceof String text ? hide.apply(text) : value;
    }
}
