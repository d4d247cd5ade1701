package dev.chainrule.builtin.data.table;

import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.WordOr;
import java.util.List;
import java.util.Optional;

/** The form in which the cells of a column become inputs, if it is another than numbers or one input for each name. */
@Doc("The form in which the cells of a column become inputs.")
public record ColumnForm(
        @Doc(
                "ordinal: one input, the number of the name, from 0. Layers and transforms such as embed and target_mean read it.")
        Kind as,

        @Doc("All names of an ordinal column, in order; by default those of the training file, by code point.")
        Optional<List<String>> order) {
    /** The kinds of forms. */
    public enum Kind {
        /** One input: the number of the name. */
        ORDINAL
    }

    public ColumnForm {
        order.ifPresent(names -> {
            ParameterException.require(names.size() > 1, "order", names, "two names or more");
            ParameterException.require(
                    names.stream().distinct().count() == names.size(), "order", names, "distinct names");
        });
        order = order.map(List::copyOf);
    }

    /** Return the form that a config writes, as a word or with more keys. */
    static ColumnForm of(WordOr<Kind, ColumnForm> written) {
        return written.value().orElseGet(() -> new ColumnForm(written.word().orElseThrow(), Optional.empty()));
    }
}
