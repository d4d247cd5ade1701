package dev.chainrule.builtin.data.published;

import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.ImageBytes;
import dev.chainrule.builtin.data.Lazy;
import dev.chainrule.builtin.data.Range;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.math.Matrix;
import dev.chainrule.table.DataFile;
import dev.chainrule.table.cache.CacheKey;
import dev.chainrule.table.cache.CacheWriter;
import dev.chainrule.table.cache.CachedRecords;
import dev.chainrule.table.cache.DataCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The records of CIFAR-10's files: a label, then the pixels, channel by channel. The cache has the pixels channels last, and the
 * labels as its notes.
 */
final class Cifar10Pictures implements DataSource {
    static final int PER_FILE = 10_000;
    static final int SIDE = 32;
    static final int CHANNELS = 3;
    static final int PIXELS = SIDE * SIDE;
    static final int RECORD = 1 + CHANNELS * PIXELS;
    private static final int CLASSES = 10;

    private final List<Path> files;
    private final Range range;
    private final Encoding encoding;
    private final Lazy<CachedRecords> records;
    private final Lazy<Provenance> provenance;

    Cifar10Pictures(List<Path> files, DataContext context, Range range, Encoding encoding, String origin) {
        this.files = files;
        this.range = range;
        this.encoding = encoding;
        this.records = new Lazy<>(() -> prepare(DataCache.of(context::environment)));
        this.provenance = new Lazy<>(() -> new Provenance(origin, hash()));
    }

    private CachedRecords prepare(DataCache cache) {
        Sha256 sha256 = new Sha256().add("cifar10 1");
        files.forEach(file -> sha256.add(DataFile.bytes(file, PER_FILE * RECORD)));
        CacheKey key = new CacheKey(
                "cifar10",
                sha256.hex(),
                "CIFAR-10, " + files.get(0).getFileName() + (files.size() == 1 ? "" : " and more"),
                CHANNELS * PIXELS,
                files.size() * PER_FILE);
        return cache.get(key, this::write);
    }

    private void write(CacheWriter out) throws IOException {
        byte[] labels = new byte[files.size() * PER_FILE];
        byte[] picture = new byte[CHANNELS * PIXELS];
        for (int f = 0; f < files.size(); f++) {
            byte[] file = DataFile.bytes(files.get(f), PER_FILE * RECORD);
            for (int i = 0; i < PER_FILE; i++) {
                int label = file[i * RECORD];
                if (label < 0 || label >= CLASSES) {
                    throw new InputException(
                                    "the label of picture " + (i + 1) + " is " + (label & 0xff)
                                            + "; 0 to 9 are allowed",
                                    "The file is not one of CIFAR-10's binary version, or is damaged.")
                            .inFile(files.get(f).toString());
                }
                labels[f * PER_FILE + i] = (byte) label;
                for (int place = 0; place < CHANNELS * PIXELS; place++) {
                    picture[place] = file[i * RECORD + 1 + place % CHANNELS * PIXELS + place / CHANNELS];
                }
                out.append(picture, 0, picture.length);
            }
        }
        out.notes(labels);
    }

    @Override
    public int size() {
        return range.size();
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void readInput(int index, Matrix x, int row) {
        records.get().read(place(index), x, row);
    }

    @Override
    public void prefetch(int index) {
        records.get().touch(place(index));
    }

    @Override
    public void readTarget(int index, Matrix y, int row) {
        y.set(row, 0, records.get().notes()[place(index)]);
    }

    @Override
    public void load() {
        records.get();
    }

    @Override
    public long bytes() {
        return CachedRecords.memory((long) CHANNELS * PIXELS * PER_FILE * files.size());
    }

    @Override
    public Provenance provenance() {
        return provenance.get();
    }

    private int place(int index) {
        return range.first() + Objects.checkIndex(index, range.size());
    }

    /** Hash as {@link ImageBytes} does. */
    private String hash() {
        Sha256 sha256 = ImageBytes.hash(range.size(), encoding.shape());
        ByteBuffer picture = ByteBuffer.allocate(CHANNELS * PIXELS);
        for (int i = 0; i < range.size(); i++) {
            records.get().read(place(i), picture.clear());
            sha256.add(picture.flip());
        }
        records.get().forEachPart(part -> {});
        return sha256.add(records.get().notes(), range.first(), range.size()).hex();
    }
}
