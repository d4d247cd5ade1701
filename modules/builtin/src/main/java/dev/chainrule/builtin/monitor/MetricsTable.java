package dev.chainrule.builtin.monitor;

import dev.chainrule.api.training.Hook.Ending;
import dev.chainrule.api.training.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of the metrics, a row per epoch, and one for the test data; see {@link MetricsCsvHook}. */
final class MetricsTable implements Monitor {
    private final Path file;
    private final Progress progress;
    /** The metrics in the heading; empty before there is one. */
    private List<String> columns = List.of();

    MetricsTable(Path file, Progress progress) {
        this.file = file;
        this.progress = progress;
    }

    @Override
    public int open() throws IOException {
        Files.deleteIfExists(file);
        columns = List.of();
        return 0;
    }

    @Override
    public void epoch(Figures figures) throws IOException {
        String before = "";
        if (columns.isEmpty()) {
            columns = progress.history().metrics().stream()
                    .filter(metric -> !Figures.isOfTest(metric))
                    .toList();
            before = heading();
        }
        Copies.append(file, before + row(figures));
    }

    @Override
    public void end(Ending ending, Optional<Figures> test) throws IOException {
        if (test.isEmpty()) {
            return;
        }
        columns = List.copyOf(progress.history().metrics());
        StringBuilder table = new StringBuilder(heading());
        for (int epoch = 0; epoch < Figures.epochs(progress); epoch++) {
            table.append(row(Figures.ofEpoch(epoch, progress)));
        }
        Copies.replace(file, table + row(test.get()));
    }

    private String heading() {
        return Stream.concat(Stream.of("epoch", "step"), columns.stream().map(MetricsTable::quoted))
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private String row(Figures figures) {
        StringBuilder row =
                new StringBuilder().append(figures.epoch()).append(',').append(figures.step());
        for (String metric : columns) {
            Double value = figures.metrics().get(metric);
            row.append(',').append(value == null ? "" : Figures.text(value, "inf"));
        }
        return row.append('\n').toString();
    }

    /** Return a name as a cell: a config may give a metric any name. */
    private static String quoted(String name) {
        return name.matches("[^\",\r\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
