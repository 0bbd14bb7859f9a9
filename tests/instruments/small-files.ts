/** The smallest definitions that have everything in them, to be changed by a test. They are plain JSON, as in a file. */
import type { DefinitionFile } from '../../instruments/definition.ts'

/** Anything that JSON can hold; tests change it freely, also into what no schema allows. */
// biome-ignore lint/suspicious/noExplicitAny: a test may put anything into a definition file
export type Json = any

export const both = (text: string): { nl: string; en: string } => ({ nl: `${text} (nl)`, en: `${text} (en)` })

export const choices = (low: number, high: number): Json[] =>
  Array.from({ length: high - low + 1 }, (_, step) => ({ value: low + step, text: both(`step ${low + step}`) }))

const wording = { status: 'stand-in', holder: 'Nobody', source: 'Written for a test' }

/** `mood@0.1.0-standin`: three items of 1 to 4, a panel behind a condition, an open question, and two scales. */
export function smallInstrument(): Json {
  return {
    kind: 'instrument',
    id: 'mood',
    version: '0.1.0-standin',
    title: both('Mood'),
    measures: both('Mood of the past week'),
    minutes: 2,
    wording: { ...wording },
    respondents: ['parent'],
    survey: {
      title: both('Mood'),
      pages: [
        {
          name: 'first',
          elements: [
            { type: 'html', name: 'welcome', html: both('Welcome') },
            { type: 'radiogroup', name: 'q1', title: both('One'), isRequired: true, choices: choices(1, 4) },
            { type: 'radiogroup', name: 'q2', title: both('Two'), choicesFromQuestion: 'q1' },
          ],
        },
        {
          name: 'second',
          visibleIf: '{q1} > 1',
          elements: [
            { type: 'radiogroup', name: 'q3', title: both('Three'), choices: choices(1, 4) },
            {
              type: 'panel',
              name: 'more',
              visibleIf: '{q2} = 4',
              elements: [
                { type: 'text', name: 'q4', title: both('Four'), inputType: 'number', min: 0, max: 10, visibleIf: '{q3} notempty' },
              ],
            },
          ],
        },
      ],
    },
    scales: [
      {
        id: 'total',
        title: both('Total'),
        problem: both('bad mood'),
        items: ['q1', 'q2', 'q3'],
        reverse: ['q2'],
        method: 'sum',
        itemRange: [1, 4],
        missing: { allowed: 1, prorate: true },
        range: [3, 12],
        worse: 'high',
      },
      {
        id: 'events',
        title: both('Events'),
        items: ['q1', 'q2', 'q3'],
        method: 'categories',
        counts: [3, 4],
        groups: { home: ['q1', 'q2'], work: ['q3'] },
        itemRange: [1, 4],
        missing: { allowed: 0, prorate: false },
        range: [0, 2],
        worse: null,
      },
    ],
  }
}

/** `common@0.1.0-standin`: a part with a list of choices and an element that uses it. */
export function smallPart(): Json {
  return {
    kind: 'part',
    id: 'common',
    version: '0.1.0-standin',
    title: both('Common pieces'),
    wording: { ...wording },
    define: {
      steps: choices(1, 4),
      question: { type: 'radiogroup', name: 'q3', title: both('Three'), choices: { $use: 'steps' } },
    },
  }
}

/** The file in which a definition belongs. */
export const fileOf = (folder: string, definition: Json): DefinitionFile => ({
  path: `${folder}/${definition.id}/${definition.version}.json`,
  text: JSON.stringify(definition, null, 2),
})

/** Changes a definition in place. */
export type Change = (definition: Json) => void

/** Puts a value at a JSON pointer; `-` appends to a list, and undefined takes away what is there (as in JSON Patch, RFC 6902). */
export const put =
  (pointer: string, value: Json): Change =>
  (definition) => {
    const segments = pointer.split('/').slice(1)
    const last = segments.pop() as string
    const target = segments.reduce((inner, segment) => inner[segment], definition)
    if (last === '-') target.push(value)
    else if (value === undefined && Array.isArray(target)) target.splice(Number(last), 1)
    else if (value === undefined) delete target[last]
    else target[last] = value
  }

/** Several changes, one after the other. */
export const all =
  (...changes: Change[]): Change =>
  (definition) => {
    for (const change of changes) change(definition)
  }
