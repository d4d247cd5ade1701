package dev.chainrule.engine.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Run;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointSaverTests {
    @TempDir
    private Path folder;

    private final Matrix weights = new DoubleMatrix(1, 1);
    private final List<String> heard = new ArrayList<>();
    private RunDirectory directory;
    private CheckpointSaver saver;

    @BeforeEach
    void create() {
        directory = RunDirectory.createAt(folder.resolve("run"));
        saver = new CheckpointSaver(directory, new RunStreams(directory, TextFilter.NONE));
    }

    @Test
    void serve_request_savesTheStateOfThatMoment() {
        weights.set(0, 0, 1);
        saver.request("one", told("one"));
        saver.process(this::state);
        weights.set(0, 0, 2);
        saver.await();
        assertEquals(List.of("one written"), heard);
        assertEquals(1, saved("one"));
    }

    @Test
    void serve_requestsOfOneMoment_areServedInOrder() {
        saver.request("one", told("one"));
        saver.request("two", told("two"));
        saver.finish(this::state);
        assertEquals(List.of("one written", "two written"), heard);
        assertEquals(saved("one"), saved("two"));
    }

    @Test
    void serve_writingFails_isHeardOfLaterOnTheSameThread() throws IOException {
        Path way = Files.createDirectories(directory.checkpoint("one").resolve("in the way"));
        saver.request("one", told("one"));
        saver.process(this::state);
        while (heard.isEmpty()) {
            Thread.onSpinWait();
            saver.process(this::state);
        }
        assertEquals(1, heard.size());
        assertTrue(
                heard.get(0).startsWith("one failed: cannot write " + directory.checkpoint("one") + ": "),
                heard::toString);
        assertTrue(Files.isDirectory(way), "what was there stays");
        assertFalse(Files.exists(AtomicFiles.beside(directory.checkpoint("one"))), "nothing half-written is left");
        saver.request("two", told("two"));
        saver.finish(this::state);
        assertEquals("two written", heard.get(1));
    }

    @Test
    void serve_writingFailsAndNobodyMinds_failsTheRun() throws IOException {
        Files.createDirectories(directory.checkpoint("one").resolve("in the way"));
        saver.request("one", file -> heard.add("written"));
        assertThrows(RunException.class, () -> saver.finish(this::state));
        assertEquals(List.of(), heard);
        saver.finish(this::state);
    }

    @Test
    void serve_folderCannotBeMade_isHeardOfAtOnce() throws IOException {
        Files.writeString(directory.checkpoints(), "a file in the way");
        saver.request("one", told("one"));
        saver.process(this::state);
        assertEquals(
                List.of("one failed: cannot create " + directory.checkpoints() + ": a file with that name exists."),
                heard);
    }

    @Test
    void dismiss_request_isNotServed() {
        saver.request("one", told("one"));
        saver.discard();
        saver.finish(this::state);
        assertEquals(List.of(), heard);
    }

    private Checkpoint state() {
        TreeMap<String, State> sections = new TreeMap<>(Map.of(
                Checkpoint.POSITION, new State().put("step", 1).put("epochs", 0).put("batch", 1)));
        return new Checkpoint(
                new TreeMap<>(Map.of("w", weights)),
                new Encoding(Shape.of(1), List.of(), new Target(Target.Form.VALUES, List.of("y"))),
                sections);
    }

    private double saved(String name) {
        return Checkpoint.read(directory.checkpoint(name)).tensors().get("w").get(0, 0);
    }

    private Run.Saved told(String name) {
        Thread asking = Thread.currentThread();
        return new Run.Saved() {
            @Override
            public void written(Path file) {
                assertSame(asking, Thread.currentThread());
                assertEquals(directory.checkpoint(name), file);
                heard.add(name + " written");
            }

            @Override
            public void failed(RunException e) {
                assertSame(asking, Thread.currentThread());
                heard.add(name + " failed: " + e.getMessage());
            }
        };
    }
}
