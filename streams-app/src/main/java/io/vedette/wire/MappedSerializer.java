package io.vedette.wire;

import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Serializes a word of core by way of its generated record. */
final class MappedSerializer<T> implements Serializer<T> {

  private final Function<T, ? extends SpecificRecord> toRecord;
  private final Serializer<? super SpecificRecord> records;

  MappedSerializer(
      Function<T, ? extends SpecificRecord> toRecord, Serializer<? super SpecificRecord> records) {
    this.toRecord = toRecord;
    this.records = records;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable T data) {
    return data == null ? null : records.serialize(topic, toRecord.apply(data));
  }

  @Override
  public void close() {
    records.close();
  }
}
