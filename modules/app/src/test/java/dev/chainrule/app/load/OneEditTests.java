package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.EditorView;
import dev.chainrule.app.testing.ShippedConfigs;
import dev.chainrule.config.Problem;
import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.experiment.Experiment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Misspell every key, component and word of a choice in every shipped config: drop, double, swap, replace one letter at each place.
 *
 * <p>Every misspelling is rejected where it stands, by the program and by the schema, and nearly always the right name is
 * suggested. Edits that happen to be right again, such as l1 for l2, are listed. One of the four edits at each place
 * here, in turn, and few of the book's configs; all by make proof.
 */
final class OneEditTests {
    private static final int FEWEST_TOKENS = 500;
    private static final int FEWEST_MUTANTS = 24_000;
    /** The edits at each place of a name. */
    private static final int EDITS = 4;

    /** One config of each of the book's chapters: those of a chapter differ in numbers. */
    private static final Set<String> OF_THE_BOOK =
            Set.of("ch1-30.yaml", "ch3-30-l2.yaml", "ch5-4.yaml", "ch6-dropout.yaml");

    private static final double SUGGESTED = 0.95;
    private static final Pattern NAMED_METRIC = Pattern.compile("(?m)^metrics:.*(\\n +.*)*\\bname: ");
    private static final Set<String> LEGAL = Set.of(
            "relu → elu", "relu → celu", "relu → gelu", "test.mae → test.mse", "test.width.mae → test.width.mse");

    private final Registry registry = ShippedConfigs.registry();
    private final Binder binder = new Binder(registry);
    private final EditorView editor = new EditorView(ConfigSchema.json(registry));
    private final Random random = new Random(2);

    private final Set<String> legal = new LinkedHashSet<>();
    private final List<String> misplaced = new ArrayList<>();
    private final List<String> passedBySchema = new ArrayList<>();
    private final List<String> unsuggested = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private int tokens;
    private int unchanged;
    private int rejected;

    @Test
    void validate_sampleOfOneEditMutants_areRejectedAtTheirPlaceWithTheRightSuggestion() {
        check(
                1,
                file -> !file.getParent().endsWith("nielsen")
                        || OF_THE_BOOK.contains(file.getFileName().toString()));
    }

    @Test
    @Tag("proof")
    void validate_oneEditMutants_areRejectedAtTheirPlaceWithTheRightSuggestion() {
        check(EDITS, file -> true);
    }

    /** Make so many of the edits at each place of some files. */
    private void check(int atEachPlace, Predicate<Path> sample) {
        // A config that extends another one is not whole by itself.
        ShippedConfigs.files().stream()
                .filter(file -> !ShippedConfigs.text(file).contains("\nextends: "))
                .filter(sample)
                .forEach(file -> mutate(file, atEachPlace));
        double suggested = 1 - (double) unsuggested.size() / rejected;
        System.out.printf(
                "one-edit mutants: %d names, %d unchanged, %d legal %s, %d rejected (%d by the schema); "
                        + "at another place: %d, passed by the schema: %d, without the right suggestion: %d (%.2f %% with)%n",
                tokens,
                unchanged,
                legal.size(),
                legal,
                rejected,
                seen.size(),
                misplaced.size(),
                passedBySchema.size(),
                unsuggested.size(),
                100 * suggested);
        System.out.println("without the right suggestion: " + String.join(", ", new LinkedHashSet<>(unsuggested)));
        assertEquals(List.of(), misplaced);
        assertEquals(List.of(), passedBySchema);
        assertTrue(suggested >= SUGGESTED, suggested + " is too little");
        assertTrue(LEGAL.containsAll(legal) && !legal.isEmpty(), legal.toString());
        assertTrue(
                tokens >= FEWEST_TOKENS && rejected >= FEWEST_MUTANTS * atEachPlace / EDITS,
                tokens + " names, " + rejected + " mutants");
    }

    private void mutate(Path file, int atEachPlace) {
        String name = ShippedConfigs.FOLDER.relativize(file).toString();
        String text = ShippedConfigs.text(file);
        ConfigNode node = ConfigReader.read(name, text, new Problems()).orElseThrow();
        List<String> lines = text.lines().toList();
        for (NameTokens.Token token : NameTokens.of(node, Experiment.class, registry)) {
            tokens++;
            int line = token.mark().line() - 1;
            int start = lines.get(line).offsetByCodePoints(0, token.mark().column() - 1);
            int end = start + token.text().length();
            assertEquals(token.text(), lines.get(line).substring(start, end), "the place of a name in " + name);
            for (String misspelt : edits(token.text(), tokens, atEachPlace)) {
                List<String> changed = new ArrayList<>(lines);
                changed.set(
                        line,
                        lines.get(line).substring(0, start)
                                + misspelt
                                + lines.get(line).substring(end));
                judge(name, String.join("\n", changed) + "\n", token, misspelt);
            }
        }
    }

    private void judge(String file, String text, NameTokens.Token token, String misspelt) {
        Collection<Problem> problems = problems(file, text);
        String what =
                file + ":" + token.mark().line() + ":" + token.mark().column() + " " + token.text() + " → " + misspelt;
        if (problems.isEmpty()) {
            legal.add(token.text() + " → " + misspelt);
            return;
        }
        rejected++;
        List<Problem> here = problems.stream()
                .filter(problem -> problem.mark()
                        .filter(mark -> mark.line() == token.mark().line()
                                && mark.column() == token.mark().column())
                        .isPresent())
                .toList();
        if (here.isEmpty()) {
            misplaced.add(what + "\n"
                    + new ProblemPrinter(false).print(problems.iterator().next()));
        }
        String meant = "Did you mean '" + token.text() + "'?";
        if (here.stream().flatMap(problem -> problem.notes().stream()).noneMatch(note -> note.startsWith(meant))) {
            unsuggested.add(token.sort() + " " + token.text() + " → " + misspelt);
        }
        // Some configs share most of their lines, and the schema takes its time.
        boolean isNew =
                seen.add(text.lines().skip(token.mark().line() - 1L).findFirst().orElseThrow());
        if (isNew
                && !isOfAnOutput(token.text(), misspelt)
                && !isBesideANamedMetric(token.text(), text)
                && !editor.refuses(text)) {
            passedBySchema.add(what);
        }
    }

    /** Return whether the edit is in the name of an output, which its author chose and no schema can compare with another place. */
    private static boolean isOfAnOutput(String metric, String misspelt) {
        List<String> one = List.of(metric.split("\\."));
        List<String> other = List.of(misspelt.split("\\."));
        return one.size() == 3
                && other.size() == 3
                && one.get(0).equals(other.get(0))
                && one.get(2).equals(other.get(2));
    }

    /** Return whether the edit is in the name of a metric in a config that names one itself: no schema knows that name. */
    private static boolean isBesideANamedMetric(String name, String config) {
        return name.contains(".") && NAMED_METRIC.matcher(config).find();
    }

    private Collection<Problem> problems(String name, String text) {
        Problems problems = new Problems();
        ConfigReader.read(name, text, problems)
                .flatMap(node -> binder.bind(node, Experiment.class, problems))
                .ifPresent(bound -> UsedMetrics.check(bound, registry, problems));
        return problems.sorted();
    }

    /**
     * Return the results of one edit of a name, each once.
     *
     * @param turn decides which edits come first
     * @param atEachPlace how many are made there
     */
    private Set<String> edits(String name, int turn, int atEachPlace) {
        Set<String> edits = new LinkedHashSet<>();
        for (int i = 0; i < name.length(); i++) {
            String before = name.substring(0, i);
            String letter = name.substring(i, i + 1);
            String after = name.substring(i + 1);
            for (int edit = 0; edit < atEachPlace; edit++) {
                edits.add(
                        switch ((turn + i + edit) % EDITS) {
                            case 0 -> before + after;
                            case 1 -> before + letter + letter + after;
                            case 2 -> before + (char) ('a' + random.nextInt(26)) + after;
                            default -> after.isEmpty() ? name : before + after.charAt(0) + letter + after.substring(1);
                        });
            }
        }
        unchanged += edits.remove(name) ? 1 : 0;
        return edits;
    }
}
