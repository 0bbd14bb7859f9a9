/** A version that a study goes over to: whether it may, and what its lists then ask and score otherwise. */
import { compareInstruments, type Difference } from '../../instruments/compare.ts'
import { compareVersions } from '../../instruments/compare-versions.ts'
import { formatReference, isStandIn, parseReference } from '../../instruments/definition.ts'
import type { Phrase } from '../../instruments/phrase.ts'
import { isForInstrument } from '../../norms/standardise.ts'
import { haveSameLots } from '../../protocols/allocation.ts'
import { checkProtocol } from '../../protocols/check.ts'
import { dayOf, parseDay } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Adoption, inForceOn, type Period } from '../../protocols/versions.ts'
import type { Definitions } from '../definitions/load.ts'
import { normsOfStudy, scheduledLists } from '../definitions/norms-of-study.ts'
import { lastProtocolOf, periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { standInsOf } from '../definitions/stand-ins-of-study.ts'
import { Failure } from '../failure.ts'
import type { Study } from '../queries/studies.ts'

/** One instrument of which another version is asked. */
export interface VersionChange {
  from: string
  to: string
  differences: Difference[]
  /** Ids of the scales whose raw scores stay the same measure. */
  comparable: string[]
  /** The other scales, each with why. */
  notComparable: { id: string; reasons: Phrase[] }[]
  /** Scales that had a norm and have none for the new version. */
  withoutNorm: string[]
}

export interface ToAdopt {
  /** What the study's row would say. */
  adopted: Adoption[]
  /** False when it says so already. */
  isNew: boolean
  periods: Period[]
  changes: VersionChange[]
}

/**
 * Checks that `study` may go over to `reference` (`id@version` of its protocol or of one of its instruments) from the day `from`
 * on, and says what changes.
 *
 * Throws a Failure when the version is unknown or not one of the study's, when the day lies before today, when the protocol would
 * have mistakes with it or draw lots otherwise, or when it is a stand-in that nobody accepted.
 */
export function versionToAdopt(definitions: Definitions, study: Study, reference: string, from: string, now: string): ToAdopt {
  const last = lastProtocolOf(definitions, study)
  const adoption: Adoption = { kind: kindOf(definitions, study, last, reference), reference, from: dayFrom(from) }
  const isNew = !study.adoptedVersions.some((one) => one.reference === reference && one.from === from)
  const today = dayOf(now, last.timeZone)
  if (isNew && from < today)
    throw new Failure(
      `${from} lies before today, ${today}: what was asked until now stays as it was. Write a day from today on.`,
      'past-day',
    )
  const adopted = isNew ? [...study.adoptedVersions, adoption] : study.adoptedVersions
  const periods = periodsOfStudy(definitions, { ...study, adoptedVersions: adopted })
  const [before, after] = [inForceOn(periodsOfStudy(definitions, study), from), inForceOn(periods, from)]
  assertSound(definitions, study, after, reference)
  if (!haveSameLots(before, after))
    throw new Failure(
      `${reference} draws lots otherwise than the version with which study ${study.id} began: what was drawn would not be checked any more. Open a study of its own for it.`,
      'other-lots',
    )
  return { adopted, isNew, periods, changes: changesBetween(definitions, study, before, after) }
}

function dayFrom(text: string): string {
  try {
    return parseDay(text).toString()
  } catch (error) {
    throw new Failure(`${(error as Error).message}.`, 'no-date')
  }
}

function kindOf({ instruments, protocols }: Definitions, study: Study, last: Protocol, reference: string): Adoption['kind'] {
  if (protocols.get(reference)) {
    if (parseReference(reference).id === study.protocolId) return 'protocol'
    throw new Failure(
      `${reference} is another protocol than that of study ${study.id}, ${study.protocolId}: open a study of its own for it.`,
      'other-protocol',
    )
  }
  const asked = last.schedule.map(({ instrument }) => instrument)
  if (!instruments.get(reference))
    throw new Failure(
      `There is no protocol or instrument ${reference}. Versions of what study ${study.id} runs: ${knownVersions({ instruments, protocols }, study, asked)}.`,
      'no-version',
    )
  if (asked.some((instrument) => parseReference(instrument).id === parseReference(reference).id)) return 'instrument'
  throw new Failure(
    `Study ${study.id} does not ask ${parseReference(reference).id}; it asks: ${[...new Set(asked)].join(', ')}.`,
    'not-asked',
  )
}

function knownVersions({ instruments, protocols }: Pick<Definitions, 'instruments' | 'protocols'>, study: Study, asked: string[]): string {
  const ids = [...new Set(asked.map((reference) => parseReference(reference).id))]
  return [...protocols.versions(study.protocolId), ...ids.flatMap((id) => instruments.versions(id))].map(formatReference).join(', ')
}

function assertSound(definitions: Definitions, study: Study, after: Protocol, reference: string): void {
  const { instruments, norms } = definitions
  // Norms that the study adopted stand before those of the protocol, and those of earlier periods behind; two for one scale are no mistake.
  const named = { ...after, norms: [...study.adoptedNorms, ...after.norms] }
  const mistakes = checkProtocol(named, { instruments, ...norms }).filter(({ path }) => !path.startsWith('/norms/'))
  if (mistakes.length > 0)
    throw new Failure(
      `With ${reference} the protocol of study ${study.id} has mistakes:\n${mistakes.map(({ path, reason }) => `${path}: ${reason}`).join('\n')}`,
      'mistakes',
      { mistakes: mistakes.map(({ path, reason }) => ({ path, reason })) },
    )
  const standIns = standInsOf(definitions, after, study.adoptedNorms)
  if (isStandIn({ version: parseReference(reference).version }) && standIns.length > 0 && !study.demonstration && !study.standInsAcceptedBy)
    throw new Failure(`${reference} is a stand-in, and nobody accepted stand-ins in study ${study.id}.`, 'stand-ins')
}

function changesBetween(definitions: Definitions, study: Study, before: Protocol, after: Protocol): VersionChange[] {
  const [old, lists] = [scheduledLists(definitions, before), scheduledLists(definitions, after)]
  const tables = (protocol: Protocol) => normsOfStudy(definitions, protocol, study.adoptedNorms)
  return lists.flatMap((list) => {
    const was = old.find(({ id }) => id === list.id)
    if (!was || was.version === list.version) return []
    const { scales } = compareVersions(was, list)
    const hasNorm = (protocol: Protocol, instrument: typeof list, scale: string) =>
      tables(protocol).some((table) => table.scale === scale && isForInstrument(table, instrument))
    return [
      {
        from: formatReference(was),
        to: formatReference(list),
        differences: compareInstruments(was, list),
        comparable: scales.filter(({ comparable }) => comparable).map(({ id }) => id),
        notComparable: scales.filter(({ comparable }) => !comparable).map(({ id, reasons }) => ({ id, reasons })),
        withoutNorm: list.scales.map(({ id }) => id).filter((id) => hasNorm(before, was, id) && !hasNorm(after, list, id)),
      },
    ]
  })
}
