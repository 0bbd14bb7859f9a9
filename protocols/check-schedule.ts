/** Checks the schedule of a protocol: it asks instruments that exist of roles that may answer them, and nothing twice. */
import type { Catalogue } from '../instruments/catalogue.ts'
import { itemsInCondition, readCondition } from '../instruments/condition.ts'
import { formatReference, type Mistake, parseReference } from '../instruments/definition.ts'
import { itemsOf } from '../instruments/items.ts'
import type { Instrument } from '../instruments/schema.ts'
import type { Protocol, ScheduleRow } from './schema.ts'

/** The instruments that a protocol asks, each once, without those that do not exist. */
export function scheduled({ schedule }: Protocol, instruments: Catalogue<Instrument>): Instrument[] {
  return [...new Set(schedule.map(({ instrument }) => instrument))].flatMap((reference) => instruments.get(reference) ?? [])
}

export function checkSchedule(protocol: Protocol, instruments: Catalogue<Instrument>): Mistake[] {
  return protocol.schedule.flatMap((row, index) =>
    [
      ...checkWho(row, protocol, instruments),
      ...checkWaves(row, protocol),
      ...checkWhen(row, protocol),
      ...checkConditions(row, protocol, instruments),
      ...checkAbout(row, protocol),
      ...protocol.schedule.slice(0, index).flatMap((earlier, at) => checkTwice(row, earlier, at, protocol)),
    ].map(({ path, reason }) => ({ path: `/schedule/${index}${path}`, reason })),
  )
}

function checkWho({ instrument: reference, role }: ScheduleRow, { roles }: Protocol, instruments: Catalogue<Instrument>): Mistake[] {
  const instrument = instruments.get(reference)
  const versions = instruments.versions(parseReference(reference).id).map(formatReference)
  return [
    ...(instrument
      ? []
      : [
          {
            path: '/instrument',
            reason: `there is no instrument ${reference}${versions.length > 0 ? `; there is: ${versions.join(', ')}` : ''}`,
          },
        ]),
    ...(Object.hasOwn(roles, role) ? [] : [{ path: '/role', reason: notThere('role', role, roles) }]),
    ...(instrument && !instrument.respondents.includes(role)
      ? [{ path: '/role', reason: `${reference} is not for the role ${role}: its respondents are ${instrument.respondents.join(', ')}` }]
      : []),
  ]
}

function checkWaves({ waves }: ScheduleRow, protocol: Protocol): Mistake[] {
  const known = Object.fromEntries(protocol.waves.map(({ id }) => [id, true]))
  return checkNames('/waves', 'wave', waves, known)
}

function checkWhen({ when }: ScheduleRow, { arms, cohorts }: Protocol): Mistake[] {
  return [...checkNames('/when/arms', 'arm', when?.arms, arms), ...checkNames('/when/cohorts', 'cohort', when?.cohorts, cohorts)]
}

function checkNames(path: string, noun: string, names: string[] | undefined, known: Record<string, unknown>): Mistake[] {
  if (names?.length === 0) return [{ path, reason: `no ${noun} is left, so this row is for nobody: leave the key out to mean all` }]
  return (names ?? []).flatMap((name, index) => {
    if (!Object.hasOwn(known, name)) return [{ path: `${path}/${index}`, reason: notThere(noun, name, known) }]
    return names?.indexOf(name) === index ? [] : [{ path: `${path}/${index}`, reason: `${name} stands here twice` }]
  })
}

/** Samples, consents and answers on which a row depends are ones that the protocol collects. */
function checkConditions({ when, role, about }: ScheduleRow, protocol: Protocol, instruments: Catalogue<Instrument>): Mistake[] {
  const { sample, consent, answers } = when ?? {}
  const asked = protocol.consents.filter(({ purpose }) => purpose === consent?.purpose)
  const purposes = Object.fromEntries(protocol.consents.map(({ purpose }) => [purpose, true]))
  return [
    ...(sample === undefined || Object.hasOwn(protocol.samples, sample)
      ? []
      : [{ path: '/when/sample', reason: notThere('sample', sample, protocol.samples) }]),
    ...(consent === undefined || Object.hasOwn(purposes, consent.purpose)
      ? []
      : [{ path: '/when/consent/purpose', reason: notThere('purpose', consent.purpose, purposes) }]),
    ...(consent === undefined || asked.length === 0 || asked.some(({ roles }) => roles.includes(consent.of))
      ? []
      : [{ path: '/when/consent/of', reason: `nobody in the role ${consent.of} is asked for consent to ${consent.purpose}` }]),
    ...(consent && about === undefined && consent.of === role && !protocol.consents.some(({ roles }) => roles.includes(role))
      ? [{ path: '/when/consent/of', reason: `the role ${role} is asked for no consent` }]
      : []),
    ...(answers ? checkAnswers(answers, protocol, instruments) : []),
  ]
}

type AnswersCondition = NonNullable<NonNullable<ScheduleRow['when']>['answers']>

function checkAnswers(answers: AnswersCondition, { schedule, waves }: Protocol, instruments: Catalogue<Instrument>): Mistake[] {
  const path = '/when/answers'
  const rows = schedule.filter(({ instrument }) => parseReference(instrument).id === answers.instrument)
  const known = Object.fromEntries(schedule.map(({ instrument }) => [parseReference(instrument).id, true]))
  if (rows.length === 0) return [{ path: `${path}/instrument`, reason: notThere('instrument in the schedule', answers.instrument, known) }]
  if (answers.wave !== undefined && !rows.some((row) => row.waves.includes(answers.wave as string))) {
    const reason = waves.some(({ id }) => id === answers.wave)
      ? `${answers.instrument} is not asked in wave ${answers.wave}`
      : notThere('wave', answers.wave, Object.fromEntries(waves.map(({ id }) => [id, true])))
    return [{ path: `${path}/wave`, reason }]
  }
  return checkCondition(
    `${path}/condition`,
    answers.condition,
    rows.map(({ instrument }) => instrument),
    instruments,
  )
}

/** A condition over the answers to any of these instruments (`id@version`). */
export function checkCondition(path: string, condition: string, references: string[], instruments: Catalogue<Instrument>): Mistake[] {
  let names: string[]
  try {
    readCondition(condition)
    names = itemsInCondition(condition)
  } catch (error) {
    return [{ path, reason: (error as Error).message }]
  }
  const reasons = references.flatMap((reference) => {
    const instrument = instruments.get(reference)
    const items = instrument ? itemsOf(instrument).map(({ name }) => name) : names
    const missing = names.filter((name) => !items.includes(name))
    return missing.map((name) => `${reference} has no item ${name}`)
  })
  if (names.length === 0) reasons.push('it looks at no item, so it is always the same')
  return [...new Set(reasons)].map((reason) => ({ path, reason }))
}

/** An assignment about somebody needs somebody else who answers it: about oneself every list is. */
function checkAbout({ about, role }: ScheduleRow, { roles }: Protocol): Mistake[] {
  if (about === undefined) return []
  if (!Object.hasOwn(roles, about)) return [{ path: '/about', reason: notThere('role', about, roles) }]
  return about === role ? [{ path: '/about', reason: `${role} would be asked about ${role}: leave the key out` }] : []
}

/** A list is asked once a wave: two rows for one role, of the same version or of two, cannot both be meant. */
function checkTwice(row: ScheduleRow, earlier: ScheduleRow, at: number, protocol: Protocol): Mistake[] {
  const { id } = parseReference(row.instrument)
  if (id !== parseReference(earlier.instrument).id || row.role !== earlier.role || row.about !== earlier.about) return []
  const waves = row.waves.filter((wave) => earlier.waves.includes(wave))
  const shared = (names: string[] | undefined, others: string[] | undefined, all: Record<string, unknown>) =>
    (names ?? Object.keys(all)).some((name) => (others ?? Object.keys(all)).includes(name))
  const sameCases =
    shared(row.when?.arms, earlier.when?.arms, protocol.arms) && shared(row.when?.cohorts, earlier.when?.cohorts, protocol.cohorts)
  if (waves.length === 0 || !sameCases) return []
  return [{ path: '', reason: `/schedule/${at} already asks ${id} of the role ${row.role} in ${waves.join(', ')}` }]
}

/** That something is not among what the protocol itself defines. */
export const notThere = (noun: string, name: string, known: Record<string, unknown>): string =>
  `there is no ${noun} ${name}; there is: ${Object.keys(known).join(', ') || 'none'}`
