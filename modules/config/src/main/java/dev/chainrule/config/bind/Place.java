package dev.chainrule.config.bind;

import dev.chainrule.config.Mark;

/**
 * The place of a value that is being bound.
 *
 * @param path in the config, {@code model[2].units}; empty for the whole
 * @param mark where a problem of the value as a whole is shown
 * @param standsForChild whether the value was written for its first parameter, as a bare number is
 */
public record Place(String path, Mark mark, boolean standsForChild) {
    Place(String path, Mark mark) {
        this(path, mark, false);
    }

    Place key(String key, Mark place) {
        return standsForChild ? this : new Place(path.isEmpty() ? key : path + "." + key, place);
    }

    Place item(int index, Mark place) {
        return new Place(path + "[" + index + "]", place);
    }

    Place at(Mark place) {
        return new Place(path, place, standsForChild);
    }

    Place standingForChild() {
        return new Place(path, mark, true);
    }
}
