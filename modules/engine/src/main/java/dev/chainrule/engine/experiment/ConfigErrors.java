package dev.chainrule.engine.experiment;

import dev.chainrule.api.error.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The errors of parts that do not fit, collected so that users see all at once. */
public final class ConfigErrors {
    private final List<InputException> found = new ArrayList<>();

    public ConfigErrors() {}

    public void add(InputException error) {
        found.add(error);
    }

    /** Run a check and record the InputException that it throws. */
    public void check(Runnable check) {
        make(() -> {
            check.run();
            return true;
        });
    }

    /** Run the supplier; record an InputException that it throws and return empty. */
    public <T> Optional<T> make(Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (InputException e) {
            found.addAll(of(e));
            return Optional.empty();
        }
    }

    /**
     * Throw the recorded errors, if there are any.
     *
     * @throws InputException the first error, with the others suppressed
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            InputException first = found.get(0);
            List<InputException> known = of(first); // it may represent several
            found.stream().filter(error -> !known.contains(error)).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Return all errors that an exception represents. */
    public static List<InputException> of(InputException first) {
        return Stream.concat(
                        Stream.of(first),
                        Arrays.stream(first.getSuppressed())
                                .filter(InputException.class::isInstance)
                                .map(InputException.class::cast))
                .toList();
    }
}
