package dev.chainrule.math.kernel.vector;

import dev.chainrule.math.FloatBytes;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.DoubleConvolution;
import dev.chainrule.math.kernel.DoubleElements;
import dev.chainrule.math.kernel.DoubleLanes;
import dev.chainrule.math.kernel.DoubleMasks;
import dev.chainrule.math.kernel.DoublePatches;
import dev.chainrule.math.kernel.DoublePooling;
import dev.chainrule.math.kernel.DoubleProduct;
import dev.chainrule.math.kernel.DoubleRows;
import dev.chainrule.math.kernel.FloatConvolution;
import dev.chainrule.math.kernel.FloatElements;
import dev.chainrule.math.kernel.FloatLanes;
import dev.chainrule.math.kernel.FloatMasks;
import dev.chainrule.math.kernel.FloatPatches;
import dev.chainrule.math.kernel.FloatPooling;
import dev.chainrule.math.kernel.FloatProduct;
import dev.chainrule.math.kernel.FloatRows;
import dev.chainrule.math.kernel.KernelParts;

/** The parts of kernels on the Vector API. Found by name, see {@link KernelParts}. */
public final class VectorKernelParts implements KernelParts {
    private VectorKernelParts() {}

    /** Return the parts, or null if vectors are too short to pay. */
    public static KernelParts ofThisMachine() {
        return Widths.pay() ? new VectorKernelParts() : null;
    }

    @Override
    public int vectorBits() {
        return Widths.SHAPE.vectorBitSize();
    }

    @Override
    public FloatProduct floatProduct(ThreadTeam team) {
        return new FloatVectorProduct(team);
    }

    @Override
    public DoubleProduct doubleProduct(ThreadTeam team) {
        return new DoubleVectorProduct(team);
    }

    @Override
    public FloatElements floatElements(ThreadTeam team) {
        return new FloatVectorElements(team);
    }

    @Override
    public DoubleElements doubleElements(ThreadTeam team) {
        return new DoubleVectorElements(team);
    }

    @Override
    public FloatRows floatRows(ThreadTeam team) {
        return new FloatVectorRows(team);
    }

    @Override
    public DoubleRows doubleRows(ThreadTeam team) {
        return new DoubleVectorRows(team);
    }

    @Override
    public FloatLanes floatLanes() {
        return new FloatVectorLanes();
    }

    @Override
    public DoubleLanes doubleLanes() {
        return new DoubleVectorLanes();
    }

    @Override
    public FloatMasks floatMasks(ThreadTeam team) {
        return new FloatVectorMasks(team);
    }

    @Override
    public DoubleMasks doubleMasks(ThreadTeam team) {
        return new DoubleVectorMasks(team);
    }

    @Override
    public FloatPatches floatPatches(ThreadTeam team) {
        return new FloatVectorPatches(team);
    }

    @Override
    public FloatPooling floatPooling(ThreadTeam team) {
        return new FloatVectorPooling(team);
    }

    @Override
    public DoublePatches doublePatches(ThreadTeam team) {
        return new DoubleVectorPatches(team);
    }

    @Override
    public DoublePooling doublePooling(ThreadTeam team) {
        return new DoubleVectorPooling(team);
    }

    @Override
    public FloatConvolution floatConvolution(ThreadTeam team) {
        return new FloatVectorConvolution(team, this);
    }

    @Override
    public DoubleConvolution doubleConvolution(ThreadTeam team) {
        return new DoubleVectorConvolution(team, this);
    }

    @Override
    public FloatBytes floatBytes() {
        return FloatSpecies.LANES < VectorBytes.LEAST_LANES ? KernelParts.super.floatBytes() : new VectorBytes();
    }
}
