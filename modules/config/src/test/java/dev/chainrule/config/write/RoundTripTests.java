package dev.chainrule.config.write;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Kind;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.config.Problems;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.RegistryBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundTripTests {
    @Component("fixed")
    @Doc("One rate.")
    public record Fixed(
            @Doc("The rate.") @Default("0.1") double value,
            @Doc("Nothing.") Optional<String> note) implements Schedule {
        @Override
        public double rate(Progress progress) {
            return value;
        }
    }

    @Component("halved")
    @Doc("Half the rate written.")
    public record Halved(@Doc("Twice the rate.") double value) implements Schedule {
        public Halved {
            value /= 2;
        }

        @Override
        public double rate(Progress progress) {
            return value;
        }
    }

    @Component("picky")
    @Doc("A rate above 1, of which 1 is taken.")
    public record Picky(@Doc("The rate and 1.") double value) implements Schedule {
        public Picky {
            ParameterException.require(value > 1, "value", value, "above 1");
            value -= 1;
        }

        @Override
        public double rate(Progress progress) {
            return value;
        }
    }

    @Test
    void check_components_findsWhatDoesNotComeBack() {
        RegistryBuilder builder = new RegistryBuilder(new Problems());
        builder.add(Fixed.class, Origin.BUILT_IN);
        builder.add(Halved.class, Origin.BUILT_IN);
        builder.add(Picky.class, Origin.BUILT_IN);
        Registry registry = builder.build();
        assertEquals(Optional.empty(), RoundTrip.check(new Fixed(0.1, Optional.of("a: b")), Kind.SCHEDULE, registry));
        assertEquals(
                Optional.of("written as YAML and read again, Halved[value=0.5] becomes Halved[value=0.25]"),
                RoundTrip.check(new Halved(1), Kind.SCHEDULE, registry));
        assertEquals(
                Optional.of("written as YAML, it is not read again: value is 0.5"),
                RoundTrip.check(new Picky(1.5), Kind.SCHEDULE, registry));
    }
}
