import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'
import { childrenOf, insertChild } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import type { CaseKey } from './add-participant.ts'
import { isMonth } from './check-case.ts'
import { needCase } from './need-case.ts'
import type { Told } from './told.ts'

/**
 * Adds a child to a case and returns its number; the first one is the index child. `birthMonth`: `YYYY-MM`.
 * Throws a Failure for an unknown case or a month that does not exist.
 */
export async function addChild(context: Context, { study, code }: CaseKey, birthMonth: string, told?: Told): Promise<number> {
  if (!isMonth(birthMonth)) throw new Failure(`"${birthMonth}" is not a month: write YYYY-MM. Nothing was changed.`, 'no-month')
  const { found } = await needCase(context, study, code)
  return await context.stores.study.withTx(async (tx) => {
    const number = 1 + (await childrenOf(tx, found.id)).length
    await insertChild(tx, { caseId: found.id, number, birthMonth })
    const at = context.clock.now()
    await recordEvent(tx, { at, studyId: found.studyId, caseId: found.id, kind: 'child added', detail: { number, ...told } })
    return number
  })
}
