import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { differenceText } from '../../client/desk/definitions/difference-words.ts'
import { en } from '../../client/desk/texts/en.ts'
import { nl } from '../../client/desk/texts/nl.ts'
import { createTranslator } from '../../client/ui/texts.ts'
import { compareInstruments } from '../../instruments/compare.ts'
import { instrumentSchema } from '../../instruments/schema.ts'
import { all, both, type Change, put, smallInstrument } from '../instruments/small-files.ts'

const { say } = createTranslator<typeof nl>(nl, 'nl')
const older = instrumentSchema.parse(smallInstrument())
function told(change: Change): string[] {
  const newer = smallInstrument()
  newer.version = '1.0.0'
  change(newer)
  return compareInstruments(older, instrumentSchema.parse(newer)).map((one) => differenceText(say, one))
}

const q1 = '/survey/pages/0/elements/1'
const q4 = '/survey/pages/1/elements/1/elements/0'

test('what differs is said in Dutch, with names, labels and conditions as they are written', () => {
  assert.deepEqual(told(put(`${q4}/max`, 100)), ['vraag q4: het hoogste antwoord is 100; dat was 10'])
  assert.deepEqual(told(put(`${q4}/max`, undefined)), ['vraag q4: het hoogste antwoord is geen grens; dat was 10'])
  const [moved] = told(put(`${q1}/isRequired`, undefined))
  assert.equal(moved, 'vraag q1: of een antwoord moet is nee; dat was ja')
  assert.deepEqual(told(put('/respondents', ['referrer'])), ['mood@1.0.0 is voor referrer; mood@0.1.0-standin is voor parent'])
  const many = told(
    all(
      put('/survey/pages/1/elements/0', { type: 'comment', name: 'q9', title: both('Nine') }),
      put('/scales/0/items', ['q1', 'q2']),
      put('/scales/0/method', 'mean'),
      put('/scales/0/worse', 'low'),
      put('/scales/0/missing', { allowed: 2, prorate: true }),
    ),
  )
  assert.ok(many.includes('schaal total: de rekenwijze is gemiddelde; dat was som'), many.join('\n'))
  assert.ok(many.includes('schaal total: zonder deze vragen: q3'), many.join('\n'))
  for (const sentence of many) assert.doesNotMatch(sentence, /\b(the|it was|when|whether|scale|missing)\b/)
})

test('every trait that is compared has words in Dutch and English', () => {
  const sources = ['compare-items', 'compare-answers', 'compare-scales'].map((name) =>
    readFileSync(new URL(`../../instruments/${name}.ts`, import.meta.url), 'utf8'),
  )
  const quoted = sources.flatMap((text) => [
    ...text.matchAll(/^ {2,4}'?[\w ]+'?: '((?:the|whether|when|what) [\w ]+)'|^ {4}'((?:the|whether|when|what) [\w ]+)':/gm),
  ])
  const bare = [...(sources[2]?.matchAll(/^ {2}\w+: '([\w ]+)',$/gm) ?? [])].map(([, name]) => `the ${name}`)
  const traits = new Set([...quoted.map(([, one, other]) => one ?? other ?? ''), ...bare])
  assert.ok(traits.size > 15, [...traits].join())
  for (const trait of traits)
    for (const texts of [nl, en]) {
      const { say } = createTranslator<typeof nl>(texts as typeof nl, 'nl')
      const phrase = { what: 'is' as const, parts: { trait, is: '1', was: '2' }, within: [], reason: '' }
      const sentence = differenceText(say, phrase)
      if (texts === nl) assert.doesNotMatch(sentence, /^(the|whether|when|what) /, trait)
      else assert.match(sentence, /^(the|whether|when|what) /, trait)
    }
})
