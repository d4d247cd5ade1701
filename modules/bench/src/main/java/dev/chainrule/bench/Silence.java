package dev.chainrule.bench;

import dev.chainrule.api.training.Console;

/** A console that shows nothing. */
final class Silence implements Console {
    @Override
    public boolean live() {
        return false;
    }

    @Override
    public int width() {
        return 80;
    }

    @Override
    public void line(String text) {}

    @Override
    public void status(String text) {}
}
