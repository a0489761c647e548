package io.vedette.wire;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** A serializer that a user might name: marks its bytes. */
public final class ForeignSerializer implements Serializer<SpecificRecord> {

  private String mark = "";

  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    mark = String.valueOf(settings.get("foreign.mark"));
  }

  @Override
  public byte[] serialize(String topic, SpecificRecord data) {
    return (mark + data.getSchema().getName()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
