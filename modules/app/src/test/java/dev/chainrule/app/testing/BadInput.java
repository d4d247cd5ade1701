package dev.chainrule.app.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.shell.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Collect mistakes of users, and check the message about each: a golden file holds the command and the answer. */
public final class BadInput {
    private final String golden;
    private final List<Case> cases = new ArrayList<>();

    /**
     * Create an empty collection.
     *
     * @param golden the folder of the golden files
     */
    public BadInput(String golden) {
        this.golden = golden;
    }

    private record Case(String name, int code, Consumer<Shell> before, List<String> args) {}

    /** Add a mistake of the input. */
    public BadInput add(String name, String... args) {
        return add(name, ExitCode.INPUT, shell -> {}, args);
    }

    /**
     * Add a mistake.
     *
     * @param before writes the files that it needs
     */
    public BadInput add(String name, int code, Consumer<Shell> before, String... args) {
        cases.add(new Case(name, code, before, List.of(args)));
        return this;
    }

    public int size() {
        return cases.size();
    }

    /** Return a test for each mistake; each finds the samples as they should be. */
    public Stream<DynamicTest> tests(Shell shell) {
        return cases.stream()
                .map(one -> DynamicTest.dynamicTest(one.name, () -> {
                    Samples.write(shell);
                    check(one, shell);
                }));
    }

    /** Require as many golden files as mistakes. */
    public void checkFiles() {
        assertEquals(cases.stream().map(Case::name).sorted().toList(), GoldenFile.names(golden, ".txt"));
    }

    private void check(Case one, Shell shell) {
        one.before.accept(shell);
        Shell.Result result = shell.execute(one.args.toArray(String[]::new));
        String err = result.failed(one.code);
        assertEquals("", result.out());
        String command =
                "$ java -jar pipeline.jar " + String.join(" ", one.args).replace("\0", "\\0");
        GoldenFile.check(golden + "/" + one.name + ".txt", command.stripTrailing() + "\n" + err);
    }
}
