package dev.chainrule.config.classfile;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The calls whose results differ on another machine, on another JDK or from one execution to the next. */
public final class Reproducibility {
    /**
     * Calls of one sort.
     *
     * @param what they depend on
     * @param calls written as {@link Call#target} returns them
     * @param advice what to do: a whole sentence
     */
    public record Rule(String what, Pattern calls, String advice) {
        Rule(String what, String advice, String... calls) {
            this(what, Pattern.compile(String.join("|", calls)), advice);
        }
    }

    /** The rules for all code of a run: it must not silently depend on any of these. */
    public static final List<Rule> RULES = List.of(
            new Rule(
                    "platform function",
                    "The last bits of its result differ between platforms: use dev.chainrule.math.Strict, or StrictMath.",
                    "java\\.lang\\.Math\\.(a?(sin|cos|tan)h?|atan2|exp|expm1|log|log10|log1p|pow|cbrt|hypot)\\(.*"),
            new Rule(
                    "order of a hash table",
                    "Its iteration order may change: use LinkedHashMap, TreeMap or a list, unless it is only "
                            + "used for lookups.",
                    "java\\.util\\.(concurrent\\.Concurrent|Identity|Weak)?Hash(Map|Set|table)\\.<init>\\(.*",
                    "java\\.util\\.(Map|Set)\\.(of|ofEntries|copyOf)\\(.+\\)",
                    "java\\.util\\.stream\\.Collectors\\.(toSet|toUnmodifiable(Set|Map)|groupingByConcurrent)\\(.*",
                    "java\\.util\\.stream\\.Collectors\\.(toMap|groupingBy)\\([^,]*(,[^,]*)?\\)"),
            new Rule(
                    "threads",
                    "The order of threads differs from run to run: no sum and no order may depend on it.",
                    ".*\\.(parallel|parallelStream|parallelPrefix|parallelSetAll|parallelSort)\\(.*"),
            new Rule(
                    "order of a folder",
                    "File systems list files in any order: sort the result.",
                    "java\\.nio\\.file\\.Files\\.(list|walk|find|newDirectoryStream|walkFileTree)\\(.*",
                    "java\\.io\\.File\\.list(Files)?\\(.*"),
            new Rule(
                    "default locale or charset",
                    "It depends on the user's settings: specify Locale.ROOT or StandardCharsets.UTF_8.",
                    "java\\.lang\\.String\\.(toLowerCase|toUpperCase|getBytes)\\(\\)",
                    "java\\.lang\\.String\\.(formatted\\(.*|format\\(java\\.lang\\.String,.*|<init>\\(\\[B\\))",
                    "java\\.io\\.(InputStreamReader|OutputStreamWriter)\\.<init>\\([^,]*\\)",
                    "java\\.io\\.(FileReader|FileWriter)\\.<init>\\([^,]*\\)",
                    "java\\.util\\.Locale\\.getDefault\\(.*",
                    "java\\.nio\\.charset\\.Charset\\.defaultCharset\\(.*"),
            new Rule(
                    "clock",
                    "Times differ from run to run: you may show them, but no learned value may depend on them.",
                    "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*",
                    "java\\.time\\..*\\.now\\(.*",
                    "java\\.time\\.Clock\\.system.*",
                    "java\\.time\\.ZoneId\\.systemDefault\\(.*",
                    "java\\.util\\.(Date|GregorianCalendar)\\.<init>\\(\\)",
                    "java\\.util\\.TimeZone\\.getDefault\\(.*"),
            new Rule(
                    "random generator",
                    "Its draws depend on earlier draws: take random numbers from the context "
                            + "(LayerContext.stream, Draws).",
                    "java\\.util\\.(Random|SplittableRandom)\\.<init>\\(.*",
                    "java\\.lang\\.Math\\.random\\(.*",
                    "java\\.util\\.concurrent\\.ThreadLocalRandom\\..*",
                    "java\\.security\\.SecureRandom\\..*",
                    "java\\.util\\.random\\..*",
                    "java\\.util\\.UUID\\.randomUUID\\(.*",
                    "java\\.util\\.Collections\\.shuffle\\(.*"),
            new Rule(
                    "machine or JDK",
                    "It differs between machines or JDKs: write numbers with dev.chainrule.math.Numbers.",
                    "java\\.lang\\.System\\.identityHashCode\\(.*",
                    "java\\.lang\\.Runtime\\.availableProcessors\\(.*",
                    "java\\.lang\\.(Double|Float)\\.toString\\(.*",
                    "java\\.lang\\.String\\.valueOf\\((double|float)\\)",
                    "java\\.lang\\.StringBuilder\\.append\\((double|float)\\)"));

    /** A rule for plugins only, since the program itself uses threads. */
    private static final Rule OWN_THREADS = new Rule(
            "threads",
            "The order of threads differs from run to run: no sum and no order may depend on it.",
            "java\\.lang\\.Thread\\.(<init>|start|ofVirtual|ofPlatform|startVirtualThread)\\(.*",
            "java\\.util\\.concurrent\\.(Executors\\.new.*|ForkJoinPool\\.(<init>|commonPool)\\(.*)",
            "java\\.util\\.concurrent\\.(ThreadPoolExecutor|ScheduledThreadPoolExecutor)\\.<init>\\(.*",
            "java\\.util\\.concurrent\\.CompletableFuture\\.(runAsync|supplyAsync)\\(.*");

    private Reproducibility() {}

    /** Return the rule that a plugin's call breaks. */
    public static Optional<Rule> broken(Call call) {
        String target = call.target();
        return RULES.stream()
                .filter(rule -> rule.calls().matcher(target).matches())
                .findFirst()
                .or(() -> Optional.of(OWN_THREADS)
                        .filter(rule -> rule.calls().matcher(target).matches()));
    }
}
