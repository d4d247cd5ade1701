package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.files.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The checkpoints of a run that fit everything that it recorded, so that resuming it signs nothing unchecked.
 *
 * <p>A checkpoint fits if its own checksum is right, it belongs to this run, the run's files begin with the bytes that they had
 * then, its link is in the chain, and its tensors are those of the link if an epoch ended with them.
 */
public final class FittingCheckpoints {
    private final RunDirectory run;
    private final Optional<State> identity;
    private final HashChain chain;
    private final AppendOnlyFiles appendOnly;
    private final SortedMap<String, ResumePoint> fitting = new TreeMap<>();
    private final SortedMap<Path, String> misfits = new TreeMap<>();

    private FittingCheckpoints(RunDirectory run, Optional<State> identity) {
        this.run = run;
        this.identity = identity;
        this.chain = HashChain.read(run.chain());
        this.appendOnly = new AppendOnlyFiles(run);
    }

    /**
     * Check all checkpoints of a run.
     *
     * @param identity the run's config, data and plugins at its start; empty if its config was changed on the way, so that
     *     checkpoints differ in it
     */
    public static FittingCheckpoints of(RunDirectory run, Optional<State> identity) {
        FittingCheckpoints checkpoints = new FittingCheckpoints(run, identity);
        Checkpoints.all(run).forEach(checkpoints::check);
        return checkpoints;
    }

    private void check(Path file) {
        try {
            Checkpoint checkpoint = Checkpoint.read(file);
            Optional<String> misfit = misfit(checkpoint);
            if (misfit.isPresent()) {
                misfits.put(file, misfit.get());
            } else {
                fitting.put(file.getFileName().toString(), new ResumePoint(file, checkpoint, false));
            }
        } catch (InputException e) {
            misfits.put(file, e.getMessage());
        }
    }

    private Optional<String> misfit(Checkpoint checkpoint) {
        if (identity.isPresent()
                && !identity.get()
                        .texts()
                        .equals(checkpoint.section(Checkpoint.IDENTITY).texts())) {
            return Optional.of("it belongs to another run");
        }
        State files = checkpoint.section(Checkpoint.FILES);
        Optional<String> misfit = appendOnly.misfit(files);
        if (misfit.isPresent()) {
            return Optional.of(misfit.get() + " when the checkpoint was taken");
        }
        Checkpoint.Place place = checkpoint.place();
        if (place.epochs() > chain.links().size()) {
            return Optional.of("the chain of hashes ends before it");
        }
        ChainLink link = place.epochs() == 0
                ? new ChainLink(0, "", Collections.emptySortedMap())
                : chain.links().get(place.epochs() - 1);
        if (!link.link().equals(files.text("link"))) {
            return Optional.of("its link differs from that of the chain of hashes");
        }
        for (Map.Entry<String, String> tensor : link.tensors().entrySet()) {
            Optional<String> found = checkpoint.hashed(tensor.getKey()).map(Sha256::of);
            if (place.batch() == 0 && !found.equals(Optional.of(tensor.getValue()))) {
                return Optional.of("its " + tensor.getKey() + " differ from those of the chain of hashes");
            }
        }
        return Optional.empty();
    }

    /** Return the latest, if there is one. */
    public Optional<ResumePoint> latest() {
        return fitting.values().stream()
                .max((one, other) ->
                        one.checkpoint().place().compareTo(other.checkpoint().place()));
    }

    /**
     * Return the checkpoint that the user gives.
     *
     * @throws InputException if it does not fit
     */
    public ResumePoint named(Path file) {
        String name = file.getFileName().toString();
        ResumePoint point = fitting.get(name);
        if (point == null) {
            throw new InputException(
                            misfits.getOrDefault(run.checkpoints().resolve(name), "it is not a checkpoint"),
                            "To resume from the latest one that fits, give the run.")
                    .inFile(file.toString());
        }
        return point;
    }

    /** Return the reasons why the others do not fit, by file. */
    public SortedMap<Path, String> misfits() {
        return Collections.unmodifiableSortedMap(misfits);
    }
}
