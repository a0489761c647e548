package io.vedette.wire;

import io.vedette.core.Exchange;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes traffic: by position with the schema that this version was built with, by way of generated
 * records where the registry asks for another one.
 */
final class TrafficSerializer implements Serializer<Exchange> {

  private final Schema schema;
  private final BiConsumer<Exchange, AvroOutput> positional;
  private final Function<Exchange, ? extends SpecificRecord> toRecord;
  private final AvroWireSerializer records;

  TrafficSerializer(
      Schema schema,
      BiConsumer<Exchange, AvroOutput> positional,
      Function<Exchange, ? extends SpecificRecord> toRecord,
      AvroWireSerializer records) {
    this.schema = schema;
    this.positional = positional;
    this.toRecord = toRecord;
    this.records = records;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Exchange data) {
    if (data == null) {
      return null;
    }
    int id = records.ownSchemaId(topic, schema);
    if (id == AvroWireSerializer.FOREIGN) {
      return records.serialize(topic, toRecord.apply(data));
    }
    AvroOutput out = new AvroOutput(id);
    try {
      positional.accept(data, out);
    } catch (ArithmeticException | NullPointerException e) {
      // the cause is left out: its text may quote the exchange
      throw new SerializationException("exchange does not fit its schema " + schema.getFullName());
    }
    records.checkSize(out.size());
    return out.toByteArray();
  }

  @Override
  public void close() {
    records.close();
  }
}
