package dev.chainrule.engine.training;

import dev.chainrule.api.History;
import dev.chainrule.api.Progress;
import dev.chainrule.api.State;
import java.util.Optional;

/** Hold where a run stands: everything that counts, but the tensors. */
final class Position implements Progress {
    /** What hooks are being told of. */
    enum Event {
        NONE,
        EPOCH_START,
        STEP_END,
        EPOCH_END
    }

    private final long stepsPerEpoch;
    private final int epochs;
    private final RecordedHistory history = new RecordedHistory();

    /** Updates done. */
    long step;
    /** Epochs whose metrics are recorded. */
    int recorded;
    /** Whether the epoch after those has begun. */
    boolean begun;

    Event event = Event.NONE;
    /** How many hooks were told of the event. */
    int told;

    Optional<String> stop = Optional.empty();

    int batchRows;
    double loss = Double.NaN;
    double gradientNorm = Double.NaN;
    double learningRate = Double.NaN;

    Position(long stepsPerEpoch, int epochs) {
        this.stepsPerEpoch = stepsPerEpoch;
        this.epochs = epochs;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public long stepsPerEpoch() {
        return stepsPerEpoch;
    }

    @Override
    public int epochs() {
        return epochs;
    }

    @Override
    public History history() {
        return history;
    }

    RecordedHistory recordedHistory() {
        return history;
    }

    /** Return the updates done in the epoch that is not recorded yet. */
    long batch() {
        return step - recorded * stepsPerEpoch;
    }

    void save(State to) {
        to.put("step", step)
                .put("epochs", recorded)
                .put("batch", batch())
                .put("begun", String.valueOf(begun))
                .put("event", event.name())
                .put("told", told)
                .put("batch_rows", batchRows)
                .put("loss", loss)
                .put("gradient_norm", gradientNorm)
                .put("learning_rate", learningRate);
        stop.ifPresent(reason -> to.put("stop", reason));
    }

    void restore(State from) {
        step = from.whole("step");
        recorded = Math.toIntExact(from.whole("epochs"));
        begun = Boolean.parseBoolean(from.text("begun"));
        event = Event.valueOf(from.text("event"));
        told = Math.toIntExact(from.whole("told"));
        batchRows = Math.toIntExact(from.whole("batch_rows"));
        loss = from.number("loss");
        gradientNorm = from.number("gradient_norm");
        learningRate = from.number("learning_rate");
        stop = from.has("stop") ? Optional.of(from.text("stop")) : Optional.empty();
    }
}
