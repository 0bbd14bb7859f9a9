/** Which protocol a study runs: the one it began with, and what it adopted since. */
import { formatReference } from '../../instruments/definition.ts'
import { dayOf } from '../../protocols/local-time.ts'
import type { Protocol } from '../../protocols/schema.ts'
import { type Adoption, inForceOn, type Period, periodsOf } from '../../protocols/versions.ts'
import { Failure } from '../failure.ts'
import type { Definitions } from './load.ts'

/** What a study's row says of its versions. */
export interface StudyVersions {
  protocolId: string
  protocolVersion: string
  adoptedVersions: Adoption[]
}

/** The protocol that counts at `now`, an ISO 8601 moment. Throws a Failure when the definitions do not have it. */
export function protocolOf(definitions: Definitions, study: StudyVersions, now: string): Protocol {
  const periods = periodsOfStudy(definitions, study)
  const [first] = periods as [Period]
  return periods.length === 1 ? first.protocol : inForceOn(periods, dayOf(now, first.protocol.timeZone))
}

/** The latest protocol of a study, which also has the norms and prices of those before it. Throws like `protocolOf`. */
export const lastProtocolOf = (definitions: Definitions, study: StudyVersions): Protocol =>
  (periodsOfStudy(definitions, study).at(-1) as Period).protocol

/** All protocols of a study, in order of time; see `periodsOf`. Throws a Failure when the definitions lack one. */
export function periodsOfStudy(definitions: Definitions, study: StudyVersions): Period[] {
  const find = (reference: string): Protocol => {
    const protocol = definitions.protocols.get(reference)
    if (!protocol) throw new Failure(lost('protocol', [reference]))
    return protocol
  }
  const pinned = find(formatReference({ id: study.protocolId, version: study.protocolVersion }))
  if (study.adoptedVersions.length === 0) return [{ from: null, protocol: pinned }]
  return cached(pinned, JSON.stringify(study.adoptedVersions), () => periodsOf(pinned, study.adoptedVersions, find))
}

const known = new WeakMap<Protocol, Map<string, Period[]>>()

/** Made once: every answer asks for the protocol of its study. */
function cached(pinned: Protocol, adopted: string, make: () => Period[]): Period[] {
  const ofProtocol = known.get(pinned) ?? new Map<string, Period[]>()
  known.set(pinned, ofProtocol)
  const periods = ofProtocol.get(adopted) ?? make()
  ofProtocol.set(adopted, periods)
  return periods
}

/** What to do when something is in use and not defined. */
export const lost = (kind: string, references: string[]): string =>
  `This data folder uses the ${kind} ${references.join(', ')}, which the definitions do not have. Set DEFINITIONS_DIR to the folder with it.`
