package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ThreadTeamTests {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void run_manyTasks_runsEveryPartOnce(int threads) {
        try (ThreadTeam team = new ThreadTeam(threads)) {
            AtomicIntegerArray counts = new AtomicIntegerArray(threads);
            for (int i = 0; i < 2_000; i++) {
                team.run((part, parts) -> {
                    assertEquals(threads, parts);
                    counts.incrementAndGet(part);
                });
            }
            for (int part = 0; part < threads; part++) {
                assertEquals(2_000, counts.get(part));
            }
        }
    }

    @Test
    void run_partsThatWaitForEachOther_areOnThreadsOfTheirOwn() {
        Thread[] ran = new Thread[3];
        CountDownLatch all = new CountDownLatch(3);
        try (ThreadTeam team = new ThreadTeam(3)) {
            team.run((part, parts) -> {
                ran[part] = Thread.currentThread();
                meet(all);
            });
        }
        assertEquals(3, Arrays.stream(ran).distinct().count());
        assertTrue(Arrays.asList(ran).contains(Thread.currentThread()));
        for (Thread thread : ran) {
            if (thread != Thread.currentThread()) {
                assertTrue(thread.isDaemon());
                assertTrue(thread.getName().startsWith("chainrule-kernel-"), thread.getName());
            }
        }
    }

    @Test
    void run_teamOfOne_staysOnTheCallersThread() {
        Thread[] ran = new Thread[1];
        try (ThreadTeam team = new ThreadTeam(1)) {
            team.run((part, parts) -> ran[part] = Thread.currentThread());
        }
        assertSame(Thread.currentThread(), ran[0]);
    }

    @Test
    void run_afterAPause_wakesParkedThreads() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            int[] sums = new int[2];
            for (int i = 0; i < 5; i++) {
                team.run((part, parts) -> sums[part]++);
                LockSupport.parkNanos(20_000_000); // far longer than threads spin
            }
            assertEquals(5, sums[1]);
        }
    }

    @Test
    void run_slowPart_isAwaited() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            int[] done = new int[1];
            team.run((part, parts) -> {
                if (part == 1) {
                    LockSupport.parkNanos(20_000_000);
                    done[0] = 1;
                }
            });
            assertEquals(1, done[0]);
        }
    }

    @Test
    void run_failingParts_throwsTheLowestWithTheOthersSuppressed() {
        try (ThreadTeam team = new ThreadTeam(3)) {
            Exception e = assertThrows(
                    ArithmeticException.class,
                    () -> team.run((part, parts) -> {
                        if (part > 0) {
                            throw new ArithmeticException("part " + part);
                        }
                    }));
            assertEquals("part 1", e.getMessage());
            assertEquals("part 2", e.getSuppressed()[0].getMessage());
            int[] after = new int[3];
            team.run((part, parts) -> after[part] = 1);
            assertEquals(3, Arrays.stream(after).sum());
        }
    }

    @Test
    void run_withinATask_isRefused() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            Exception e = assertThrows(
                    IllegalStateException.class,
                    () -> team.run((part, parts) -> {
                        if (part == 0) {
                            team.run((p, n) -> {});
                        }
                    }));
            assertEquals("the thread team is at work already: it serves one caller at a time", e.getMessage());
        }
    }

    @Test
    void run_interruptedCaller_completesAndStaysInterrupted() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            int[] done = new int[2];
            Thread.currentThread().interrupt();
            team.run((part, parts) -> {
                if (part == 1) {
                    LockSupport.parkNanos(5_000_000);
                }
                done[part] = 1;
            });
            assertEquals(2, Arrays.stream(done).sum());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void close_team_endsItsThreads() throws InterruptedException {
        Thread[] ran = new Thread[2];
        CountDownLatch both = new CountDownLatch(2);
        ThreadTeam team = new ThreadTeam(2);
        team.run((part, parts) -> {
            ran[part] = Thread.currentThread();
            meet(both);
        });
        team.close();
        team.close();
        Thread helper = ran[0] == Thread.currentThread() ? ran[1] : ran[0];
        helper.join(10_000);
        assertFalse(helper.isAlive());
        Exception e = assertThrows(IllegalStateException.class, () -> team.run((part, parts) -> {}));
        assertEquals("the thread team is closed", e.getMessage());
    }

    @Test
    void team_ofNone_isRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new ThreadTeam(0));
        assertEquals("threads is 0, at least 1 is required", e.getMessage());
    }

    private static void meet(CountDownLatch all) {
        all.countDown();
        try {
            assertTrue(all.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
