import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { jsonSchemaFiles } from '../../scripts/json-schemas.ts'
import { shippedDirectory } from '../../server/definitions/load.ts'

const read = (path: string): string => readFileSync(join(shippedDirectory, path), 'utf8')

describe('the JSON Schema files that editors use are those of the schemas in force (npm run definitions:schemas writes them):', () => {
  for (const [path, text] of Object.entries(jsonSchemaFiles())) test(path, () => assert.equal(read(path), text))
})

test('every shipped definition names the JSON Schema file of its kind', () => {
  const definitions = globSync('{instruments,norms,protocols}/*/*.json', { cwd: shippedDirectory })
  assert.ok(definitions.length > 0)
  for (const path of definitions) {
    const { $schema, kind } = JSON.parse(read(path))
    assert.equal(join(dirname(dirname(path)), `${kind}.schema.json`), join(dirname(path), $schema), path)
    assert.ok(join(dirname(path), $schema) in jsonSchemaFiles(), path)
  }
})

test('in an instrument and in a part a piece may stand for a page, an element, a list of choices, a scale or a text', () => {
  for (const path of ['instruments/instrument.schema.json', 'instruments/part.schema.json']) {
    const { definitions } = JSON.parse(read(path))
    for (const name of ['page', 'element', 'choices', 'scale', 'localized'])
      assert.deepEqual(definitions[name], { anyOf: [{ $ref: '#/definitions/use' }, { $ref: `#/definitions/${name}-itself` }] })
    assert.deepEqual(Object.keys(definitions.use.properties), ['$use'])
  }
})

test('in a protocol and in its parts a piece may stand for a mail, the reminders, the mails of a role, a reason or a text', () => {
  for (const path of ['protocols/protocol.schema.json', 'protocols/part.schema.json']) {
    const { definitions } = JSON.parse(read(path))
    for (const name of ['mail', 'reminders', 'role-mails', 'reason', 'localized'])
      assert.deepEqual(definitions[name], { anyOf: [{ $ref: '#/definitions/use' }, { $ref: `#/definitions/${name}-itself` }] })
  }
})

test('no JSON Schema refers to a definition that it does not have', () => {
  for (const [path, text] of Object.entries(jsonSchemaFiles())) {
    const { definitions = {} } = JSON.parse(text)
    for (const [, name] of text.matchAll(/"\$ref": "#\/definitions\/([^"]+)"/g)) assert.ok(name && name in definitions, `${path}: ${name}`)
  }
})
