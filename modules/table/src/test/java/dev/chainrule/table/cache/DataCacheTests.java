package dev.chainrule.table.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.DoubleMatrix;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataCacheTests {
    private static final int EACH = 5;
    private static final int RECORDS = 7;
    private static final long FILE = CacheHeader.SIZE + EACH * RECORDS + 2;

    @TempDir
    Path root;

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void get_twice_makesOnce() {
        for (int i = 0; i < 2; i++) {
            CachedRecords records = get(cache(1 << 20), 'a');
            assertEquals(RECORDS, records.size());
            assertRecord(15, records, 3);
            records.touch(RECORDS - 1);
            assertArrayEquals(new byte[] {1, 2}, records.notes());
            assertThrows(IndexOutOfBoundsException.class, () -> records.touch(RECORDS));
        }
        assertEquals(1, made.get());
        assertEquals(List.of(key('a').file()), names());
    }

    @Test
    void open_inSeveralMaps_readsTheSame() throws IOException {
        get(cache(1 << 20), 'a');
        Path file = cache(1).folder().resolve(key('a').file());
        CacheHeader header = CacheHeader.read(file).orElseThrow();
        ByteBuffer all = ByteBuffer.allocate(EACH * RECORDS);
        CachedRecords several = CachedRecords.open(file, header, 0, 2 * EACH + 1);
        several.forEachPart(all::put);
        for (int i = 0; i < all.capacity(); i++) {
            assertEquals(i, all.get(i));
        }
        assertRecord(30, several, RECORDS - 1);
        several.touch(RECORDS - 1);
        assertThrows(IndexOutOfBoundsException.class, () -> several.touch(RECORDS));
    }

    @Test
    void get_damagedOrUnfinishedFile_makesAgain() throws IOException {
        get(cache(1 << 20), 'a');
        Path file = cache(1).folder().resolve(key('a').file());
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        get(cache(1 << 20), 'a');
        assertEquals(2, made.get());
        change(file, 30);
        get(cache(1 << 20), 'a');
        assertEquals(3, made.get());
        assertArrayEquals(whole, Files.readAllBytes(file));
        // as a process leaves it that was killed
        Files.writeString(cache(1).folder().resolve(key('b').file() + ".1234.part"), "half");
        get(cache(1 << 20), 'b');
        assertEquals(List.of(key('a').file(), key('b').file()), names());
    }

    @Test
    void forEachPart_changedRecord_isRefused() throws IOException {
        get(cache(1 << 20), 'a');
        Path file = cache(1).folder().resolve(key('a').file());
        change(file, CacheHeader.SIZE + 3);
        CachedRecords records = get(cache(1 << 20), 'a');
        InputException e = assertThrows(InputException.class, () -> records.forEachPart(part -> {}));
        assertEquals("the cached examples have changed since they were written", e.getMessage());
        assertEquals(Optional.of(file.toString()), e.file());
    }

    @Test
    void get_aboveTheLimit_evictsTheLeastRecentlyUsed() throws IOException {
        DataCache cache = cache(3 * FILE);
        for (char name : "abc".toCharArray()) {
            get(cache, name);
            Files.setLastModifiedTime(
                    cache.folder().resolve(key(name).file()), FileTime.from(Instant.ofEpochSecond(name)));
        }
        get(cache, 'a'); // used again
        get(cache, 'd');
        assertEquals(Stream.of('a', 'c', 'd').map(name -> key(name).file()).toList(), names());
        assertEquals(
                Stream.of('c', 'a', 'd').map(name -> "label " + name).toList(),
                cache.list().stream().map(DataCache.Entry::label).toList());
        assertEquals(3 * FILE, cache.clear());
        assertEquals(List.of(), names());
    }

    @Test
    void get_ofSeveralThreads_makesOnce() {
        List<CompletableFuture<CachedRecords>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> get(cache(1 << 20), 'a')))
                .toList();
        all.forEach(one -> assertEquals(RECORDS, one.join().size()));
        assertEquals(1, made.get());
        assertEquals(List.of(key('a').file()), names());
    }

    @Test
    void get_failingMaker_leavesNothing() {
        DataCache cache = cache(1 << 20);
        InputException full = assertThrows(
                InputException.class,
                () -> cache.get(key('a'), out -> {
                    out.append(new byte[EACH], 0, EACH);
                    throw new IOException("No space left on device");
                }));
        assertEquals("the cache cannot be written: No space left on device", full.getMessage());
        assertEquals(Optional.of(cache.folder().toString()), full.file());
        assertEquals(
                List.of("Make it writable and large enough, or set CHAINRULE_CACHE to another folder."), full.notes());
        assertThrows(
                InputException.class,
                () -> cache.get(key('a'), out -> {
                    throw new InputException("a broken picture");
                }));
        assertEquals(List.of(), names());
    }

    @Test
    void get_tooLarge_saysWhatToDo() {
        InputException e = assertThrows(InputException.class, () -> get(cache(EACH), 'a'));
        assertTrue(e.getMessage().startsWith("the prepared examples have "), e.getMessage());
        assertEquals(
                List.of("Set CHAINRULE_CACHE_LIMIT to a larger number of GiB, or choose a smaller size."), e.notes());
        assertEquals(List.of(), names());
    }

    @Test
    void of_environment_hasFolderAndLimit() {
        Map<String, String> variables = Map.of("CHAINRULE_CACHE", root.toString(), "CHAINRULE_CACHE_LIMIT", "0.5");
        DataCache cache = DataCache.of(name -> Optional.ofNullable(variables.get(name)));
        assertEquals(root.resolve("data"), cache.folder());
        assertEquals(1L << 29, cache.limit());
        assertEquals(
                root.resolve("chainrule"),
                CacheFolder.of(name -> Optional.of(root.toString()).filter(path -> name.startsWith("XDG"))));
        for (String limit : List.of("0", "-1", "16 GiB", "NaN", "1e9")) {
            InputException e = assertThrows(
                    InputException.class,
                    () -> DataCache.of(name -> Optional.of(limit).filter(text -> name.endsWith("LIMIT"))));
            assertEquals("CHAINRULE_CACHE_LIMIT is '" + limit + "'", e.getMessage());
        }
    }

    /** Require that a record has the levels from {@code first} on. */
    private static void assertRecord(int first, CachedRecords records, int record) {
        DoubleMatrix x = new DoubleMatrix(2, EACH);
        ByteBuffer bytes = ByteBuffer.allocate(EACH);
        records.read(record, x, 1);
        records.read(record, bytes);
        for (int i = 0; i < EACH; i++) {
            assertEquals(first + i, x.get(1, i));
            assertEquals(first + i, bytes.get(i));
        }
    }

    private DataCache cache(long limit) {
        return new DataCache(root, limit);
    }

    private static CacheKey key(char name) {
        return new CacheKey("numbers", String.valueOf(name).repeat(64), "label " + name, EACH, RECORDS);
    }

    private CachedRecords get(DataCache cache, char name) {
        return cache.get(key(name), out -> {
            made.incrementAndGet();
            byte[] all = new byte[EACH * RECORDS];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) i;
            }
            out.append(all, 0, 2 * EACH);
            out.append(all, 2 * EACH, all.length - 2 * EACH);
            out.notes(new byte[] {1, 2});
        });
    }

    private static void change(Path file, long at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            bytes.write(99);
        }
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(cache(1).folder())) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
