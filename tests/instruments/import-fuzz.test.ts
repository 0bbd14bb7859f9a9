import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readInstruments } from '../../instruments/catalogue.ts'
import { checkInstruments } from '../../instruments/check.ts'
import { exportQuestionnaire } from '../../instruments/fhir/export.ts'
import { importQuestionnaire } from '../../instruments/fhir/import.ts'
import { ImportFaults, pathOfPointer } from '../../instruments/fhir/report.ts'
import { instrumentSchema } from '../../instruments/schema.ts'
import { importSurvey } from '../../instruments/surveyjs/import.ts'
import { placements } from '../harness/records-study.ts'
import { type Json, put, smallInstrument } from './small-files.ts'

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value))
const definitions = [smallInstrument(), placements].map((definition) => instrumentSchema.parse(definition))

/** What another tool might have made: everything that is read, nothing of ours. */
const foreign: Json = {
  resourceType: 'Questionnaire',
  language: 'en',
  url: 'http://example.org/q',
  version: '2',
  title: 'Made up',
  publisher: 'Example Press',
  item: [
    { linkId: '/1', type: 'boolean', text: 'Any children?', required: true },
    {
      linkId: '/2',
      type: 'group',
      text: 'Each child',
      repeats: true,
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs', valueInteger: 9 }],
      enableWhen: [{ question: '/1', operator: '=', answerBoolean: true }],
      item: [
        { linkId: '/2/1', type: 'integer', text: 'How old?' },
        {
          linkId: '/2/2',
          type: 'group',
          enableWhen: [{ question: '/2/1', operator: '>', answerInteger: 3 }],
          item: [{ linkId: '/2/2/1', type: 'string', text: 'Which school?', maxLength: 40 }],
        },
      ],
    },
    {
      linkId: '/3',
      type: 'group',
      text: 'The week',
      item: [
        {
          linkId: '/3/1',
          type: 'choice',
          text: 'How was it?',
          _text: {
            extension: [
              {
                url: 'http://hl7.org/fhir/StructureDefinition/translation',
                extension: [
                  { url: 'lang', valueCode: 'nl' },
                  { url: 'content', valueString: 'Hoe was het?' },
                ],
              },
            ],
          },
          answerOption: ['bad', 'fair', 'good'].map((code, valueDecimal) => ({
            extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal }],
            valueCoding: { system: 'http://example.org/s', code, display: code },
          })),
        },
        {
          linkId: '/3/2',
          type: 'choice',
          text: 'Why?',
          repeats: true,
          enableWhen: [
            { question: '/3/1', operator: '=', answerCoding: { code: 'bad' } },
            { question: '/1', operator: 'exists', answerBoolean: false },
          ],
          enableBehavior: 'any',
          answerOption: [{ valueString: 'work' }, { valueString: 'home' }],
          item: [{ linkId: '/3/2/1', type: 'text', text: 'More?' }],
        },
      ],
    },
  ],
}

const originals: { original: Json; read: (value: unknown) => { instrument: Json; notes: { path: string }[] } }[] = [
  { original: foreign, read: importQuestionnaire },
  ...definitions.map((definition) => ({ original: plain(exportQuestionnaire(definition).questionnaire), read: importQuestionnaire })),
  ...definitions.map(({ survey }) => ({ original: plain(survey), read: importSurvey })),
]

/** JSON pointers to everything in a value but itself, past keys that no original has. */
const places = (value: Json, at = ''): string[] =>
  Object.entries(typeof value === 'object' && value !== null ? value : {})
    .filter(([key]) => /^\w+$/.test(key))
    .flatMap(([key, inner]) => [`${at}/${key}`, ...places(inner, `${at}/${key}`)])
const valueAt = (value: Json, pointer: string): Json =>
  pointer
    .split('/')
    .slice(1)
    .reduce((inner, key) => inner?.[key], value)

const odd = fc.oneof(
  fc.constantFrom<Json>(
    undefined,
    null,
    '',
    ' ',
    'q1',
    'constructor',
    'panel',
    '{q1',
    0,
    -1,
    51,
    1e300,
    true,
    [],
    {},
    [{}],
    ['a', 'a'],
    {
      nl: 1,
    },
    { toString: null },
  ),
  fc.jsonValue(),
)
/** Something else in the place of what is there, or what stands elsewhere, or something twice. */
const change = fc.record({ kind: fc.constantFrom('replace', 'move', 'twice'), at: fc.nat(), from: fc.nat(), value: odd })

function changed(original: Json, changes: { kind: string; at: number; from: number; value: Json }[]): Json {
  const value = structuredClone(original)
  for (const { kind, at, from, value: other } of changes) {
    const all = places(value)
    if (all.length === 0) return value
    const place = all[at % all.length] as string
    const copy = structuredClone(valueAt(value, all[from % all.length] as string))
    const list = valueAt(value, place.replace(/\/[^/]*$/, ''))
    if (kind === 'twice' && Array.isArray(list)) list.push(structuredClone(valueAt(value, place)))
    else put(place, kind === 'replace' ? structuredClone(other) : copy)(value)
  }
  return plain(value)
}

describe('whatever somebody has changed in an original,', () => {
  test('it becomes an instrument that check can judge, or each fault is told with its path', () => {
    const ends = { instruments: 0, valid: 0, faults: 0 }
    fc.assert(
      fc.property(fc.nat(originals.length - 1), fc.array(change, { minLength: 1, maxLength: 4 }), (which, changes) => {
        const { original, read } = originals[which] as (typeof originals)[number]
        try {
          const { instrument, notes } = read(changed(original, changes))
          const text = JSON.stringify(instrument)
          const found = readInstruments([{ path: `instruments/${instrument.id}/${instrument.version}.json`, text }])
          const problems = [...found.problems, ...checkInstruments(found)]
          for (const { path, reason } of problems) assert.ok(path.startsWith('/') && reason.length > 5, `${path}: ${reason}`)
          for (const { path } of notes) assert.match(path, /^[^/]/)
          ends.instruments++
          if (problems.length === 0) ends.valid++
        } catch (error) {
          if (!(error instanceof ImportFaults)) throw error
          assert.ok(error.faults.length > 0)
          for (const { path, reason } of error.faults) assert.ok(reason.length > 5 && (path !== '' || read === importSurvey), reason)
          ends.faults++
        }
      }),
      { numRuns: 600 },
    )
    assert.ok(
      Object.values(ends).every((count) => count > 40),
      JSON.stringify(ends),
    )
  })

  test('what is put into it is carried over, or listed at its place or around it', () => {
    for (const { original, read } of originals)
      for (const place of ['', ...places(original)]) {
        const value = structuredClone(original)
        const object = valueAt(value, place)
        if (typeof object !== 'object' || object === null || Array.isArray(object)) continue
        object.added = 'put in by a test'
        const { instrument, notes } = read(value)
        const path = pathOfPointer(place)
        const listed = notes.some(
          (note) => note.path === path || `${note.path}` === `${path}${path && '.'}added` || path.startsWith(note.path),
        )
        assert.ok(listed || JSON.stringify(instrument).includes(object.added), path)
      }
  })
})
