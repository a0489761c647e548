package io.vedette.app;

import io.vedette.detect.OpenWindow;
import io.vedette.state.ArrayInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the changelogs of an application hold of committed state.
 *
 * @param waiting halves and exchanges that wait in the pairing stage
 * @param rows rows in the open window of the model that drifts
 */
record Committed(int waiting, int rows) {

  private static final int HEADER = 1 + Long.BYTES; // format byte, last use

  static Committed of(Settings settings) throws IOException {
    int waiting = 0;
    for (byte[] halves : last(settings, "pairing-halves").values()) {
      waiting += ByteBuffer.wrap(halves).getInt(HEADER);
    }
    int rows = 0;
    var engine = new Wiring(settings).engines().create(model -> null).model();
    for (Map.Entry<String, byte[]> model : last(settings, "model-states").entrySet()) {
      if (model.getKey().startsWith(KillTraffic.DRIFTING)) {
        rows += OpenWindow.rows(engine.read(new ArrayInput(model.getValue(), HEADER)));
      }
    }
    return new Committed(waiting, rows);
  }

  private static Map<String, byte[]> last(Settings settings, String store) {
    String topic = settings.kafka().applicationId() + '-' + store + "-changelog";
    Map<String, byte[]> last = new HashMap<>();
    Views.read(settings, topic).forEach(record -> last.put(record.key(), record.value()));
    last.values().removeIf(Objects::isNull); // tombstones
    return last;
  }
}
