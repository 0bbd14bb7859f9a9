/** What of a protocol is a stand-in: written for this project in the place of what is licensed. */
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import type { Protocol } from '../../protocols/schema.ts'
import type { Definitions } from './load.ts'
import { normsInForce, pricesOfStudy, scheduledLists } from './norms-of-study.ts'

/** Its instruments, norm tables and price tables that are; norms that an adopted one has replaced are not among them. */
export const standInDefinitionsOf = (definitions: Definitions, protocol: Protocol, adoptedNorms: readonly string[]) =>
  [
    ...scheduledLists(definitions, protocol),
    ...normsInForce(definitions, protocol, adoptedNorms),
    ...pricesOfStudy(definitions, protocol),
  ].filter(isStandIn)

/** The same as references. */
export const standInsOf = (definitions: Definitions, protocol: Protocol, adoptedNorms: readonly string[]): string[] =>
  standInDefinitionsOf(definitions, protocol, adoptedNorms).map(formatReference)
