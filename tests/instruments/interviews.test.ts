import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { answerChecker } from '../../instruments/answers.ts'
import { comparableScales, compareInstruments } from '../../instruments/compare.ts'
import { formatReference, requiredLanguages } from '../../instruments/definition.ts'
import { type Item, itemsOf } from '../../instruments/items.ts'
import type { Answers, Instrument } from '../../instruments/schema.ts'
import { scoreInstrument } from '../../instruments/score.ts'
import { languagesOf, missingIn } from '../../instruments/translations.ts'
import { checkDefinitions } from '../../server/definitions/check.ts'
import { readDefinitions, shippedDirectory } from '../../server/definitions/load.ts'

const roles = ['referrer', 'parent', 'informant', 'youth']
const scales = ['safety', 'support', 'regie', 'contact']
const { definitions } = readDefinitions([shippedDirectory])
const schedule = (kind: 'ekc' | 'shadow', role: string): Instrument =>
  definitions.instruments.need(`interview-${kind}-${role}@0.1.0-standin`)
const all = roles.flatMap((role) => [schedule('ekc', role), schedule('shadow', role)])

/** Every text and number in a definition, by where it stands. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`))
}

const textsIn = (value: unknown, language: string): string[] =>
  leaves(value).flatMap(([path, text]) => (path.endsWith(`/${language}`) ? [String(text)] : []))

for (const role of roles)
  describe(`the interview with the ${role}`, () => {
    const [ekc, shadow] = [schedule('ekc', role), schedule('shadow', role)]

    test('asks and scores the same after a conference and after a regular decision', () => {
      assert.deepEqual(compareInstruments(ekc, shadow), [])
      assert.deepEqual(comparableScales(ekc, shadow), scales)
    })

    test('speaks of the conference in the one and of the decision in the other, and differs in nothing else', () => {
      const before = leaves([ekc.survey, ekc.scales])
      const after = new Map(leaves([shadow.survey, shadow.scales]))
      assert.equal(after.size, before.length)
      const differing = before.filter(([path, leaf]) => after.get(path) !== leaf)
      const about = (words: RegExp, [, leaf]: [string, unknown]) => words.test(String(leaf))
      const conference = /conferentie|conference/
      assert.deepEqual(
        differing,
        before.filter((leaf) => about(conference, leaf)),
      )
      for (const [path] of differing)
        assert.match(String(after.get(path)), path.endsWith('nl') ? /het besluit over de hulp/ : /the decision about help/)
      // In each language: what changed, compared with before (five times), what was carried out, and the text about consent.
      assert.equal(differing.length, 2 * 8)
    })

    test('never mentions a conference to whom none was offered', () => {
      assert.doesNotMatch(JSON.stringify([shadow.title, shadow.measures, shadow.survey, shadow.scales]), /eigen kracht|conferen/i)
    })

    test('is complete in both languages, with nothing left to be filled in', () => {
      for (const instrument of [ekc, shadow]) {
        assert.deepEqual(languagesOf(instrument).toSorted(), requiredLanguages.toSorted())
        for (const language of requiredLanguages) assert.deepEqual(missingIn(instrument, language), [])
        for (const [path, leaf] of leaves(instrument)) assert.doesNotMatch(String(leaf), /\{\{|\}\}|\$use/, path)
      }
    })
  })

test('all eight have the same scales of the same statements, so that roles can be held beside each other', () => {
  for (const instrument of all) {
    assert.deepEqual(comparableScales(all[0] as Instrument, instrument), scales, instrument.id)
    assert.deepEqual(instrument.respondents, ['interviewer'])
    assert.deepEqual(instrument.scales, all[0]?.scales)
  }
})

test('all eight ask the same items; only of a child or young person there is a question about the guardian', () => {
  const names = (instrument: Instrument) => itemsOf(instrument).map(({ name }) => name)
  const expected = names(schedule('ekc', 'referrer'))
  for (const role of roles)
    assert.deepEqual(
      names(schedule('shadow', role)).filter((name) => name !== 'consent_guardian'),
      expected,
      role,
    )
  assert.deepEqual(
    roles.filter((role) => names(schedule('ekc', role)).includes('consent_guardian')),
    ['youth'],
  )
})

test('whoever is 8 to 18 is called je, all others u', () => {
  for (const instrument of all) {
    const texts = textsIn(instrument.survey, 'nl').join('\n')
    const [own, other] = [/\b(je|jij|jou|jouw|jullie)\b/i, /\b(u|uw)\b/i]
    const youth = instrument.id.endsWith('youth')
    assert.match(texts, youth ? own : other, instrument.id)
    assert.doesNotMatch(texts, youth ? other : own, instrument.id)
  }
})

test('the words to a child or young person are plainer: shorter sentences than to a parent, none above 16 words', () => {
  const spoken = (role: string) =>
    itemsOf(schedule('ekc', role))
      .filter(({ page }) => !['page_meeting', 'page_circumstances', 'page_consent'].includes(page))
      .map(({ question }) => question.title.nl.split(/\s+/).length)
  const mean = (lengths: number[]) => lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  assert.ok(mean(spoken('youth')) < mean(spoken('parent')))
  assert.ok(Math.max(...spoken('youth')) <= 16)
})

test('every open answer is a long text with a word against names', () => {
  for (const instrument of all) {
    const open = itemsOf(instrument).filter(({ question }) => question.type === 'comment')
    assert.ok(open.length >= 14, instrument.id)
    for (const { question } of open) {
      assert.equal('maxLength' in question && question.maxLength, 4000)
      assert.equal('description' in question && question.description?.nl, 'Schrijf geen namen op.')
    }
  }
})

/** The items that are asked once `answers` are given. */
function asked(instrument: Instrument, answers: Answers): string[] {
  const { answers: kept, open } = answerChecker(instrument)(answers)
  return itemsOf(instrument)
    .map(({ name }: Item) => name)
    .filter((name) => name in kept || open.some(({ item }) => item === name))
}

const parent = schedule('ekc', 'parent')
const youth = schedule('shadow', 'youth')
const metadata = ['held', 'date', 'place', 'duration', 'present']

test('of an interview that was not held only the reason is asked, such as a refusal, a no-show, no time, or turned 18', () => {
  assert.deepEqual(asked(parent, {}), ['held'])
  assert.deepEqual(asked(parent, { held: 0 }), ['held', 'not_held'])
  assert.deepEqual(asked(parent, { held: 0, not_held: 10, consent: 1, safety1: 5 }), ['held', 'not_held', 'not_held_other'])
  const reasons = itemsOf(parent)
    .find(({ name }) => name === 'not_held')
    ?.choices.map(({ text }) => text.en)
  for (const reason of ['The guardian (gezinsvoogd) refuses', 'Did not come to the appointment', 'No time', 'The youth turned 18'])
    assert.ok(reasons?.includes(reason), reason)
})

test('without consent nothing is asked beyond date, place, duration and who was present', () => {
  for (const consent of [0, 2]) assert.deepEqual(asked(parent, { held: 1, consent, safety1: 5, changed: 'iets' }), [...metadata, 'consent'])
  assert.deepEqual(asked(parent, { held: 1 }), [...metadata, 'consent'])
  assert.ok(asked(parent, { held: 1, consent: 1 }).length > 30)
})

test('a child or young person is asked for consent after the guardian gave it, or from 16 years', () => {
  assert.deepEqual(asked(youth, { held: 1, consent: 1 }), [...metadata, 'consent_guardian'])
  assert.deepEqual(asked(youth, { held: 1, consent_guardian: 0, consent: 1, safety1: 5 }), [...metadata, 'consent_guardian'])
  for (const consent_guardian of [1, 2]) {
    assert.deepEqual(asked(youth, { held: 1, consent_guardian, consent: 0 }), [...metadata, 'consent_guardian', 'consent'])
    assert.ok(asked(youth, { held: 1, consent_guardian, consent: 1 }).includes('safety1'))
  }
})

test('what is behind "something else", or not carried out, is asked only then', () => {
  const held = { held: 1, consent: 1 }
  const further = (answers: Answers) =>
    asked(parent, { ...held, ...answers }).filter((name) => ['support_who_other', 'decides_other', 'result_why'].includes(name))
  assert.deepEqual(further({}), [])
  assert.deepEqual(further({ support_who: [1, 6] }), ['support_who_other'])
  assert.deepEqual(further({ support_who: [1, 2] }), [])
  assert.deepEqual(further({ decides: 4 }), ['decides_other'])
  for (const result_done of [0, 1]) assert.deepEqual(further({ result_done }), ['result_why'])
  for (const result_done of [2, 9]) assert.deepEqual(further({ result_done }), [])
})

const scoresOf = (instrument: Instrument, given: Answers) => {
  const { answers, notApplicable } = answerChecker(instrument)(given)
  return Object.fromEntries(
    scoreInstrument(instrument, answers, notApplicable).map(({ scale, raw, missing, reason }) => [scale, [raw, missing, reason]]),
  )
}

// Safety: 4, 5, 4 and, reversed, 6 - 2 = 4: 17 / 4 = 4.25. Support: 3, 2, 4 and no view: 9 / 3 = 3. Regie: 2, 4, one left open,
// and, reversed, 6 - 5 = 1: 7 / 3. Contact: two without a view are one too many.
const given: Answers = {
  ...{ held: 1, consent_guardian: 1, consent: 1 },
  ...{ safety1: 4, safety2: 5, safety3: 4, safety4: 2 },
  ...{ support1: 3, support2: 2, support3: 4, support4: 9 },
  ...{ regie1: 2, regie2: 4, regie4: 5 },
  ...{ contact1: 5, contact2: 9, contact3: 9, contact4: 4 },
}

test('a score is the mean of the statements; "no view" is as missing as an open one, and never counts as a number', () => {
  for (const instrument of all) {
    const { consent_guardian, ...adult } = given
    assert.deepEqual(scoresOf(instrument, instrument.id.endsWith('youth') ? given : adult), {
      safety: [4.25, 0, null],
      support: [3, 1, null],
      regie: [7 / 3, 1, null],
      contact: [null, 2, 'too-many-missing'],
    })
  }
})

test('four times "no view" is no answer, and an interview without consent has no scores', () => {
  const nothing = { support1: 9, support2: 9, support3: 9, support4: 9 }
  assert.deepEqual(scoresOf(youth, { ...given, ...nothing }).support, [null, 4, 'no-answer'])
  assert.deepEqual(scoresOf(youth, { ...given, consent: 0 }), Object.fromEntries(scales.map((scale) => [scale, [null, 4, 'not-asked']])))
})

test('check has nothing against the interviews but that they are not published yet, and warns of nothing in them', () => {
  const { errors, warnings, checked } = checkDefinitions(shippedDirectory)
  assert.equal(checked.filter(({ file }) => file.includes('/interview-')).length, 16)
  const said = [...errors.filter(({ unpublished }) => !unpublished), ...warnings]
  assert.deepEqual(
    said.filter(({ file }) => file.includes('/interview-')),
    [],
  )
})

test('an interview holds no text of its own beyond its title: pages, questions and scales come from the parts', () => {
  for (const instrument of all) {
    const file = `instruments/${instrument.id}/${instrument.version}.json`
    const { survey, scales: own, uses } = JSON.parse(readFileSync(join(shippedDirectory, file), 'utf8'))
    for (const taken of [survey.title, survey.description, ...survey.pages, ...own]) assert.deepEqual(Object.keys(taken), ['$use'], file)
    assert.equal(uses.includes('interview-conference@0.1.0-standin'), instrument.id.includes('-ekc-'), formatReference(instrument))
  }
})
