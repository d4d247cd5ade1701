package dev.chainrule.app.run;

import dev.chainrule.config.compose.Secrets;
import dev.chainrule.engine.record.TextFilter;
import jakarta.inject.Inject;
import java.util.regex.Pattern;

/** The filter that hides a config's secrets in the files of a run. */
final class SecretFilter implements TextFilter {
    /** The texts of run.json that commands use later: a name that is also part of a secret must stay there. */
    private static final Pattern READ_AGAIN =
            Pattern.compile("name|config\\.(file|folder|set|environment\\..*|bases\\.(file|folder|copy))"
                    + "|files\\.(name|found)|plugins\\.(jar|libraries\\.jar)|working_directory");

    private final Secrets secrets;

    @Inject
    SecretFilter(Secrets secrets) {
        this.secrets = secrets;
    }

    @Override
    public String filter(String path, String text) {
        return READ_AGAIN.matcher(path).matches() ? secrets.hideWhole(text) : secrets.hide(text);
    }
}
