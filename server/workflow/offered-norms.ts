/** Norm tables by which the lists of a study could be scored, for whoever chooses among them. */
import { formatReference, isStandIn } from '../../instruments/definition.ts'
import { applicableNorm, isForInstrument } from '../../norms/standardise.ts'
import type { Context } from '../context.ts'
import { normsOfStudy, scheduledLists } from '../definitions/norms-of-study.ts'
import { lastProtocolOf, periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { needStudy } from './open-study.ts'

/** `isInForce`: scores are made by it now. `mayBeUsed`: false for a stand-in in a study in which nobody accepted any. */
export async function offeredNorms(context: Context, studyId: string) {
  const { definitions } = context
  const { study } = await needStudy(context, studyId)
  const lists = [...new Set(periodsOfStudy(definitions, study).flatMap(({ protocol }) => scheduledLists(definitions, protocol)))]
  const used = normsOfStudy(definitions, lastProtocolOf(definitions, study), study.adoptedNorms)
  const norms = definitions.norms.tables.all().flatMap((table) => {
    const of = lists.filter((list) => isForInstrument(table, list) && list.scales.some(({ id }) => id === table.scale))
    if (of.length === 0) return []
    const { title, instrument, scale, population, year, status } = table
    const isInForce = of.every((list) => applicableNorm(used, list, scale) === table)
    const mayBeUsed = !isStandIn(table) || study.demonstration || study.standInsAcceptedBy !== null
    return [{ reference: formatReference(table), title, instrument, scale, population, year, status, isInForce, mayBeUsed }]
  })
  return { norms }
}
