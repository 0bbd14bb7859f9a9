/** Translations beside definitions: what they make of a definition, and that they change nothing in what is published. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readInstruments } from '../../instruments/catalogue.ts'
import { onlyIn, withTexts } from '../../instruments/translation.ts'
import { placedTexts } from '../../instruments/translations.ts'
import { fileOf, type Json, smallInstrument, smallPart } from './small-files.ts'

export const translation = (of: string, texts: Record<string, string>, language = 'tr'): Json => ({
  kind: 'translation',
  of,
  language,
  status: 'machine-draft',
  source: 'Written for a test',
  texts,
})

const translationFile = (definition: Json) => ({
  path: `instruments/${definition.of.replace('@', '/')}.${definition.language}.json`,
  text: JSON.stringify(definition),
})

/** A list that takes its last question and an event from a part. */
function sharing(): Json {
  const instrument = smallInstrument()
  instrument.uses = ['common@0.1.0-standin']
  instrument.survey.pages[1].elements[0] = { $use: 'question' }
  instrument.survey.title = { nl: 'Sinds {{event}}', en: 'Since {{event}}' }
  const part = smallPart()
  part.define.event = { nl: 'het gesprek', en: 'the talk' }
  return [instrument, part]
}

const read = (definitions: Json[], translations: Json[]) =>
  readInstruments([...definitions.map((definition) => fileOf('instruments', definition)), ...translations.map(translationFile)])

const mood = 'mood@0.1.0-standin'
const common = 'common@0.1.0-standin'

test('a list speaks a further language where its own file and its parts are translated, and Dutch elsewhere', () => {
  const { catalogue, translated, problems } = read(sharing(), [
    translation(mood, { 'Sinds {{event}}': '{{event}} sonrası', 'One (nl)': 'Bir' }),
    translation(common, { 'het gesprek': 'görüşme', 'Three (nl)': 'Üç', 'step 1 (nl)': 'adım 1' }),
  ])
  assert.deepEqual(problems, [])
  const { survey } = translated.forReader(catalogue.need(mood), 'tr')
  assert.deepEqual(survey.title, { tr: 'görüşme sonrası' })
  const [first, second] = survey.pages as Json[]
  assert.deepEqual(first.elements[1].title, { tr: 'Bir' })
  assert.deepEqual(first.elements[2].title, { nl: 'Two (nl)' })
  assert.deepEqual(second.elements[0].title, { tr: 'Üç' })
  assert.deepEqual(second.elements[0].choices[0].text, { tr: 'adım 1' })
})

test('a text whose words are not translated stays in Dutch as a whole, and that is told', () => {
  const { catalogue, translated } = read(sharing(), [translation(mood, { 'Sinds {{event}}': '{{event}} sonrası' })])
  assert.deepEqual(translated.forReader(catalogue.need(mood), 'tr').survey.title, { nl: 'Sinds het gesprek' })
  assert.deepEqual(translated.lacking(mood, 'tr'), [
    { path: '/survey/title/tr', reason: '{{event}}: "event" of common@0.1.0-standin has no text for "tr"' },
  ])
})

test('a translation changes nothing in what is published, and is made once', () => {
  const plain = read(sharing(), []).catalogue.all()
  const { catalogue, translated } = read(sharing(), [translation(mood, { 'One (nl)': 'Bir' })])
  assert.deepEqual(catalogue.all(), plain)
  const list = catalogue.need(mood)
  assert.deepEqual(translated.into(list, 'tr').survey.title, { nl: 'Sinds het gesprek', en: 'Since the talk' })
  assert.equal(translated.forReader(list, 'tr'), translated.forReader(list, 'tr'))
  assert.deepEqual(translated.forReader(list, 'pl').survey.title, { nl: 'Sinds het gesprek' }, 'without a translation it is Dutch')
  assert.deepEqual(translated.languagesOf(mood), ['tr'])
  assert.deepEqual(catalogue.all(), plain)
})

test('everything but texts stays as it is, whatever stands in a definition', () => {
  const text = fc.record({ nl: fc.string({ maxLength: 3 }), en: fc.string({ maxLength: 3 }) }, { noNullPrototype: true })
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.string(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom('a', 'title', 'nl', 'constructor'), tie('value'), { noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(value, fc.dictionary(fc.string({ maxLength: 3 }), fc.string({ minLength: 1, maxLength: 3 })), (definition, texts) => {
      const made = withTexts(definition, 'tr', texts)
      assert.deepEqual(onlyIn(made, 'nl'), onlyIn(definition, 'nl'))
      for (const { text: found } of placedTexts(made)) assert.equal(found.tr, Object.hasOwn(texts, found.nl) ? texts[found.nl] : undefined)
    }),
  )
})
