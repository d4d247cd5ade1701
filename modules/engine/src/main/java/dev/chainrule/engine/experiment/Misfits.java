package dev.chainrule.engine.experiment;

import dev.chainrule.api.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Collect what does not fit, so that users see all of it at once. */
public final class Misfits {
    private final List<InputException> found = new ArrayList<>();

    public Misfits() {}

    public void add(InputException misfit) {
        found.add(misfit);
    }

    /** Check something, whose misfit is kept. */
    public void check(Runnable check) {
        make(() -> {
            check.run();
            return true;
        });
    }

    /** Make something; what does not fit is kept, and nothing returned. */
    public <T> Optional<T> make(Supplier<T> maker) {
        try {
            return Optional.of(maker.get());
        } catch (InputException e) {
            found.addAll(of(e));
            return Optional.empty();
        }
    }

    /**
     * Go on only if everything fits.
     *
     * @throws InputException the first misfit, with the others suppressed
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            InputException first = found.get(0);
            List<InputException> known = of(first); // it may have come with others
            found.stream().filter(misfit -> !known.contains(misfit)).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Return all misfits that an exception stands for. */
    public static List<InputException> of(InputException first) {
        return Stream.concat(
                        Stream.of(first),
                        Arrays.stream(first.getSuppressed())
                                .filter(InputException.class::isInstance)
                                .map(InputException.class::cast))
                .toList();
    }
}
