'use strict';
// npm @kafkajs/confluent-schema-registry, with its default compatibility BACKWARD

const assert = require('node:assert');
const { SchemaRegistry, SchemaType } = require('@kafkajs/confluent-schema-registry');
const { SCHEMA, callsTopic, registryUrl, run } = require('./records');

const registry = new SchemaRegistry({ host: registryUrl });
let callId;
let latestId;

async function register(subject, schema) {
  const text = JSON.stringify(schema);
  return (await registry.register({ type: SchemaType.AVRO, schema: text }, { subject })).id;
}

run('kafkajs', {
  async encodeCall(record) {
    callId ??= await register(`${callsTopic}-value`, SCHEMA);
    return registry.encode(callId, record);
  },
  async latest(subject) {
    latestId = await registry.getLatestSchemaId(subject);
    const response = await fetch(`${registryUrl}/schemas/ids/${latestId}`);
    const schema = JSON.parse((await response.json()).schema);
    // Known already: same id, no error, and the subject's level stays what it was.
    assert.strictEqual(await register(subject, schema), latestId);
    return schema;
  },
  encodeLatest: (topic, record) => registry.encode(latestId, record),
  decode: (topic, bytes) => registry.decode(bytes),
});
