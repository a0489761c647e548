package io.vedette.wire;

import java.util.function.BiFunction;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Deserializes a word of core by way of its generated record. */
final class MappedDeserializer<R extends IndexedRecord, T> implements Deserializer<T> {

  private final Class<R> type;
  private final BiFunction<String, R, T> fromRecord;
  private final Deserializer<?> records;

  MappedDeserializer(Class<R> type, BiFunction<String, R, T> fromRecord, Deserializer<?> records) {
    this.type = type;
    this.fromRecord = fromRecord;
    this.records = records;
  }

  @Override
  public @Nullable T deserialize(String topic, byte @Nullable [] data) {
    if (data == null) {
      return null;
    }
    Object record = decode(topic, data);
    if (!type.isInstance(record)) {
      String found =
          record instanceof IndexedRecord other
              ? other.getSchema().getFullName()
              : "no Avro record";
      throw new SerializationException("topic carries " + type.getName() + ", found " + found);
    }
    return fromRecord.apply(topic, type.cast(record));
  }

  private @Nullable Object decode(String topic, byte[] data) {
    try {
      return records.deserialize(topic, data);
    } catch (AvroRuntimeException | IndexOutOfBoundsException e) {
      // the cause is left out: its text may quote the record
      throw new SerializationException("record is malformed: " + e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    records.close();
  }
}
