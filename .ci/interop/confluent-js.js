'use strict';
// npm @confluentinc/schemaregistry

const assert = require('node:assert');
const {
  AvroDeserializer, AvroSerializer, SchemaRegistryClient, SerdeType,
} = require('@confluentinc/schemaregistry');
const { SCHEMA, callsTopic, registryUrl, run } = require('./records');

const client = new SchemaRegistryClient({ baseURLs: [registryUrl] });
const serializer = new AvroSerializer(client, SerdeType.VALUE, { useLatestVersion: true });
const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});
let registered = false;

run('confluent-js', {
  async encodeCall(record) {
    if (!registered) {
      const info = { schema: JSON.stringify(SCHEMA), schemaType: 'AVRO' };
      const id = await client.register(`${callsTopic}-value`, info);
      assert.strictEqual(await client.getId(`${callsTopic}-value`, info), id);
      registered = true;
    }
    return serializer.serialize(callsTopic, record);
  },
  async latest(subject) {
    return JSON.parse((await client.getLatestSchemaMetadata(subject)).schema);
  },
  encodeLatest: (topic, record) => serializer.serialize(topic, record),
  decode: (topic, bytes) => deserializer.deserialize(topic, bytes),
});
