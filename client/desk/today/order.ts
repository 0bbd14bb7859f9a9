/** What on the page of today is somebody's own work, and in which order: by what they may do, whatever their role is called. Pure. */
import type { Permission } from '../../../server/access/roles.ts'

/** Kinds of things to do, each with the permission to do it. A task has its kind behind the word. */
const doneBy = {
  alarms: 'change cases',
  mail: 'handle mail',
  tasks: 'change cases',
  erased: 'remove answers',
  open: 'answer queries',
  answered: 'ask queries',
  byHand: 'see contact',
  work: 'enter data',
  entries: 'enter data',
  closing: 'see contact',
  undated: 'change cases',
  birthdays: 'change cases',
} as const satisfies Record<string, Permission>
export type Section = keyof typeof doneBy

/** Whose day it is: the first of which somebody has the permission. */
export const days = [
  { day: 'mail', permission: 'handle mail' },
  { day: 'families', permission: 'change cases' },
  { day: 'calls', permission: 'see contact' },
  { day: 'typing', permission: 'enter data' },
  { day: 'values', permission: 'ask queries' },
  { day: 'watching', permission: 'see cases' },
] as const satisfies { day: string; permission: Permission }[]
export type Day = (typeof days)[number]['day']

/** What comes first on each; the rest keeps its order. */
const first: Record<Day, Section[]> = {
  mail: ['alarms', 'mail', 'erased', 'open', 'tasks', 'byHand'],
  families: ['alarms', 'undated', 'tasks', 'birthdays', 'work', 'byHand'],
  calls: ['byHand', 'work', 'entries', 'closing'],
  typing: ['work', 'entries'],
  values: ['answered', 'open'],
  watching: [],
}

export const dayOf = (may: readonly Permission[]): Day => days.find(({ permission }) => may.includes(permission))?.day ?? 'watching'

export interface Ordered {
  section: Section
  /** Whether they can do it themselves. */
  isOwn: boolean
}

/** All of it: first what they can do themselves. */
export function sectionsFor(may: readonly Permission[]): Ordered[] {
  const wanted = first[dayOf(may)]
  const all = [...wanted, ...(Object.keys(doneBy) as Section[]).filter((section) => !wanted.includes(section))]
  return all.map((section) => ({ section, isOwn: may.includes(doneBy[section]) })).sort((a, b) => Number(b.isOwn) - Number(a.isOwn))
}

const mailTasks = ['address refused', 'message refused', 'message unknown', 'message delayed', 'message missed']

/** To which of them a task belongs. */
export function sectionOfTask(kind: string): Section {
  if (kind === 'alarm') return 'alarms'
  if (kind === 'answers erased') return 'erased'
  return mailTasks.includes(kind) ? 'mail' : 'tasks'
}
