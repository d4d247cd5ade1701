package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.ShippedConfigs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test that everything that the documents name exists: files, headings, types, methods, targets of make, commands and options. Their
 * complete configs are valid.
 */
final class DocumentsTests {
    private static final List<Document> DOCUMENTS = Document.all();
    private static final Pattern LINK = Pattern.compile("(?:\\]\\(|(?m:^\\[[^\\]]+\\]: ))([^)\\s]+)");
    private static final Pattern REFERENCE = Pattern.compile("(?<!\\p{L})\\[([A-Z]\\w+|[a-z]+)\\](?![(\\w])");
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w/.*~-])((?:configs|docs|modules|plugins|tools|\\.ci|\\.github)/[\\w./*-]*)");
    /** Files that a build or a user makes. */
    private static final Pattern MADE = Pattern.compile(".*/target/.*|plugins/swish-1\\.0\\.jar");

    private static final Pattern NAME =
            Pattern.compile("([A-Z]\\w*[a-z]\\w*(?:\\.\\w+)*)(?:\\(.*\\))?(?<!\\.(?:md|java|jar|json))");
    private static final Pattern METHOD = Pattern.compile("\\[([A-Z]\\w+)\\] `\\.(\\w+)`");
    /** Names of other programs, and words that only look like types. */
    private static final Set<String> FOREIGN = Set.of("MultiLayerNetwork.fit", "NaN", "True", "VmHWM");

    private static final Pattern MAKE = Pattern.compile("make ([a-z-]+).*");
    private static final Pattern VARIABLE = Pattern.compile("\\b([A-Z]+)=");
    private static final Pattern OPTION = Pattern.compile("(--[a-z-]+).*");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
    /** The sections of a complete config. */
    private static final Pattern SECTION = Pattern.compile("(?m)^(?:data|model|optimizer):");

    /** A message as the program prints it: the file, the line with its number, and the text of that line. */
    private static final Pattern MESSAGE = Pattern.compile(
            "(?m)^    (\\S+\\.yaml):(\\d+):\\d+: (?:error|warning): .*\n {4,}\\d+ \\| (.*)\n(?: {4}.+\n)+");
    /** The lines in front of the model of a config that a document invents. */
    private static final String INVENTED = """
            data: { train: { type: digits } }
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 1 }
            """;

    private static final int SECTIONS = 3;
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final String CONFIGS = InProcess.ROOT.resolve("configs").toString();

    @Test
    void links_all_leadToFilesAndHeadings() {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Document document : DOCUMENTS) {
            for (MatchResult link : Document.find(LINK, document.prose()).toList()) {
                count++;
                String[] target = link.group(1).split("#", 2);
                Path file =
                        target[0].isEmpty() ? document.file() : document.file().resolveSibling(target[0]);
                boolean right = link.group(1).startsWith("https://")
                        || Files.exists(file) && (target.length == 1 || hasHeading(file.normalize(), target[1]));
                if (!right) {
                    wrong.add(document.says(link.group(1)));
                }
            }
        }
        assertNone(wrong, count, 150);
    }

    @Test
    void references_all_areDefinedOnceUsedAndNamedAsTheirFiles() {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Document document : DOCUMENTS) {
            Set<String> used = Document.names(REFERENCE, document.words());
            Set<String> defined = new TreeSet<>();
            for (MatchResult definition :
                    Document.find(Document.DEFINITION, document.prose()).toList()) {
                count++;
                String label = definition.group(1);
                String file = Path.of(definition.group(2)).getFileName().toString();
                if (!defined.add(label) || file.endsWith(".java") && !file.equals(label + ".java")) {
                    wrong.add(document.says(definition.group()));
                }
            }
            Set<String> undefined = new TreeSet<>(used);
            undefined.removeAll(defined);
            defined.removeAll(used);
            undefined.forEach(label -> wrong.add(document.says("[" + label + "] leads nowhere")));
            defined.forEach(label -> wrong.add(document.says("nothing leads to [" + label + "]")));
        }
        assertNone(wrong, count, 80);
    }

    @Test
    void paths_all_exist() {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Document document : DOCUMENTS) {
            for (MatchResult found : Document.find(PATH, document.text()).toList()) {
                String path = found.group(1).replaceFirst("[.-]+$", "");
                count++;
                if (!MADE.matcher(path).matches()
                        && !path.contains("*")
                        && !Files.exists(InProcess.ROOT.resolve(path))) {
                    wrong.add(document.says(path));
                }
            }
        }
        assertNone(wrong, count, 80);
    }

    @Test
    void typesAndMembers_all_exist() {
        SourceTypes types = new SourceTypes();
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Document document : DOCUMENTS) {
            List<String> names = new ArrayList<>();
            document.spans().stream()
                    .map(NAME::matcher)
                    .filter(Matcher::matches)
                    .forEach(name -> names.add(name.group(1)));
            Document.find(METHOD, document.prose())
                    .forEach(method -> names.add(method.group(1) + "." + method.group(2)));
            names.removeAll(FOREIGN);
            count += names.size();
            names.stream()
                    .filter(name -> !types.exists(name))
                    .map(document::says)
                    .forEach(wrong::add);
        }
        assertNone(wrong, count, 120);
    }

    @Test
    void targetsOfMake_namedAndListed_areTheSame() {
        String makefile = ShippedConfigs.text(InProcess.ROOT.resolve("Makefile"));
        Set<String> listed = Document.names(Pattern.compile("(?m)^([a-z-]+):.*## "), makefile);
        Set<String> named = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        for (Document document : DOCUMENTS) {
            for (String code : document.codes()) {
                Matcher make = MAKE.matcher(code);
                if (make.matches()) {
                    named.add(make.group(1));
                    Document.names(VARIABLE, code).stream()
                            .filter(variable -> !makefile.contains("\n" + variable + " :="))
                            .forEach(variable -> wrong.add(document.says("no variable " + variable + " of make")));
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertEquals(listed, named);
    }

    @Test
    void commandsAndOptions_all_exist() {
        DocumentedCommands commands = new DocumentedCommands();
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Document document : DOCUMENTS) {
            for (String code : document.codes()) {
                Matcher option = OPTION.matcher(code);
                if (option.matches() && !option.group(1).equals("--add-modules")) {
                    count++;
                    if (!commands.knows(option.group(1))) {
                        wrong.add(document.says("no option " + option.group(1)));
                    }
                }
                DocumentedCommands.arguments(code)
                        .flatMap(commands::fault)
                        .ifPresent(fault -> wrong.add(document.says(code + ": " + fault)));
                count += DocumentedCommands.arguments(code).isPresent() ? 1 : 0;
            }
        }
        assertNone(wrong, count, 120);
    }

    @Test
    void commandsWithTwoProcesses_inTheirDocument_areThoseThatCompute() {
        String launcher = ShippedConfigs.text(InProcess.ROOT.resolve("docs/LAUNCHER.md"));
        String list = Document.names(Pattern.compile("(?s)commands that compute\\s\\((.*?)\\)"), launcher)
                .first();
        assertEquals(
                KnownCommand.names().stream()
                        .filter(name -> Request.of(name).computes())
                        .sorted()
                        .toList(),
                List.copyOf(Document.names(Pattern.compile("`([\\w-]+)`"), list)));
    }

    @Test
    void configs_complete_areValid(@TempDir Path folder) {
        Shell shell = new Shell(folder);
        int count = 0;
        for (Document document : DOCUMENTS) {
            for (MatchResult block : Document.find(YAML, document.text()).toList()) {
                if (Document.find(SECTION, block.group(1)).count() == SECTIONS) {
                    count++;
                    shell.file("documented.yaml", block.group(1));
                    shell.done("validate", "--strict", "/demo/documented.yaml", "--data-dir", CONFIGS);
                }
            }
        }
        assertTrue(count >= 2, "only " + count + " were found");
    }

    @Test
    void packages_ofTheArchitecture_areThoseOfEachModule() throws IOException {
        String text = ShippedConfigs.text(InProcess.ROOT.resolve("docs/ARCHITECTURE.md"));
        String table = text.substring(text.indexOf("| module | packages |"));
        for (MatchResult row : Document.find(
                        Pattern.compile("(?m)^\\| (\\w+) \\| (.*) \\|$"), table.substring(0, table.indexOf("\n\n")))
                .toList()) {
            String module = row.group(1);
            Path sources = InProcess.ROOT.resolve("modules/" + module + "/src/main/java/dev/chainrule");
            if (Files.isDirectory(sources)) {
                Set<String> named = new TreeSet<>();
                Document.names(SPAN, row.group(2)).forEach(name -> named.add(name.replaceFirst(module + "\\.?", "")));
                named.add("");
                assertEquals(packages(sources.resolve(module)), named, module);
            }
        }
    }

    /** Return the packages below a folder, by the rest of their names. */
    private static Set<String> packages(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> folder.relativize(file.getParent()).toString().replace(File.separatorChar, '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void messages_shown_areThoseOfTheProgram(@TempDir Path folder) {
        Shell shell = new Shell(folder);
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (Document document : DOCUMENTS) {
            for (MatchResult message : Document.find(MESSAGE, document.text()).toList()) {
                count++;
                String name = message.group(1);
                shell.file(name, config(name, Integer.parseInt(message.group(2)), message.group(3)));
                String printed =
                        shell.execute("validate", Shell.DEMO + "/" + name).err();
                if (!printed.replace(Shell.DEMO + "/", "")
                        .contains(message.group().indent(-4))) {
                    wrong.add(document.says(message.group() + "but the program says\n" + printed));
                }
            }
        }
        assertNone(wrong, count, 4);
    }

    /** Return the shipped config of that name with one line replaced, or else one whose model ends at that line. */
    private static String config(String name, int number, String line) {
        Path shipped = InProcess.ROOT.resolve(name);
        if (Files.exists(shipped)) {
            List<String> lines =
                    new ArrayList<>(ShippedConfigs.text(shipped).lines().toList());
            lines.set(number - 1, line);
            return String.join("\n", lines);
        }
        int before = number - 2 - (int) INVENTED.lines().count();
        return INVENTED + "model:\n" + "  - { type: dense, units: 30, activation: relu }\n".repeat(before) + line
                + "\n";
    }

    private static boolean hasHeading(Path file, String anchor) {
        return DOCUMENTS.stream()
                .anyMatch(document ->
                        document.file().equals(file) && document.anchors().contains(anchor));
    }

    private static void assertNone(List<String> wrong, int count, int fewest) {
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
        assertTrue(count >= fewest, "only " + count + " were found");
    }
}
