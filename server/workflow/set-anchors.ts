/** Dates of a case that became known, or moved: what lies ahead is planned anew, what happened stays. */
import type { Changes } from '../../protocols/changes.ts'
import type { Context } from '../context.ts'
import { periodsOfStudy } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import { anchorsOf, setAnchor } from '../queries/cases.ts'
import { recordEvent } from '../queries/events.ts'
import { isDate } from './check-case.ts'
import { needCase } from './need-case.ts'
import { changesOfCase, replanCase } from './replan-case.ts'
import type { Told } from './told.ts'

export interface AnchorEntry {
  study: string
  code: string
  /** `YYYY-MM-DD` by anchor. */
  anchors: Record<string, string>
}

/** What setting these anchors would change; nothing is written. Throws a Failure like `setAnchors`. */
export async function previewAnchors(context: Context, entry: AnchorEntry): Promise<Changes> {
  const { found, study } = await checked(context, entry)
  const periods = periodsOfStudy(context.definitions, study)
  return await changesOfCase(context.stores.study.read, periods, found, context.clock.now(), { anchors: entry.anchors })
}

/** Sets the anchors and plans the case anew, in one transaction. Throws a Failure for an unknown case, anchor or date. */
export async function setAnchors(context: Context, entry: AnchorEntry, told?: Told): Promise<Changes> {
  const { found } = await checked(context, entry)
  const now = context.clock.now()
  return await context.stores.study.withTx(async (tx) => {
    const before = await anchorsOf(tx, found.id)
    for (const [name, date] of Object.entries(entry.anchors)) await setAnchor(tx, found.id, name, date, now)
    await recordEvent(tx, {
      at: now,
      studyId: found.studyId,
      caseId: found.id,
      kind: 'anchors set',
      detail: { before, anchors: entry.anchors, ...told },
    })
    return await replanCase(tx, context, found.id)
  })
}

async function checked(context: Context, { study: studyId, code, anchors }: AnchorEntry) {
  const { found, study, protocol } = await needCase(context, studyId, code)
  if (Object.keys(anchors).length === 0) throw new Failure('No date was given. Nothing was changed.', 'nothing-changed')
  for (const [name, date] of Object.entries(anchors)) {
    if (!Object.hasOwn(protocol.anchors, name))
      throw new Failure(`"${name}" is not an anchor; there is: ${Object.keys(protocol.anchors).join(', ')}.`, 'no-anchor')
    if (!isDate(date)) throw new Failure(`"${date}" is not a date that exists: write ${name}=YYYY-MM-DD.`, 'no-day')
  }
  return { found, study }
}
