package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hold what a part of a run remembers between two steps, by name, so that a resumed run goes on with the same bits. What was put in
 * under a name is read under that name, as what it was put in.
 */
public final class State {
    private final SortedMap<String, String> texts = new TreeMap<>();
    private final SortedMap<String, Matrix> matrices = new TreeMap<>();

    /** Create a state of nothing. */
    public State() {}

    /**
     * Put in text.
     *
     * @param name of what is put in
     * @param text any
     * @return this
     */
    public State put(String name, String text) {
        texts.put(name, text);
        return this;
    }

    /**
     * Put in a whole number.
     *
     * @param name of what is put in
     * @param number any
     * @return this
     */
    public State put(String name, long number) {
        return put(name, Long.toString(number));
    }

    /**
     * Put in a number, exactly.
     *
     * @param name of what is put in
     * @param number any
     * @return this
     */
    public State put(String name, double number) {
        return put(name, Double.toHexString(number));
    }

    /**
     * Put in a matrix.
     *
     * @param name of what is put in
     * @param matrix what it holds when the call that asked for the state has returned is saved. Not modified.
     * @return this
     */
    public State put(String name, Matrix matrix) {
        matrices.put(name, matrix);
        return this;
    }

    /**
     * {@return whether there is a text or a number of that name}
     *
     * @param name as it was put in
     */
    public boolean has(String name) {
        return texts.containsKey(name);
    }

    /**
     * Return text.
     *
     * @param name as it was put in
     * @return what was put in
     * @throws InputException if there is none
     */
    public String text(String name) {
        String text = texts.get(name);
        if (text == null) {
            throw missing(name);
        }
        return text;
    }

    /**
     * Return a whole number.
     *
     * @param name as it was put in
     * @return what was put in
     * @throws InputException if there is none
     */
    public long whole(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw new InputException("saved '" + name + "' is '" + text(name) + "': a whole number is needed");
        }
    }

    /**
     * Return a number.
     *
     * @param name as it was put in
     * @return what was put in
     * @throws InputException if there is none
     */
    public double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new InputException("saved '" + name + "' is '" + text(name) + "': a number is needed");
        }
    }

    /**
     * Return a matrix.
     *
     * @param name as it was put in
     * @return what was put in
     * @throws InputException if there is none
     */
    public Matrix matrix(String name) {
        Matrix matrix = matrices.get(name);
        if (matrix == null) {
            throw missing(name);
        }
        return matrix;
    }

    /** {@return all texts and numbers, as text} */
    public SortedMap<String, String> texts() {
        return Collections.unmodifiableSortedMap(texts);
    }

    /** {@return all matrices} */
    public SortedMap<String, Matrix> matrices() {
        return Collections.unmodifiableSortedMap(matrices);
    }

    private static InputException missing(String name) {
        return new InputException("what was saved lacks '" + name + "'", "It was saved by another version.");
    }
}
