package dev.chainrule.engine.assembly;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The names of metrics as other tools write them: {@code val_loss} is {@code validation.loss} here. */
public final class MetricNames {
    private static final String VALIDATION = "validation";
    private static final String TRAIN = "train";

    private MetricNames() {}

    /** Return the name that was probably meant, measured or not; the received one if none is known. */
    static String canonical(String received, Collection<String> measured) {
        String[] words = received.split("[._/-]", 2);
        Optional<String> part = words.length < 2 ? Optional.empty() : part(words[0]);
        List<String> parts = part.map(List::of).orElse(List.of(VALIDATION, TRAIN));
        String metric = part.isPresent() ? words[1] : received;
        Optional<String> found = parts.stream()
                .flatMap(each -> matching(each + "." + metric, measured).stream())
                .findFirst();
        return found.or(() -> part.map(each -> each + "." + metric)).orElse(received);
    }

    /** Return the measured name that was probably meant. */
    public static Optional<String> meant(String received, Collection<String> measured) {
        return Optional.of(canonical(received, measured)).filter(measured::contains);
    }

    /** Return the name itself, or the only one that begins with it, as accuracy begins with acc. */
    private static Optional<String> matching(String name, Collection<String> measured) {
        List<String> longer =
                measured.stream().filter(each -> each.startsWith(name)).toList();
        return measured.contains(name)
                ? Optional.of(name)
                : longer.stream().findFirst().filter(only -> longer.size() == 1);
    }

    private static Optional<String> part(String word) {
        return switch (word) {
            case "val", "valid", "dev", "eval", VALIDATION -> Optional.of(VALIDATION);
            case "training", TRAIN -> Optional.of(TRAIN);
            case "test" -> Optional.of(word);
            default -> Optional.empty();
        };
    }
}
