/** The complete protocol of De familie aan zet, and invented families in it. */
import { itemsOf } from '../../instruments/items.ts'
import type { Answers, Instrument } from '../../instruments/schema.ts'
import type { CaseEntry, ParticipantEntry } from '../../server/workflow/check-case.ts'

export const completeProtocol = 'familie-aan-zet@0.3.0-standin'

interface FamilyOf extends Partial<Omit<CaseEntry, 'participants'>> {
  /** A role for each participant; twice for two of them. */
  roles?: string[]
}

/** A prospective family of which it is not known yet whether there will be a conference, with everybody who is asked at the start. */
export function familyOf(
  code: string,
  { roles = ['parent', 'referrer', 'coordinator', 'file-researcher'], ...facts }: FamilyOf = {},
): CaseEntry {
  return {
    code,
    arm: 'undecided',
    cohort: 'prospective',
    childBirthMonth: '2016-05',
    anchors: { referral: '2026-03-01' },
    participants: roles.map((role, index) => person(code, role, index)),
    ...facts,
  }
}

const person = (code: string, role: string, index: number): ParticipantEntry => ({
  role,
  name: `${role} ${index + 1} Voorbeeld ${code}`,
  email: addressOf(code, role, index),
  language: 'nl',
  sex: role === 'parent' ? 'female' : undefined,
})

/** `index`: the place among the participants of the case. */
export const addressOf = (code: string, role: string, index: number): string =>
  `${role}${index + 1}-${code.toLowerCase()}@voorbeeld.example`

/** The first choice of each question of which one choice is taken; the others are left open. */
export const firstChoices = (instrument: Instrument): Answers =>
  Object.fromEntries(
    itemsOf(instrument).flatMap((item) =>
      item.kind !== 'records' && item.question.type !== 'checkbox' && item.choices[0] ? [[item.name, item.choices[0].value]] : [],
    ),
  )
