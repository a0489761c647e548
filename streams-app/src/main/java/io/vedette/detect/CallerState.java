package io.vedette.detect;

import io.vedette.core.Detector;
import io.vedette.core.State;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is remembered of one caller: a track per model version, the last eight that it used. */
public final class CallerState implements State {

  static final int MOST_TRACKS = 8;

  private final LinkedHashMap<String, Track> tracks = new LinkedHashMap<>(2, 1, true);
  private @Nullable Track last;
  private @Nullable String lastKey;

  Track track(String modelKey, int dimensions, List<? extends Detector<?, Observation>> detectors) {
    if (last != null && last.history.dimensions() == dimensions && modelKey.equals(lastKey)) {
      return last; // most callers use one model
    }
    Track track = tracks.get(modelKey);
    if (track == null || track.history.dimensions() != dimensions) {
      track = new Track(dimensions, detectors);
      tracks.put(modelKey, track);
      if (tracks.size() > MOST_TRACKS) {
        tracks.remove(tracks.keySet().iterator().next());
      }
    }
    last = track;
    lastKey = modelKey;
    return track;
  }

  /** Place of the last row in its stay, 0 when it was elsewhere or the model is not known. */
  int place(String modelKey) {
    Track track = tracks.get(modelKey);
    return track == null ? 0 : track.search.place();
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(tracks.size());
    for (Map.Entry<String, Track> entry : tracks.entrySet()) {
      out.writeUTF(entry.getKey());
      entry.getValue().write(out);
    }
  }

  static CallerState read(DataInput in, List<? extends Detector<?, Observation>> detectors)
      throws IOException {
    CallerState state = new CallerState();
    int tracks = in.readUnsignedByte();
    if (tracks > MOST_TRACKS) {
      throw new IOException("caller must have " + MOST_TRACKS + " tracks at most, has " + tracks);
    }
    for (int i = 0; i < tracks; i++) {
      state.tracks.put(in.readUTF(), Track.read(in, detectors));
    }
    return state;
  }

  @Override
  public int bytes() {
    int bytes = 104;
    for (Track track : tracks.values()) {
      bytes += 96 + track.bytes();
    }
    return bytes;
  }
}
