/** The protocol of a study over all of its time: what an export needs of it when the study adopted other versions. */
import semver from 'semver'
import { parseReference } from '../../instruments/definition.ts'
import type { Protocol, Wave } from '../../protocols/schema.ts'
import type { Adoption, Period } from '../../protocols/versions.ts'

/**
 * The latest protocol, and beside it whatever earlier ones had and it has not: arms, cohorts, roles, anchors, weights and waves of which
 * there may be data. Only for names and titles: nobody is asked by it.
 */
export function wholeProtocol(periods: readonly Period[]): Protocol {
  const protocols = periods.map(({ protocol }) => protocol)
  const last = protocols.at(-1) as Protocol
  if (protocols.length === 1) return last
  const waves = new Map(protocols.flatMap((protocol) => protocol.waves).map((wave) => [wave.id, wave]))
  return {
    ...last,
    arms: Object.assign({}, ...protocols.map(({ arms }) => arms)),
    cohorts: Object.assign({}, ...protocols.map(({ cohorts }) => cohorts)),
    roles: Object.assign({}, ...protocols.map(({ roles }) => roles)),
    anchors: Object.assign({}, ...protocols.map(({ anchors }) => anchors)),
    weights: Object.assign({}, ...protocols.map(({ weights }) => weights)),
    // A wave that came later stands among the others where it falls.
    waves: [...waves.values()].sort(inTime),
  }
}

const inTime = (a: Wave, b: Wave): number => a.offset.months - b.offset.months || a.offset.days - b.offset.days

/**
 * Instruments as `id@version`, first what the study took into use first: what it began with, what it adopted in the order in
 * which it did, and what else was recorded. Within each of these in the order of versions. Names in an export keep to this
 * order, so nothing that is adopted later may come before what was there.
 */
export function inOrderOfUse(
  began: Protocol,
  adopted: readonly Adoption[],
  find: (reference: string) => Protocol,
  recorded: readonly string[],
): string[] {
  const scheduled = ({ schedule }: Protocol): string[] => schedule.map(({ instrument }) => instrument)
  const later = adopted.map(({ kind, reference }) => (kind === 'protocol' ? scheduled(find(reference)) : [reference]))
  return [...new Set([scheduled(began), ...later, recorded].flatMap((references) => references.toSorted(byVersion)))]
}

const byVersion = (a: string, b: string): number => semver.compare(parseReference(a).version, parseReference(b).version)
