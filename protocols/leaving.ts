/** Why staff and referrers say on their page that they cannot answer about a family any more. The same in every study. */
import type { Localized } from '../instruments/definition.ts'

export const leavingReasons = {
  'no-longer-involved': { title: { nl: 'Begeleidt dit gezin niet meer', en: 'Is no longer involved with this family' } },
  'left-work': { title: { nl: 'Heeft ander werk of een andere functie', en: 'Has left this work or has another job' } },
  'never-involved': { title: { nl: 'Heeft dit gezin nooit begeleid', en: 'Was never involved with this family' } },
  'family-gone': { title: { nl: 'Er is geen contact meer met het gezin', en: 'There is no contact with the family any more' } },
} as const satisfies Record<string, { title: Localized }>

export type LeavingReason = keyof typeof leavingReasons

export const leavingReasonIds = Object.keys(leavingReasons) as LeavingReason[]
