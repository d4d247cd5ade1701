package dev.chainrule.api.error;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTests {
    private static final List<String> NAMES =
            List.of("identity", "relu", "leaky_relu", "sigmoid", "softmax", "tanh", "l2");

    @ParameterizedTest
    @CsvSource({
        "sofmax, softmax",
        "Relu, relu",
        "tahn, tanh",
        "leaky-relu, leaky_relu",
        "LeakyReLU, leaky_relu",
        "l1, l2",
        "sigmod, sigmoid"
    })
    void nearest_misspelt_isFound(String received, String expected) {
        assertEquals(Optional.of(expected), Suggestion.nearest(received, NAMES));
    }

    @Test
    void nearest_severalEquallyNear_beginsAlike() {
        assertEquals(Optional.of("relu"), Suggestion.nearest("rlu", List.of("elu", "gelu", "relu")));
        assertEquals(Optional.of("elu"), Suggestion.nearest("lu", List.of("elu", "selu")));
    }

    @ParameterizedTest
    @CsvSource({"gelu_new, ''", "x, ''", "'', ''", "swish, ''"})
    void nearest_farFromAll_isNone(String received, String nothing) {
        assertEquals(Optional.empty(), Suggestion.nearest(received, NAMES));
    }

    @Test
    void distance_countsSwapAsOne() {
        assertEquals(1, Suggestion.distance("tahn", "tanh"));
        assertEquals(3, Suggestion.distance("kitten", "sitting"));
        assertEquals(4, Suggestion.distance("", "adam"));
    }
}
