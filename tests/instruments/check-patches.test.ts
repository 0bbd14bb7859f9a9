import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readInstruments } from '../../instruments/catalogue.ts'
import { checkPatches } from '../../instruments/check-patches.ts'
import { all, both, type Change, choices, fileOf, type Json, put, smallInstrument, smallPart } from './small-files.ts'

/** What is said of the instrument after a change, when it is the next version in the last number unless another is given. */
function said(change: Change, { before = '0.1.0-standin', after = '0.1.1-standin' } = {}): string[] {
  const versions = [before, after].map((version) => ({ ...smallInstrument(), version }))
  change(versions[1])
  return checkPatches(readInstruments(versions.map((version) => fileOf('instruments', version)))).map(
    ({ path, reason }) => `${path}: ${reason}`,
  )
}

const [q1, q2, panel] = ['/survey/pages/0/elements/1', '/survey/pages/0/elements/2', '/survey/pages/1/elements/1']
const rest = 'Versions 0.1.x of a definition differ in their words only: call this one 0.2.0-standin'

describe('a version that differs in its last number may have other words:', () => {
  const changes: Record<string, Change> = {
    'a question in other words': put(`${q1}/title`, both('First')),
    'a choice in other words': put(`${q1}/choices/0/text`, both('never')),
    'a further translation': put(`${q1}/title`, { ...both('One'), pl: 'Jeden' }),
    'a description that was not there': put(`${q1}/description`, both('Think of the past week')),
    'a panel with a title': put(`${panel}/title`, both('More')),
    'how long it takes, and whose words they are': all(put('/minutes', 9), put('/wording/source', 'Read again')),
  }
  for (const [name, change] of Object.entries(changes)) test(name, () => assert.deepEqual(said(change), []))
})

describe('what is more than other words needs another second number:', () => {
  const changes: Record<string, [Change, string]> = {
    'an item that is gone': [put(`${panel}/elements/0/name`, 'q9'), `${panel}/elements/0/name: this was "q4" in 0.1.0-standin. ${rest}`],
    'a choice more': [put(`${q1}/choices`, choices(1, 5)), `${q1}/choices: there are 5 here, and 4 in 0.1.0-standin. ${rest}`],
    'choices that change places': [
      all(put(`${q1}/choices/0/text`, both('step 2')), put(`${q1}/choices/1/text`, both('step 1'))),
      `${q1}/choices/0/text: "step 2 (nl)" stood at ${q1}/choices/1/text in 0.1.0-standin. ${rest}`,
    ],
    'questions that change places': [
      all(put(`${q1}/title`, both('Two')), put(`${q2}/title`, both('One'))),
      `/survey/pages/0/elements/1/title: "Two (nl)" stood at ${q2}/title in 0.1.0-standin. ${rest}`,
    ],
    'another condition': [put(`${panel}/visibleIf`, '{q2} = 3'), `${panel}/visibleIf: this was "{q2} = 4" in 0.1.0-standin. ${rest}`],
    'no condition': [put(`${panel}/visibleIf`, undefined), `${panel}/visibleIf: this was "{q2} = 4" in 0.1.0-standin. ${rest}`],
    'a key that is turned': [put('/scales/0/reverse', ['q3']), `/scales/0/reverse/0: this was "q2" in 0.1.0-standin. ${rest}`],
    'a limit': [put(`${panel}/elements/0/step`, 1), `${panel}/elements/0/step: this was nothing in 0.1.0-standin. ${rest}`],
  }
  for (const [name, [change, expected]] of Object.entries(changes)) test(name, () => assert.deepEqual(said(change), [expected]))
})

test('with another second number, or beside a stand-in, a version may differ in anything', () => {
  const change = put('/scales/0/reverse', [])
  assert.deepEqual(said(change, { after: '0.2.0-standin' }), [])
  assert.deepEqual(said(change, { before: '1.0.0-standin', after: '1.0.1' }), [])
  assert.equal(said(change, { before: '1.0.0', after: '1.0.1' }).length, 1)
})

test('a version is held beside the one before it; a part in other words is no difference', () => {
  const part = (version: string, change: Change): Json => {
    const made = { ...smallPart(), version }
    change(made)
    return made
  }
  const using = (version: string, partVersion: string): Json => {
    const made = { ...smallInstrument(), version, uses: [`common@${partVersion}`] }
    made.survey.pages[1].elements[0] = { $use: 'question' }
    return made
  }
  const found = checkPatches(
    readInstruments(
      [
        part('0.1.0-standin', () => {}),
        part('0.1.1-standin', put('/define/question/title', both('Third'))),
        part('0.1.2-standin', put('/define/question/isRequired', true)),
        ...['0', '1', '2'].map((last) => using(`0.1.${last}-standin`, `0.1.${last}-standin`)),
      ].map((definition) => fileOf('instruments', definition)),
    ),
  )
  assert.deepEqual(
    found.map(({ file, path }) => `${file} ${path}`),
    ['instruments/mood/0.1.2-standin.json /survey/pages/1/elements/0/isRequired'],
  )
})
