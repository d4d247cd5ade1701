package dev.chainrule.api;

import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.error.InputException;

/** The declaration of a data source in YAML. */
public interface DataSourceSpec {
    /**
     * Open the source: read, check and index everything, so that reading an example cannot fail later. Slow parts may be left
     * to {@link DataSource#load}.
     *
     * @param context the files and settings available to the source
     * @return the source, ready to be read
     * @throws InputException if a file is missing or broken, with the place
     */
    DataSource open(DataContext context);
}
