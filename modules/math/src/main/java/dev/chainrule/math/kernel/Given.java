package dev.chainrule.math.kernel;

/**
 * The null checks of arguments, made before anything is modified. Names and values alternate, without a varargs array: a warm
 * call allocates nothing.
 */
final class Given {
    private Given() {}

    static void require(String name, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is null");
        }
    }

    static void require(String firstName, Object first, String secondName, Object second) {
        require(firstName, first);
        require(secondName, second);
    }

    static void require(
            String firstName, Object first, String secondName, Object second, String thirdName, Object third) {
        require(firstName, first, secondName, second);
        require(thirdName, third);
    }

    static void require(
            String firstName,
            Object first,
            String secondName,
            Object second,
            String thirdName,
            Object third,
            String fourthName,
            Object fourth) {
        require(firstName, first, secondName, second, thirdName, third);
        require(fourthName, fourth);
    }

    static void require(
            String firstName,
            Object first,
            String secondName,
            Object second,
            String thirdName,
            Object third,
            String fourthName,
            Object fourth,
            String fifthName,
            Object fifth) {
        require(firstName, first, secondName, second, thirdName, third, fourthName, fourth);
        require(fifthName, fifth);
    }
}
