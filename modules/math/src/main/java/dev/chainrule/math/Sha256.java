package dev.chainrule.math;

import java.util.Arrays;

/**
 * The hash function SHA-256 for short texts (NIST FIPS 180-4, sections 5.1.1 and 6.2). The first use of the platform's
 * implementation has to load its providers of cryptography, which takes as long as binding a config, and nothing here is
 * secret.
 */
final class Sha256 {
    private static final int BLOCK = 64;
    private static final int ROUNDS = 64;

    /** The first 32 bits of the fractions of the cube roots of the first 64 primes (section 4.2.2). */
    private static final int[] CUBE_ROOTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    /** The first 32 bits of the fractions of the square roots of the first 8 primes (section 5.3.3). */
    private static final int[] SQUARE_ROOTS = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private Sha256() {}

    /** Return the hash of a message as eight words, the most significant first. */
    static int[] hash(byte[] message) {
        byte[] padded = Arrays.copyOf(message, (message.length + 8) / BLOCK * BLOCK + BLOCK);
        padded[message.length] = (byte) 0x80;
        long bits = 8L * message.length;
        for (int i = 1; i <= 8; i++, bits >>>= 8) {
            padded[padded.length - i] = (byte) bits;
        }
        int[] state = SQUARE_ROOTS.clone();
        int[] words = new int[ROUNDS];
        for (int block = 0; block < padded.length; block += BLOCK) {
            schedule(padded, block, words);
            compress(words, state);
        }
        return state;
    }

    private static void schedule(byte[] padded, int block, int[] words) {
        for (int i = 0; i < 16; i++) {
            int at = block + 4 * i;
            words[i] = padded[at] << 24
                    | (padded[at + 1] & 0xff) << 16
                    | (padded[at + 2] & 0xff) << 8
                    | padded[at + 3] & 0xff;
        }
        for (int i = 16; i < ROUNDS; i++) {
            int x = words[i - 15];
            int y = words[i - 2];
            words[i] = words[i - 16]
                    + (Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3)
                    + words[i - 7]
                    + (Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ y >>> 10);
        }
    }

    /** The names are those of the standard. */
    private static void compress(int[] words, int[] state) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < ROUNDS; i++) {
            int t1 = h
                    + (Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25))
                    + (e & f ^ ~e & g)
                    + CUBE_ROOTS[i]
                    + words[i];
            int t2 = (Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22))
                    + (a & b ^ a & c ^ b & c);
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        int[] round = {a, b, c, d, e, f, g, h};
        for (int i = 0; i < round.length; i++) {
            state[i] += round[i];
        }
    }
}
