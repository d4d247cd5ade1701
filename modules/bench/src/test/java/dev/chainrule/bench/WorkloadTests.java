package dev.chainrule.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.bench.measure.Workload;
import org.junit.jupiter.api.Test;

/** Hold how operations are counted, which every share of a peak rests on. */
final class WorkloadTests {
    /** By hand: forward and xᵀ·delta of both layers, delta·wᵀ of the second; 2·(3·4·2 + 4·5·3). */
    @Test
    void flops_twoLayers_countsFiveProducts() {
        assertEquals(168, Workload.flops(3, 4, 5));
    }

    @Test
    void flops_oneLayer_countsTwoProducts() {
        assertEquals(2 * 3 * 4 * 2, Workload.flops(3, 4));
    }

    /** By hand: 25·20·24² twice, then 500·40·8², 640·100 and 100·10 three times, each fma as two. */
    @Test
    void flops_convolutions_countEveryPosition() {
        assertEquals(9_222_000, Workload.W3.flops());
    }
}
