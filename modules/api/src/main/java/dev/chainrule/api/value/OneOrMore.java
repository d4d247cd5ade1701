package dev.chainrule.api.value;

import java.util.List;

/**
 * A list that is written in YAML without brackets if it has one value: {@code from: dense_1}, or {@code from: [ dense_1, dense_2 ]}.
 *
 * @param <T> the type of the values: text, a number or an enum
 * @param values in the order of the list
 */
public record OneOrMore<T>(List<T> values) {
    /**
     * Copy the list.
     *
     * @param values in the order of the list
     */
    public OneOrMore {
        values = List.copyOf(values);
    }
}
