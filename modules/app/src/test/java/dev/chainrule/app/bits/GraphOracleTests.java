package dev.chainrule.app.bits;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compare networks with branches, joins, shared layers and named inputs with the computation of src/test/oracle/graphs.py. */
class GraphOracleTests {
    @TestFactory
    Stream<DynamicTest> network_ofEachShape_isTheOracles(@TempDir Path folder) {
        return new NetworkOracle("graphs.json", 19).tests(folder);
    }

    @TestFactory
    Stream<DynamicTest> network_inShards_isTheOracles(@TempDir Path folder) {
        return new NetworkOracle("graphs.json", 19).tests(folder, 3);
    }
}
