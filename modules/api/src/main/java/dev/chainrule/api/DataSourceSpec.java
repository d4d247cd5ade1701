package dev.chainrule.api;

/** Describe a source of examples as YAML declares it. */
public interface DataSourceSpec {
    /**
     * Open the source: read, check and index everything, so that reading an example cannot fail later; what takes long may be
     * left for {@link DataSource#load}.
     *
     * @param context what the source may ask for
     * @return the source, ready to be read
     * @throws InputException if a file is missing or broken, saying where
     */
    DataSource open(DataContext context);
}
