package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Elementwise;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.check.FaultyParts.Blend;
import dev.chainrule.engine.check.FaultyParts.Claim;
import dev.chainrule.engine.check.FaultyParts.Claiming;
import dev.chainrule.engine.check.FaultyParts.Dense;
import dev.chainrule.engine.check.FaultyParts.HalfSquare;
import dev.chainrule.engine.check.FaultyParts.Identity;
import dev.chainrule.engine.check.FaultyParts.LayerFault;
import dev.chainrule.engine.check.FaultyParts.Leaky;
import dev.chainrule.engine.check.FaultyParts.Place;
import dev.chainrule.engine.check.FaultyParts.Pull;
import dev.chainrule.engine.check.FaultyParts.Tampered;
import dev.chainrule.engine.check.FaultyParts.Tanh;
import dev.chainrule.engine.check.Tampering.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Put every kind of mistake at every place of a network, and see whether the check finds and names it. */
class FaultTests {
    private static final Dense FIRST = new Dense(4, new Tanh()).with(new Pull(2));
    private static final Blend SECOND = new Blend(LayerFault.NONE, Tampering.NONE);
    private static final Dense THIRD = new Dense(4, new Leaky(0.25));
    private static final Dense LAST = new Dense(3, new Tanh());

    /** Those that make another derivative times the same factor. */
    private static final List<Tampering> SCALINGS = List.of(
            Tampering.SIGN,
            Tampering.FACTOR_TWO,
            Tampering.FACTOR_PERCENT,
            Tampering.TIMES_BATCH,
            Tampering.OVER_BATCH,
            Tampering.MISSING);

    private final List<FaultCase> cases = new ArrayList<>();

    private void add(String kind, String equation, String layer, String cause, LayerSpec... model) {
        add(kind, equation, layer, cause, List.of(model), new HalfSquare());
    }

    private void add(String kind, String equation, String layer, String cause, List<LayerSpec> model, Loss loss) {
        cases.add(of(kind, equation, layer, cause, model, loss));
    }

    private static FaultCase of(
            String kind, String equation, String layer, String cause, List<LayerSpec> model, Loss loss) {
        List<NamedLayer> layers = model.stream()
                .map(spec -> new NamedLayer(Optional.empty(), spec))
                .toList();
        return new FaultCase(kind, equation, layer, cause, layers, loss, FaultCase.KERNELS);
    }

    private void tampered() {
        for (Tampering tampering : Tampering.values()) {
            String kind = tampering.kind();
            String cause = tampering.cause();
            boolean square = tampering.changes(4, 4);
            Loss half = new HalfSquare(false, tampering, Tampering.NONE, Tampering.NONE, new Memory());
            Loss fused = HalfSquare.fused(tampering, Tampering.NONE);
            if (tampering.changes(FaultCase.BATCH, 3)) {
                add(kind, "loss", "half_square", cause, List.of(FIRST, SECOND, THIRD, LAST), half);
                add(kind, "BP1", "dense_3", cause, List.of(FIRST, THIRD, LAST.with(new Identity())), fused);
                add(kind, "BP1", "dense_3", cause, FIRST, SECOND, THIRD, LAST.with(tampered(new Tanh(), tampering)));
            }
            if (tampering.changes(FaultCase.BATCH, 4)) {
                add(kind, "BP2", "dense_1", cause, FIRST.with(tampered(new Tanh(), tampering)), SECOND, THIRD, LAST);
                add(kind, "BP2", "dense_3", cause, FIRST, SECOND, THIRD, LAST.with(Place.PRODUCT, tampering));
                add(kind, "BP2", "dense_2", cause, FIRST, SECOND, THIRD.with(Place.PRODUCT, tampering), LAST);
                add(kind, "inputs", "blend_1", cause, FIRST, new Blend(LayerFault.INPUTS, tampering), THIRD, LAST);
            }
            if (tampering.changes(1, 4)) {
                add(kind, "BP3", "dense_1", cause, FIRST.with(Place.BIASES, tampering), SECOND, THIRD, LAST);
                add(kind, "BP3", "dense_3", cause, FIRST, SECOND, THIRD, LAST.with(Place.BIASES, tampering));
                add(
                        kind,
                        "parameters",
                        "blend_1",
                        cause,
                        FIRST,
                        new Blend(LayerFault.PARAMETERS, tampering),
                        THIRD,
                        LAST);
                add(
                        kind,
                        "parameters",
                        "blend_1",
                        cause,
                        FIRST,
                        THIRD,
                        new Blend(LayerFault.PARAMETERS, tampering),
                        LAST);
            }
            if (square) {
                add(kind, "BP4", "dense_1", "", FIRST.with(Place.WEIGHTS, tampering), SECOND, THIRD, LAST);
                add(kind, "BP4", "dense_3", cause, FIRST, SECOND, THIRD, LAST.with(Place.WEIGHTS, tampering));
            }
            if (square && tampering != Tampering.STALE && tampering != Tampering.ADDED) {
                Dense pulled = FIRST.with(new Pull(2, tampering, new Memory()));
                Dense pulledLast = LAST.with(new Pull(2, tampering, new Memory()));
                add(kind, "regularizer", "dense_1", "", pulled, SECOND, THIRD, LAST);
                add(
                        kind,
                        "regularizer",
                        "dense_3",
                        kind.endsWith("mean") ? "" : cause,
                        FIRST,
                        SECOND,
                        THIRD,
                        pulledLast);
            }
        }
    }

    /** Costs in one piece that are wrong, alone and together with a delta that is their very derivative. */
    private void fused() {
        List<LayerSpec> model = List.of(FIRST, SECOND, LAST.with(new Identity()));
        for (Tampering tampering : Tampering.values()) {
            // A stale value is the cost of the previous perturbation: every slope of it is wrong, and none of the
            // costs.
            if (tampering.changes(FaultCase.BATCH, 1) && tampering != Tampering.STALE) {
                Loss costs = HalfSquare.fused(Tampering.NONE, tampering);
                String cause = SCALINGS.contains(tampering) ? tampering.cause() : "";
                add(tampering.kind(), "fused", "half_square", cause, model, costs);
            }
        }
        for (Tampering tampering : SCALINGS) {
            Loss both = HalfSquare.fused(tampering, tampering);
            add(tampering.kind(), "fused", "half_square", tampering.cause(), model, both);
        }
    }

    private static Tampered tampered(Elementwise right, Tampering tampering) {
        return new Tampered(right, tampering, new Memory());
    }

    private void special() {
        claim("wrong point", "wrong point: at a", (right, z, a) -> right.derivative(a, right.value(a)));
        claim("wrong point", "wrong only where z is above 0", (right, z, a) -> z > 0 ? 1 : right.derivative(z, a));
        claim("wrong point", "wrong only where z is below 0", (right, z, a) -> z < 0 ? 1 : right.derivative(z, a));
        claim("wrong point", "", (right, z, a) -> right.derivative(z / 2, a));
        claim("missing term", "the factor σ′(z) is missing", (right, z, a) -> 1);
        claim("wrong point", "", (right, z, a) -> 1 - z * z);
        side("wrong side", "at -z instead of z", (right, z, a) -> right.derivative(-z, a));
        side("wrong side", "wrong only where z is below 0", (right, z, a) -> z > 0 ? 1 : 0.5);
        side("wrong side", "wrong only where z is above 0", (right, z, a) -> z > 0 ? 0.9 : 0.25);
        for (LayerFault fault : LayerFault.values()) {
            String kind = fault.name().startsWith("MASK")
                    ? "wrong mask"
                    : fault.name().startsWith("MEAN") ? "wrong batch mean" : "transposed";
            if (fault != LayerFault.NONE && fault != LayerFault.INPUTS && fault != LayerFault.PARAMETERS) {
                add(kind, "inputs", "blend_1", "", FIRST, new Blend(fault, Tampering.NONE), THIRD, LAST);
            }
        }
        Dense square = new Dense(4, new Tanh());
        Dense untransposed = square.with(Place.UNTRANSPOSED_PRODUCT, Tampering.NONE);
        add("transposed", "BP2", "dense_2", "δ·wᵀ", FIRST, untransposed, LAST);
        add("transposed", "BP2", "dense_3", "δ·wᵀ", FIRST, square, untransposed, LAST);
        Dense first = FIRST.with(Place.FIRST_EXAMPLE_OF_WEIGHTS, Tampering.NONE);
        add("off-by-one index", "BP4", "dense_1", "", first, SECOND, THIRD, LAST);
        Dense last = LAST.with(Place.FIRST_EXAMPLE_OF_WEIGHTS, Tampering.NONE);
        add("off-by-one index", "BP4", "dense_3", "the first example", FIRST, SECOND, THIRD, last);
        Dense biases = LAST.with(Place.LAST_EXAMPLE_OF_BIASES, Tampering.NONE);
        add("off-by-one index", "BP3", "dense_3", "the last example", FIRST, SECOND, THIRD, biases);
    }

    private void claim(String kind, String cause, Claim claim) {
        Claiming wrong = new Claiming(new Tanh(), claim);
        add(kind, "BP1", "dense_3", cause, FIRST, SECOND, THIRD, LAST.with(wrong));
        add(kind, "BP2", "dense_1", cause, FIRST.with(wrong), SECOND, THIRD, LAST);
    }

    private void side(String kind, String cause, Claim claim) {
        Claiming wrong = new Claiming(new Leaky(0.25), claim);
        add(kind, "BP1", "dense_3", cause, FIRST, SECOND, THIRD, LAST.with(wrong));
        add(kind, "BP2", "dense_2", cause, FIRST, SECOND, THIRD.with(wrong), LAST);
    }

    @Test
    void check_everyFault_isCaughtAndNamed() {
        tampered();
        fused();
        special();
        Map<String, Integer> equations = FaultCase.assertCaught("faults", cases);
        Map<String, Integer> kinds = new TreeMap<>();
        cases.forEach(one -> kinds.merge(one.kind(), 1, Integer::sum));
        System.out.println("their kinds: " + kinds);
        for (String equation :
                List.of("BP1", "BP2", "BP3", "BP4", "inputs", "parameters", "loss", "regularizer", "fused")) {
            assertTrue(equations.get(equation) >= 10, equation + ": " + equations);
        }
        kinds.forEach((kind, count) -> assertTrue(count >= 5, kind + ": " + kinds));
        assertEquals(11, kinds.size());
    }

    @Test
    void check_withoutFault_passes() {
        assertEquals(
                GradientReport.Verdict.PASSED,
                of("", "", "", "", List.of(FIRST, SECOND, THIRD, LAST), new HalfSquare())
                        .check()
                        .verdict());
    }
}
