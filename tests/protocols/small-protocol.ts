/** A protocol in the manner of table 2.1 of the report, small enough to reckon by hand. */
import type { PlanCase } from '../../protocols/case.ts'
import { type Protocol, protocolSchema } from '../../protocols/schema.ts'

const text = { nl: 'tekst', en: 'text' }
const mail = { subject: text, body: text }
const role = { title: text, introduction: text }

export const smallProtocol: Protocol = protocolSchema.parse({
  kind: 'protocol',
  id: 'small',
  version: '1.0.0',
  title: text,
  source: 'written for the tests',
  timeZone: 'Europe/Amsterdam',
  languages: ['nl'],
  arms: { conference: { title: text }, 'non-conference': { title: text } },
  cohorts: { prospective: { title: text }, retrospective: { title: text } },
  roles: { parent: role, referrer: role },
  anchors: { referral: { title: text }, conference: { title: text }, decision: { title: text } },
  waves: [
    { id: 'T0', title: text, anchors: ['referral'], offset: {}, window: { opens: 0, closes: 27 } },
    { id: 'FU3', title: text, anchors: ['conference', 'decision'], offset: { months: 3 }, window: { opens: -7, closes: 34 } },
    { id: 'FU9', title: text, anchors: ['conference', 'decision'], offset: { months: 9 }, window: { opens: 0, closes: 41 } },
  ],
  schedule: [
    { instrument: 'nosik@1.0.0', role: 'parent', waves: ['T0'], when: { cohorts: ['prospective'] } },
    { instrument: 'veo@1.0.0', role: 'parent', waves: ['T0', 'FU3', 'FU9'] },
    { instrument: 'succint@1.0.0', role: 'referrer', waves: ['FU3', 'FU9'], when: { arms: ['conference'] } },
  ],
  norms: [],
  consents: [],
  messages: {
    hour: '09:00',
    invitation: mail,
    reminders: [
      { id: 'reminder-1', days: 7, text: mail },
      { id: 'reminder-2', days: 14, text: mail },
    ],
  },
})

/** A case of one parent and one referrer, registered before any of its waves opens. */
export const smallCase = (facts: Partial<PlanCase> = {}): PlanCase => ({
  arm: 'conference',
  cohort: 'prospective',
  registeredAt: '2023-01-01T12:00:00.000Z',
  anchors: { referral: '2026-01-05', conference: '2026-02-27' },
  participants: [
    { id: 'p', role: 'parent' },
    { id: 'r', role: 'referrer' },
  ],
  completed: [],
  ...facts,
})

/** Every day from 1 January 2024 to 31 December 2027, reckoned without the code under test. */
export const everyDay: string[] = Array.from({ length: 1461 }, (_, index) => dayAfter('2024-01-01', index))

/** The day so many days after another, in the proleptic calendar of Date. */
export function dayAfter(day: string, days: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(year, month - 1, date + days)).toISOString().slice(0, 10)
}

/** The day so many months after another; one that the month does not have is its last. */
export function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What a wall clock shows at a moment, `2026-01-05 09:00`, by Intl rather than by Temporal. */
export function wallClock(moment: string, timeZone = 'Europe/Amsterdam'): string {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', options)
  formats.set(timeZone, format)
  return format.format(new Date(moment))
}
