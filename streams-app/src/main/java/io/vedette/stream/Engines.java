package io.vedette.stream;

import io.vedette.core.Engine;
import io.vedette.core.Exchange;
import io.vedette.core.Finding;
import io.vedette.correlate.Book;
import io.vedette.detect.CallerOutput;
import io.vedette.detect.CellSighting;
import io.vedette.detect.ModelOutput;
import io.vedette.detect.ModelUpdate;
import java.util.function.Consumer;

/**
 * The engines of one task, used by one thread.
 *
 * <p>An engine that throws must leave its state usable: the stage keeps it as it is, so that nobody
 * can wipe his own record by provoking an error.
 *
 * @param caller works on exchanges per caller
 * @param cell works on sightings per fingerprint cell
 * @param model works on updates per model version
 * @param book works on findings per incident key
 * @param updates reads what {@link ModelUpdate#write} wrote
 */
public record Engines(
    Engine<?, Exchange, CallerOutput> caller,
    Engine<?, CellSighting, Consumer<Finding>> cell,
    Engine<?, ModelUpdate, ModelOutput> model,
    Book<?> book,
    UpdateReader updates) {}
