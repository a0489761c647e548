package io.vedette.wire;

import io.vedette.control.v1.Baseline;
import io.vedette.control.v1.BaselineStage;
import java.nio.ByteBuffer;

/** Baselines as generated records, and back. */
final class BaselineRecords {

  private BaselineRecords() {}

  static Baseline baseline(BaselineRecord from) {
    return Baseline.newBuilder()
        .setModel(from.model())
        .setVersion(from.version())
        .setCreatedAt(RecordParts.instant(from.createdAtMicros()))
        .setCalibrationId(from.calibrationId())
        .setStage(from.finished() ? BaselineStage.FINAL : BaselineStage.PROVISIONAL)
        .setRows(from.rows())
        .setColumns(from.columns())
        .setProfile(ByteBuffer.wrap(from.profile()))
        .build();
  }

  static BaselineRecord baseline(Baseline from) {
    ByteBuffer profile = from.getProfile().duplicate();
    byte[] bytes = new byte[profile.remaining()];
    profile.get(bytes);
    return new BaselineRecord(
        from.getModel(),
        from.getVersion(),
        RecordParts.micros(from.getCreatedAt()),
        from.getCalibrationId(),
        from.getStage() == BaselineStage.FINAL,
        from.getRows(),
        from.getColumns(),
        bytes);
  }
}
