package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prove that augmentation changes training batches, for any number of threads and after a resumption, and nothing else. */
final class AugmentedRunTests {
    private static final String CONFIG = """
            name: masks
            seed: 3
            data:
              train: { type: shapes, count: 20, size: 24 }
              validation: { count: 5 }
              transforms: [ { type: scale, by: 1/255 } ]
              augmentation: [ AUGMENTATION ]
              batch_size: 15
            model:
              - { type: conv, filters: 3, size: 3, padding: same, activation: tanh }
              - { type: conv, filters: 3, size: 1, activation: softmax }
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: RATE }
            training: { epochs: 2 }
            hooks: [ { type: checkpoint, every: 1 step, keep: 100 } ]
            allow: [ nothing_learns ]
            """;

    private static final String ALL = "flip, { type: flip, direction: vertical }, { type: shift, by: 3 },"
            + " { type: cutout, size: 5 }, { type: brightness, by: 0.1 }, { type: contrast, by: 0.2 }, { type: noise, std: 0.1 },"
            + " { type: rotate, degrees: 20 }, { type: zoom, from: 0.9, to: 1.2 }, crop, { type: elastic, alpha: 8 }, expand";

    @TempDir
    private Path folder;

    private Shell shell(String augmentation, String rate) {
        return new Shell(folder)
                .file("masks.yaml", CONFIG.replace("AUGMENTATION", augmentation).replace("RATE", rate));
    }

    private static byte[] bytes(Shell shell, String file) throws IOException {
        return Files.readAllBytes(shell.at(file));
    }

    @Test
    void run_anyNumberOfThreads_trainsTheSameBits() throws IOException {
        Shell shell = shell(ALL, "0.1");
        for (String threads : List.of("1", "2", "3")) {
            shell.done("/demo/masks.yaml", "--run-dir", "/demo/run" + threads, "--threads", threads, "--quiet");
        }
        shell.done("verify", "/demo/run2");
        for (String file : List.of("chain.jsonl", "steps.bin", "metrics.jsonl", "model.safetensors")) {
            assertArrayEquals(bytes(shell, "run1/" + file), bytes(shell, "run2/" + file), file);
            assertArrayEquals(bytes(shell, "run1/" + file), bytes(shell, "run3/" + file), file);
        }
        shell("", "0.1");
        shell.done("/demo/masks.yaml", "--run-dir", "/demo/plain", "--quiet");
        assertFalse(Arrays.equals(bytes(shell, "run1/steps.bin"), bytes(shell, "plain/steps.bin")));
    }

    @Test
    void resume_inTheMiddleOfAnEpoch_endsWithTheSameBytes() throws IOException {
        Shell shell = shell(ALL, "0.1");
        shell.done("/demo/masks.yaml", "--run-dir", "/demo/whole", "--quiet");
        List<String> checkpoints;
        try (Stream<Path> files = Files.list(shell.at("whole/checkpoints"))) {
            checkpoints =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertTrue(checkpoints.contains("step-00000005.safetensors"), checkpoints::toString);
        for (String checkpoint : checkpoints) {
            shell.copy("whole", "again");
            shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint);
            assertArrayEquals(
                    bytes(shell, "whole/model.safetensors"), bytes(shell, "again/model.safetensors"), checkpoint);
            assertArrayEquals(bytes(shell, "whole/steps.bin"), bytes(shell, "again/steps.bin"), checkpoint);
            shell.delete("again");
        }
    }

    private static final String SHARDED = """
            name: digits
            seed: 3
            data:
              train: { type: digits, count: 20 }
              transforms: [ { type: scale, by: 1/255 } ]
              augmentation: [ { type: shift, by: 3 }, { type: rotate, degrees: 20 }, mixup, expand ]
              batch_size: 15
            model:
              - { type: conv, filters: 2, size: 5, stride: 4, activation: tanh }
              - { type: dense, units: 10, activation: softmax }
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: RATE }
            training: { epochs: 2, shards: SHARDS }
            hooks: [ { type: checkpoint, every: 1 step, keep: 100 } ]
            allow: [ nothing_learns ]
            """;

    private Shell sharded(String rate, String shards) {
        return new Shell(folder)
                .file("digits.yaml", SHARDED.replace("RATE", rate).replace("SHARDS", shards));
    }

    @Test
    void run_inShards_trainsTheSameBitsWithAnyThreadsAndResumed() throws IOException {
        Shell shell = sharded("0.1", "4");
        for (String threads : List.of("1", "2", "3")) {
            shell.done("/demo/digits.yaml", "--run-dir", "/demo/run" + threads, "--threads", threads, "--quiet");
        }
        shell.copy("run1", "again");
        shell.done("run", "--resume", "/demo/again/checkpoints/step-00000007.safetensors", "--threads", "2");
        for (String file : List.of("chain.jsonl", "steps.bin", "metrics.jsonl", "model.safetensors")) {
            for (String other : List.of("run2/", "run3/", "again/")) {
                assertArrayEquals(bytes(shell, "run1/" + file), bytes(shell, other + file), other + file);
            }
        }
    }

    /** Partners are drawn from the whole batch, however it is divided: a network that does not learn sees the same examples. */
    @Test
    void run_anyNumberOfShards_seesTheSameExamples() throws IOException {
        for (String shards : List.of("1", "4")) {
            sharded("0", shards).done("/demo/digits.yaml", "--run-dir", "/demo/shards" + shards, "--quiet");
        }
        Shell shell = new Shell(folder);
        assertArrayEquals(bytes(shell, "shards1/metrics.jsonl"), bytes(shell, "shards4/metrics.jsonl"));
        assertFalse(Arrays.equals(bytes(shell, "shards1/steps.bin"), bytes(shell, "shards4/steps.bin")));
    }

    /** With a learning rate of 0, runs differ only in the examples that the initial network sees. */
    @Test
    void evaluation_ofNetworksThatDoNotLearn_seesUnchangedExamples() throws IOException {
        String plain = metrics("plain", "");
        String augmented = metrics("augmented", ALL);
        assertEquals(validation(plain), validation(augmented));
        assertFalse(plain.equals(augmented), augmented);
        assertEquals(4, validation(plain).size(), plain);
    }

    private static List<String> validation(String metrics) {
        return Pattern.compile("\"validation[^,}]*")
                .matcher(metrics)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private String metrics(String run, String augmentation) throws IOException {
        Shell shell = shell(augmentation, "0");
        shell.done("/demo/masks.yaml", "--run-dir", "/demo/" + run, "--quiet");
        return Files.readString(shell.at(run + "/metrics.jsonl"));
    }
}
