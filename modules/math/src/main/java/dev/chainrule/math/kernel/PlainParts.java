package dev.chainrule.math.kernel;

import dev.chainrule.math.ThreadTeam;

/** The parts of kernels in plain Java. */
final class PlainParts implements KernelParts {
    static final PlainParts INSTANCE = new PlainParts();

    private PlainParts() {}

    @Override
    public FloatProduct floatProduct(ThreadTeam team) {
        return new FloatPlainProduct(team);
    }

    @Override
    public DoubleProduct doubleProduct(ThreadTeam team) {
        return new DoublePlainProduct(team);
    }

    @Override
    public FloatElements floatElements(ThreadTeam team) {
        return new FloatElements(team);
    }

    @Override
    public DoubleElements doubleElements(ThreadTeam team) {
        return new DoubleElements(team);
    }

    @Override
    public FloatRows floatRows(ThreadTeam team) {
        return new FloatRows(team);
    }

    @Override
    public DoubleRows doubleRows(ThreadTeam team) {
        return new DoubleRows(team);
    }

    @Override
    public FloatLanes floatLanes() {
        return new FloatLanes();
    }

    @Override
    public DoubleLanes doubleLanes() {
        return new DoubleLanes();
    }

    @Override
    public FloatMasks floatMasks(ThreadTeam team) {
        return new FloatMasks(team);
    }

    @Override
    public DoubleMasks doubleMasks(ThreadTeam team) {
        return new DoubleMasks(team);
    }

    @Override
    public FloatPatches floatPatches(ThreadTeam team) {
        return new FloatPatches(team);
    }

    @Override
    public FloatPooling floatPooling(ThreadTeam team) {
        return new FloatPooling(team);
    }

    @Override
    public DoublePatches doublePatches(ThreadTeam team) {
        return new DoublePatches(team);
    }

    @Override
    public DoublePooling doublePooling(ThreadTeam team) {
        return new DoublePooling(team);
    }
}
