import { itemsOf } from '../../instruments/items.ts'
import type { Answers, Instrument } from '../../instruments/schema.ts'
import type { CaseEntry } from '../../server/workflow/check-case.ts'

/** An invented family with a parent, a referrer and an informant; addresses are made of the code. */
export const family = (code: string, { referral = '2026-03-01', conference = '2026-04-15' } = {}): CaseEntry => ({
  code,
  arm: 'conference',
  cohort: 'prospective',
  childBirthMonth: '2016-05',
  anchors: { referral, conference },
  participants: ['parent', 'referrer', 'informant'].map((role) => ({
    role,
    name: `${role} Voorbeeld ${code}`,
    email: address(role, code),
    language: 'nl',
    sex: role === 'parent' ? 'female' : undefined,
  })),
})

export const address = (role: string, code: string): string => `${role}-${code.toLowerCase()}@voorbeeld.example`

/** The same choice for every item: its first one (`step` 0), its second, ... */
export const answersTo = (instrument: Instrument, step = 0): Answers =>
  Object.fromEntries(itemsOf(instrument).map(({ name, choices }) => [name, choices[Math.min(step, choices.length - 1)]?.value ?? 1]))
