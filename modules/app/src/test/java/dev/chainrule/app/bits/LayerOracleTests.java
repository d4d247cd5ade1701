package dev.chainrule.app.bits;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compare networks of layers that compute in their own way with the computations of src/test/oracle/layers.py, windows.py,
 * positions.py and networks.py.
 */
class LayerOracleTests {
    @TestFactory
    Stream<DynamicTest> network_ofEachLayer_isTheOracles(@TempDir Path folder) {
        return new NetworkOracle("layers.json", 6).tests(folder);
    }

    @TestFactory
    Stream<DynamicTest> network_ofWindows_isTheOracles(@TempDir Path folder) {
        return new NetworkOracle("windows.json", 12).tests(folder);
    }

    @TestFactory
    Stream<DynamicTest> network_ofTargetsWithPositions_isTheOracles(@TempDir Path folder) {
        return new NetworkOracle("positions.json", 5).tests(folder);
    }

    @TestFactory
    Stream<DynamicTest> network_ofThePublishedKinds_isTheOracles(@TempDir Path folder) {
        return new NetworkOracle("networks.json", 4).tests(folder);
    }
}
