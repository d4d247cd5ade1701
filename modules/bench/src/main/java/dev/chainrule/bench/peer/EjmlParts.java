package dev.chainrule.bench.peer;

import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.DoubleElements;
import dev.chainrule.math.kernel.DoubleLanes;
import dev.chainrule.math.kernel.DoubleMasks;
import dev.chainrule.math.kernel.DoublePatches;
import dev.chainrule.math.kernel.DoublePooling;
import dev.chainrule.math.kernel.DoubleProduct;
import dev.chainrule.math.kernel.DoubleRows;
import dev.chainrule.math.kernel.FloatElements;
import dev.chainrule.math.kernel.FloatLanes;
import dev.chainrule.math.kernel.FloatMasks;
import dev.chainrule.math.kernel.FloatPatches;
import dev.chainrule.math.kernel.FloatPooling;
import dev.chainrule.math.kernel.FloatProduct;
import dev.chainrule.math.kernel.FloatRows;
import dev.chainrule.math.kernel.KernelParts;

/** The parts of this project's kernels, except that products in float32 are EJML's. */
public final class EjmlParts implements KernelParts {
    private final KernelParts ours = KernelParts.vector().orElse(KernelParts.plain());

    private EjmlParts() {}

    /** Return the kernels of an experiment. */
    public static Kernels kernels(Experiment experiment, ThreadTeam team) {
        return new EjmlParts().kernels(experiment.precision(), team);
    }

    @Override
    public FloatProduct floatProduct(ThreadTeam team) {
        return new EjmlProduct(team);
    }

    @Override
    public DoubleProduct doubleProduct(ThreadTeam team) {
        return ours.doubleProduct(team);
    }

    @Override
    public FloatElements floatElements(ThreadTeam team) {
        return ours.floatElements(team);
    }

    @Override
    public DoubleElements doubleElements(ThreadTeam team) {
        return ours.doubleElements(team);
    }

    @Override
    public FloatRows floatRows(ThreadTeam team) {
        return ours.floatRows(team);
    }

    @Override
    public DoubleRows doubleRows(ThreadTeam team) {
        return ours.doubleRows(team);
    }

    @Override
    public FloatLanes floatLanes() {
        return ours.floatLanes();
    }

    @Override
    public DoubleLanes doubleLanes() {
        return ours.doubleLanes();
    }

    @Override
    public FloatMasks floatMasks(ThreadTeam team) {
        return ours.floatMasks(team);
    }

    @Override
    public DoubleMasks doubleMasks(ThreadTeam team) {
        return ours.doubleMasks(team);
    }

    @Override
    public FloatPatches floatPatches(ThreadTeam team) {
        return ours.floatPatches(team);
    }

    @Override
    public FloatPooling floatPooling(ThreadTeam team) {
        return ours.floatPooling(team);
    }

    @Override
    public DoublePatches doublePatches(ThreadTeam team) {
        return ours.doublePatches(team);
    }

    @Override
    public DoublePooling doublePooling(ThreadTeam team) {
        return ours.doublePooling(team);
    }
}
