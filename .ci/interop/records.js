'use strict';
// What the two JavaScript clients share: the schema, the records, the broker, the loop that reads.

const assert = require('node:assert');
const { Kafka, logLevel } = require('kafkajs');

const [phase, bootstrap, registryUrl, callsTopic, exchangesTopic] = process.argv.slice(2);
const CLIENTS = ['confluent-js', 'kafkajs', 'python'];
const PER_CLIENT = 3;
const READ_TIMEOUT_MS = 60_000;

const SCHEMA = {
  type: 'record',
  name: 'Call',
  namespace: 'io.vedette.interop',
  fields: [
    { name: 'client', type: 'string' },
    { name: 'number', type: 'int' },
    { name: 'time', type: { type: 'long', logicalType: 'timestamp-micros' } },
    { name: 'note', type: ['null', 'string'], default: null },
    { name: 'values', type: { type: 'array', items: 'double' } },
    { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['ODD', 'EVEN'] } },
    { name: 'tags', type: { type: 'map', values: 'string' } },
  ],
};

const TIME_MICROS = 1_772_355_600_125_000;

function call(client, number) {
  return {
    client,
    number,
    time: TIME_MICROS + number,
    note: number === 0 ? null : `note \u00e9 ${number}`,
    values: [0.5, 1 - 1.25 * number],
    kind: number % 2 === 0 ? 'EVEN' : 'ODD',
    tags: { n: String(number) },
  };
}

// Values for fields of the exchange schema whose meaning matters; the rest is the smallest valid one.
function hints(client) {
  return {
    tenantId: 'acme',
    principalId: 'interop',
    requestId: `${callsTopic}-${client}`,
    eventId: `${callsTopic}-${client}`,
    name: 'credit-risk',
  };
}

function simpleName(name) {
  return name.split('.').pop();
}

// A valid value of any schema: fields with a default are left to it, except records near the root.
function example(schema, hint, named = {}, depth = 0, fieldName = '') {
  if (Array.isArray(schema)) {
    const branch = schema.find((s) => s !== 'null') ?? 'null';
    return schema.includes('null') && depth > 1 ? null : example(branch, hint, named, depth, fieldName);
  }
  const type = typeof schema === 'string' ? schema : schema.type;
  if (typeof schema === 'string' && named[simpleName(schema)]) {
    return example(named[simpleName(schema)], hint, named, depth, fieldName);
  }
  if (schema.name) named[simpleName(schema.name)] = schema;
  switch (type) {
    case 'record': {
      const value = {};
      for (const field of schema.fields) {
        const root = depth === 0 && field.default === null;
        // Looked at even when left out: it may hold the definition of a type used later.
        const candidate = example(field.type, hint, named, depth + 1, field.name);
        if (root || field.default === undefined || hint[field.name] !== undefined) {
          value[field.name] = candidate;
        }
      }
      return value;
    }
    case 'string': return hint[fieldName] ?? '';
    case 'int': return 1;
    case 'long': return String(schema.logicalType).startsWith('timestamp') ? Date.now() * 1000 : 1;
    case 'float': case 'double': return 0.5;
    case 'boolean': return false;
    case 'null': return null;
    case 'bytes': return Buffer.alloc(0);
    case 'fixed': return Buffer.alloc(schema.size);
    case 'enum': return schema.default ?? schema.symbols[0];
    case 'array': example(schema.items, hint, named, depth + 1); return [];
    case 'map': example(schema.values, hint, named, depth + 1); return {};
    default: return example(type, hint, named, depth, fieldName);
  }
}

const kafka = new Kafka({ clientId: 'interop', brokers: [bootstrap], logLevel: logLevel.NOTHING });

async function send(topic, key, values) {
  const producer = kafka.producer();
  await producer.connect();
  try {
    await producer.send({ topic, messages: values.map((value) => ({ key, value })) });
  } finally {
    await producer.disconnect();
  }
}

// Reads the topic from its beginning until `wanted` values have been accepted.
async function readAll(client, topic, wanted, accept) {
  const consumer = kafka.consumer({ groupId: `${callsTopic}-${client}-${topic}` });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    let accepted = 0;
    await new Promise((resolve, reject) => {
      const alarm = setTimeout(
        () => reject(new Error(`${topic}: read ${accepted} of ${wanted} records`)), READ_TIMEOUT_MS);
      consumer.run({
        eachMessage: async ({ message }) => {
          try {
            if (await accept(message.value)) accepted += 1;
          } catch (e) {
            clearTimeout(alarm);
            reject(e);
          }
          if (accepted === wanted) {
            clearTimeout(alarm);
            resolve();
          }
        },
      }).catch(reject);
    });
    return accepted;
  } finally {
    await consumer.disconnect();
  }
}

function plain(value) {
  return JSON.parse(JSON.stringify(value));
}

// codec: register(), encodeCall(record), latest(subject) -> schema, encodeLatest(topic, record), decode(topic, bytes)
async function main(client, codec) {
  if (phase === 'write') {
    const encoded = [];
    for (let n = 0; n < PER_CLIENT; n++) encoded.push(await codec.encodeCall(call(client, n)));
    await send(callsTopic, client, encoded);
    if (exchangesTopic) {
      const schema = await codec.latest(`${exchangesTopic}-value`);
      const record = example(schema, hints(client));
      await send(exchangesTopic, 'acme|interop', [await codec.encodeLatest(exchangesTopic, record)]);
    }
    return;
  }
  const seen = new Map();
  let read = await readAll(client, callsTopic, CLIENTS.length * PER_CLIENT, async (bytes) => {
    const value = plain(await codec.decode(callsTopic, bytes));
    assert.deepStrictEqual(value, call(value.client, value.number));
    seen.set(`${value.client} ${value.number}`, value);
    return true;
  });
  assert.strictEqual(seen.size, CLIENTS.length * PER_CLIENT);
  if (exchangesTopic) {
    read += await readAll(client, exchangesTopic, CLIENTS.length, async (bytes) => {
      const value = await codec.decode(exchangesTopic, bytes);
      return JSON.stringify(value, (k, v) => (typeof v === 'bigint' ? String(v) : v))
        .includes(`"${callsTopic}-`);
    });
  }
  console.log(`ok ${client} wrote ${PER_CLIENT + (exchangesTopic ? 1 : 0)} read ${read}`);
}

function run(client, codec) {
  main(client, codec).then(
    () => process.exit(0),
    (e) => {
      console.error(`failed ${client} ${phase}:`, e);
      process.exit(1);
    });
}

async function prepare() {
  const admin = kafka.admin();
  await admin.connect();
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic: callsTopic, numPartitions: 1, replicationFactor: 1 }],
    });
  } finally {
    await admin.disconnect();
  }
}

module.exports = { SCHEMA, callsTopic, registryUrl, run };

if (require.main === module) {
  prepare().then(() => process.exit(0), (e) => { console.error('failed prepare:', e); process.exit(1); });
}
