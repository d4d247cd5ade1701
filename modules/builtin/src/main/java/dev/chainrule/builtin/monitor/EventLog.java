package dev.chainrule.builtin.monitor;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook.Ending;
import dev.chainrule.api.training.Progress;
import dev.chainrule.model.picture.WeightPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The events of a run for {@link TensorboardHook}, in the order of their steps. */
final class EventLog implements Monitor {
    /** TensorBoard recognizes event files by the word tfevents in their names. */
    private static final String FILE = "events.out.tfevents.chainrule";

    private static final double MILLISECONDS = 1000;
    private static final String SESSION = "_hparams_/session_";
    private static final int SESSION_START = 3;
    private static final int SESSION_END = 4;
    private static final int SUCCESS = 1;
    private static final int FAILURE = 2;
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+([.][0-9]+)?(e[-+]?[0-9]+)?");

    private final TensorboardHook spec;
    private final Path path;
    private final EventFile file;
    private final Run run;
    private final LongSupplier clock;

    /**
     * Create the log of a run.
     *
     * @param clock in milliseconds since 1970
     */
    EventLog(TensorboardHook spec, Path folder, Run run, LongSupplier clock) {
        this.spec = spec;
        this.path = folder.resolve(FILE);
        this.file = new EventFile(path);
        this.run = run;
        this.clock = clock;
    }

    @Override
    public int open() throws IOException {
        Files.createDirectories(path.getParent());
        Progress progress = run.progress();
        if (progress.step() == 0) {
            Files.deleteIfExists(path);
        }
        int[] epochs = {0};
        int most = Figures.epochs(progress);
        long left = Files.exists(path)
                ? file.truncate(event ->
                        Event.step(event) <= progress.step() && (!Event.isOfEpoch(event) || epochs[0]++ < most))
                : 0;
        if (left == 0) {
            begin();
        }
        return Math.min(epochs[0], most);
    }

    private void begin() throws IOException {
        double now = seconds();
        Message session = new Message();
        run.settings()
                .forEach((name, value) ->
                        session.part(1, new Message().text(1, name).part(2, hyperparameter(value))));
        session.float64(5, now);
        String config = run.settings().entrySet().stream()
                .map(setting ->
                        "    " + setting.getKey() + ": " + setting.getValue().replace("\n", "\n    "))
                .collect(Collectors.joining("\n"));
        Event start = new Event(now, 0)
                .text("config", config)
                .hyperparameters(SESSION + "start_info", SESSION_START, session);
        file.append(List.of(Event.version(now), start.toBytes()));
    }

    @Override
    public void epoch(Figures figures) throws IOException {
        file.append(List.of(Event.ofEpoch(seconds(), figures).toBytes()));
    }

    @Override
    public void step() throws IOException {
        Progress progress = run.progress();
        if (progress.step() % progress.steps(spec.steps()) == 0) {
            Event event = new Event(seconds(), progress.step())
                    .scalar("step/loss", run.loss())
                    .scalar("step/gradient_norm", run.gradientNorm())
                    .scalar("step/learning_rate", run.learningRate());
            file.append(List.of(event.toBytes()));
        }
        if (progress.step() % progress.steps(spec.every()) == 0) {
            network(progress.step());
        }
    }

    private void network(long step) throws IOException {
        Event event = new Event(seconds(), step);
        if (spec.histograms()) {
            for (Parameter parameter : run.parameters()) {
                event.histogram("parameters/" + parameter.name(), new Histogram(parameter.value()));
                event.histogram("gradients/" + parameter.name(), new Histogram(parameter.gradient()));
            }
        }
        Optional<WeightPictures> pictures =
                spec.filters() ? WeightPictures.of(run.parameters(), run.input()) : Optional.empty();
        pictures.ifPresent(drawn -> {
            for (int i = 0; i < drawn.files().size(); i++) {
                event.picture(drawn.layer() + "/image/" + i, drawn, i);
            }
        });
        file.append(List.of(event.toBytes()));
    }

    /**
     * Append the end of the session, unless the run is to be resumed. If it is resumed all the same, it discards this and the test
     * metrics: no other event has a step that is not reached.
     */
    @Override
    public void end(Ending ending, Optional<Figures> test) throws IOException {
        if (ending == Ending.INTERRUPTED) {
            return;
        }
        Message session = new Message()
                .whole(1, ending == Ending.FAILED ? FAILURE : SUCCESS)
                .float64(2, seconds());
        List<byte[]> events = new ArrayList<>();
        events.add(new Event(seconds(), run.progress().step() + 1)
                .hyperparameters(SESSION + "end_info", SESSION_END, session)
                .toBytes());
        test.ifPresent(figures -> events.add(
                new Event(seconds(), figures.step()).scalars(figures.metrics()).toBytes()));
        file.append(events);
    }

    /** Return a value of the config as a google.protobuf.Value: a number, true, false or a text. */
    private static Message hyperparameter(String value) {
        if (NUMBER.matcher(value).matches()) {
            return new Message().float64(2, Double.parseDouble(value));
        }
        boolean yes = value.equals("true");
        return yes || value.equals("false") ? new Message().whole(4, yes ? 1 : 0) : new Message().text(3, value);
    }

    private double seconds() {
        return clock.getAsLong() / MILLISECONDS;
    }
}
