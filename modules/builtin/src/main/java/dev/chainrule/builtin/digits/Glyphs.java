package dev.chainrule.builtin.digits;

import java.util.List;

/**
 * The ways in which people write each digit, as strokes on a sheet of 100 × 100 with y pointing down.
 *
 * <p>A line of text is one way to write the digit; {@code /} lifts the pen. A stroke runs smoothly through its points,
 * {@code x,y}, and turns sharply at a point marked {@code x,y!}; see {@link Stroke}.
 */
final class Glyphs {
    private static final List<String> TEXTS = List.of(
            // 0: closed at the top, narrow, overlapping, with a hook inside, round
            """
            52,2 24,14 10,48 22,86 48,98 76,84 88,48 76,14 50,2
            50,2 32,16 26,50 34,86 50,98 66,84 74,50 66,14 46,3
            62,6 34,8 16,44 24,86 50,97 78,76 82,36 66,10 44,10
            40,8 20,40 24,82 52,98 80,72 80,30 60,4 40,6 34,16
            50,8 18,22 6,52 20,84 50,94 80,84 94,52 82,20 48,8
            """,
            // 1: a bar, a leaning bar, with a flag, with flag and foot, with a curved flag
            """
            50,0 50,50 50,100
            62,0 54,48 42,100
            28,24 54,0! 54,100
            30,22 52,2! 52,98 / 28,98 78,98
            34,18 48,12 56,0! 52,50 50,100
            """,
            // 2: flat base, with a loop, bent base, like a Z, with a curly tail
            """
            16,24 34,4 64,4 78,26 62,56 14,96! 86,96
            18,26 36,4 66,6 74,32 52,66 22,92 12,84 26,78 54,90 88,92
            20,18 46,2 74,16 72,42 44,72 12,98! 50,92 86,98
            18,14 50,4 80,12 58,52 16,94! 84,94
            14,30 30,6 60,2 80,22 66,52 30,82 16,96! 40,86 64,98 88,88
            """,
            // 3: notched, flat top, without a notch, with a loop in the middle, with a big belly
            """
            18,14 44,2 74,12 72,36 42,48! 76,58 80,84 48,99 14,86
            18,4 78,4! 44,42! 76,56 80,82 50,98 14,88
            20,16 50,2 76,20 58,44 44,48 66,54 84,74 58,98 16,90
            22,12 52,2 74,20 56,44 36,50 34,42 56,48 82,70 60,98 14,92
            26,16 48,4 68,16 60,34 40,42! 74,52 86,74 60,98 20,94 10,82
            """,
            // 4: open, closed, open and round, in one stroke, closed and leaning
            """
            24,2 14,54! 84,54 / 70,6 66,100
            64,100 64,0! 8,66! 92,66
            22,6 16,38 24,56 50,58 76,50 / 76,2 72,50 66,100
            20,4 14,46 38,58 74,44! / 78,4 74,44 68,100
            56,2 14,60! 84,62 / 68,34 60,100
            """,
            // 5: bar last, in one stroke, round shoulder, loose bar, like an S
            """
            28,4 22,44! 52,38 80,58 76,84 46,99 14,88 / 28,4 80,4
            82,4 30,4! 22,46! 54,40 82,62 70,92 38,99 12,86
            76,4 36,8! 28,42! 60,42 78,66 62,94 16,94
            32,12 26,46! 54,44 76,64 64,94 18,96 / 34,8 84,2
            78,6 46,4 28,22 40,42 68,54 78,76 56,98 18,90
            """,
            // 6: curved stem, straight stem, curled stem, small loop, big loop
            """
            68,2 36,22 16,62 28,94 60,98 80,76 64,54 34,58 20,76
            60,0 28,48 18,78 40,99 72,90 76,66 52,54 26,68
            76,10 52,4 26,32 16,68 36,98 68,94 78,68 54,52 24,66
            54,0 30,40 24,80 44,99 68,88 66,66 46,62 28,78
            62,4 24,34 10,68 34,98 74,94 88,66 60,42 22,56
            """,
            // 7: plain, with a bar, curved, with a serif, with serif and bar
            """
            14,6 84,6! 40,100
            14,6 84,6! 42,100 / 30,52 78,50
            14,14 44,8 82,8! 56,50 44,100
            14,22 16,6! 84,6! 62,44 48,100
            16,18 18,4! 82,4! 44,100 / 30,50 74,48
            """,
            // 8: from the top right, two rings, from the middle, open at the top, narrow
            """
            74,14 46,2 22,20 40,44 70,60 78,84 50,99 20,84 30,58 62,42 76,18 58,3
            50,2 26,14 30,40 50,46 72,36 70,12 48,2 / 50,46 20,62 24,92 50,98 78,90 78,60 48,46
            48,48 22,32 28,8 54,2 76,16 70,38 36,60 20,82 46,99 78,84 72,60 44,44
            76,6 38,4 24,24 50,48 78,72 56,98 22,86 34,58 80,10
            60,8 42,2 34,22 48,46 64,72 56,96 38,90 40,64 56,40 66,16 56,4
            """,
            // 9: straight stem, curved stem, leaning stem, bent stem, open loop
            """
            76,22 52,2 24,14 22,42 48,54 76,24! 72,100
            78,16 50,2 22,22 28,50 60,48 78,18 76,60 58,94 24,94
            72,14 44,4 22,26 36,50 66,38 76,8! 48,100
            70,30 54,4 30,14 30,44 56,46 72,18 72,66 66,100
            72,10 40,6 20,30 40,52 70,36 78,10! 70,100
            """);

    /** The ways to write each digit: the first index is the digit, then the way, then the stroke. */
    static final List<List<List<Stroke>>> ALL =
            TEXTS.stream().map(Glyphs::variants).toList();

    private Glyphs() {}

    private static List<List<Stroke>> variants(String text) {
        return text.lines().map(Glyphs::strokes).toList();
    }

    private static List<Stroke> strokes(String line) {
        return List.of(line.split(" / ")).stream().map(Stroke::parse).toList();
    }
}
