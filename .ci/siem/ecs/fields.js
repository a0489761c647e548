// Every field of every ECS document against Elastic's own list of fields: name, type, allowed
// values, and whether it must be an array. Own fields may stand under vedette alone.
//
//   node fields.js TAXONOMY FILE...      a JSON document a line; TAXONOMY has what each detector says
'use strict';

const fs = require('node:fs');
const net = require('node:net');
const { EcsFlat, EcsVersion } = require('@elastic/ecs');

const OWN = 'vedette';
const WORDS = new Set(['keyword', 'constant_keyword', 'wildcard', 'text', 'match_only_text']);
const FREE = new Set(['object', 'flattened']); // may hold any name

function typed(type, value) {
  if (WORDS.has(type)) return typeof value === 'string';
  switch (type) {
    case 'long':
      return Number.isInteger(value);
    case 'float':
    case 'scaled_float':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return /^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
    case 'ip':
      return net.isIP(value) !== 0;
    default:
      return false; // none that we emit
  }
}

function values(field, path, value, errors) {
  const array = field.normalize.includes('array');
  if (array !== Array.isArray(value)) {
    errors.push(`${path} must ${array ? '' : 'not '}be an array`);
  }
  const allowed = (field.allowed_values || []).map((each) => each.name);
  for (const each of Array.isArray(value) ? value : [value]) {
    if (!typed(field.type, each)) {
      errors.push(`${path} must be of type ${field.type}, was ${JSON.stringify(each)}`);
    }
    if (allowed.length > 0 && !allowed.includes(each)) {
      errors.push(`${path} must be of ${allowed}, was ${each}`);
    }
    if (field.pattern && !new RegExp(`^(?:${field.pattern})$`).test(each)) {
      errors.push(`${path} must match ${field.pattern}`);
    }
  }
}

function walk(node, prefix, errors) {
  for (const [name, value] of Object.entries(node)) {
    const path = prefix + name;
    const field = EcsFlat[path];
    if (path === OWN) continue;
    if (field && FREE.has(field.type)) {
      const strings = Object.values(value).every((each) => typeof each === 'string');
      if (!strings) errors.push(`${path} must hold texts alone`);
    } else if (field) {
      values(field, path, value, errors);
    } else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      walk(value, `${path}.`, errors);
    } else {
      errors.push(`${path} is no field of ECS ${EcsVersion}`);
    }
  }
}

/** Types of events that Elastic expects in each category. */
function categories(event, errors) {
  const known = EcsFlat['event.category'].allowed_values;
  const expected = event.category.map((name) => (known.find((k) => k.name === name) || {}).expected_event_types || []);
  for (const type of event.type) {
    if (!expected.some((types) => types.includes(type))) {
      errors.push(`event.type ${type} is expected in none of ${event.category}`);
    }
  }
  expected.forEach((types, i) => {
    if (!event.type.some((type) => types.includes(type))) {
      errors.push(`event.category ${event.category[i]} expects one of ${types}`);
    }
  });
}

function check(document) {
  const errors = [];
  walk(document, '', errors);
  if (document.ecs.version !== EcsVersion) errors.push(`ecs.version must be ${EcsVersion}`);
  if (document.event.kind === 'signal') errors.push('event.kind signal is for Elastic alone');
  if ([document.event.category, document.event.type].every(Array.isArray)) categories(document.event, errors);
  return errors;
}

/** Documents that must be refused, one for each rule. */
const WRONG = {
  'a foreign root': (d) => (d.other = { a: 'b' }),
  'an unknown field': (d) => (d.event.severity_name = 'high'),
  'a text for a number': (d) => (d.event.severity = '73'),
  'a number for a text': (d) => (d.rule.id = 7),
  'a date in milliseconds': (d) => (d.event.start = 1772355600000),
  'no array where one must be': (d) => (d.event.type = 'info'),
  'an array where none may be': (d) => (d.event.kind = ['alert']),
  'a category that is none': (d) => (d.event.category = ['model']),
  'a type of another category': (d) => (d.event.type = ['group']),
  "Elastic's own kind": (d) => (d.event.kind = 'signal'),
  'another version': (d) => (d.ecs.version = '8.11.0'),
};

let count = 0;
const seen = new Set();
const note = (node, prefix) => {
  for (const [name, value] of Object.entries(node)) {
    if (EcsFlat[prefix + name]) seen.add(prefix + name);
    else if (prefix + name !== OWN && value && typeof value === 'object') note(value, `${prefix}${name}.`);
  }
};
const [taxonomy, ...files] = process.argv.slice(2);
for (const [id, entry] of Object.entries(JSON.parse(fs.readFileSync(taxonomy, 'utf8')).detectors)) {
  const errors = [];
  values(EcsFlat['event.category'], 'event.category', entry.ecsCategory, errors);
  values(EcsFlat['event.type'], 'event.type', entry.ecsType, errors);
  categories({ category: entry.ecsCategory, type: entry.ecsType }, errors);
  if (errors.length > 0) throw new Error(`detector ${id}: ${errors.join('; ')}`);
}
for (const file of files) {
  for (const line of fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const document = JSON.parse(line);
    const errors = check(document);
    if (errors.length > 0) throw new Error(`${document.event.id}: ${errors.slice(0, 5).join('; ')}`);
    note(document, '');
    if (count++ > 0) continue;
    for (const [what, change] of Object.entries(WRONG)) {
      const wrong = structuredClone(document);
      change(wrong);
      if (check(wrong).length === 0) throw new Error(`${what} is not refused`);
    }
  }
}
if (count === 0) throw new Error('there is no document');
console.log(`   ${count} documents, ${seen.size} fields, all of them ECS ${EcsVersion}; ${Object.keys(WRONG).length} wrong ones refused`);
