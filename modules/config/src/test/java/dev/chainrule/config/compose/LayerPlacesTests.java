package dev.chainrule.config.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayerPlacesTests {
    private static final String CONFIG = """
            model:
              - flatten
              - { type: dense, units: 4 }
              - type: repeat
                times: 2
                layers: [ { type: residual, layers: [ dropout, { type: dense, units: 4 } ], shortcut: [ { type: dense, units: 4 } ] } ]
              - { type: parallel, name: fork, branches: { deep: [ flatten, { type: dense, units: 3, name: end } ], wide: [] } }
              - { type: dense, units: 2, name: last }
              - { type: dense, units: 1 }
            outputs:
              good: { layers: [ { type: dense, units: 2 } ], loss: quadratic }
              plain: { loss: quadratic }
            """;

    /** A layer with a name counts, too: the last is dense_3. */
    @ParameterizedTest
    @CsvSource({
        "dense_1.units, model[1].units",
        "flatten_1, model[0]",
        "last.activation.slope, model[4].activation.slope",
        "dense_3.units, model[5].units",
        "repeat_1.residual_1.dense_1.units, model[2].layers[0].layers[1].units",
        "repeat_1.residual_1.shortcut.dense_1.units, model[2].layers[0].shortcut[0].units",
        "repeat_1.residual_1.shortcut, model[2].layers[0].shortcut",
        "fork.deep.end.units, model[3].branches.deep[1].units",
        "fork.branches.deep.end.units, model[3].branches.deep[1].units",
        "fork.join, model[3].join",
        "fork.deep, model[3].deep",
        "good.dense_1.units, outputs.good.layers[0].units",
    })
    void of_nameOfALayer_givesItsPlace(String path, String place) throws ConfigPath.Malformed {
        assertEquals(Optional.of(place), LayerPlaces.of(config(), ConfigPath.parse(path), 0));
    }

    @ParameterizedTest
    @CsvSource({
        "dense_2.units",
        "residual_1.dense_1.units",
        "end.units",
        "type.units",
        "model.dense_1",
        "good.loss",
        "good"
    })
    void of_anotherName_givesNothing(String path) throws ConfigPath.Malformed {
        assertEquals(Optional.empty(), LayerPlaces.of(config(), ConfigPath.parse(path), 0));
    }

    private static ConfigNode.Mapping config() {
        return (ConfigNode.Mapping)
                ConfigReader.read("config", CONFIG, new Problems()).orElseThrow();
    }
}
