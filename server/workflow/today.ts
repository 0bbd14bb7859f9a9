/** The first page of a study: what needs a person now. */
import { after, compare, localDay } from '../../protocols/local-time.ts'
import type { Permission, Reach } from '../access/roles.ts'
import type { Context } from '../context.ts'
import { countCases, pageOfCases } from '../queries/case-pages.ts'
import { attemptsOfPeople } from '../queries/contact-attempts.ts'
import { countStale } from '../queries/stale-cases.ts'
import { participantsWithTask } from '../queries/tasks.ts'
import { childrenBornIn, closingSoon, countTasks, listsToAsk, tasksOfKind, toAskByHand, type Within } from '../queries/today.ts'
import { countedInAtOnce } from './list-cases.ts'
import { needStudy } from './open-study.ts'
import { alarmTask } from './raise-alarms.ts'
import { standingOf } from './record-attempt.ts'
import { refreshSummaries } from './refresh-summaries.ts'
import { saidNoTask } from './said-no.ts'

/** So many of each are listed; of all there are the number is told. */
export const listed = 25
/** Ages at which other people have to agree, and at which somebody is asked themselves. */
const ages = [12, 16]
const week = 7 * 86_400_000

/**
 * `reach`: where whoever asks may do something. What an answer says is told only where answers may be seen.
 * `resting`: lists also whom nobody has to try again yet. `most`: so many tasks of each kind; what else there is to do has a list of
 * its own, in which it is all found.
 */
export async function whatNeedsSomebody(
  context: Context,
  studyId: string,
  reach: (permission: Permission) => Reach,
  { most = listed, resting = false }: { most?: number; resting?: boolean } = {},
) {
  const { protocol } = await needStudy(context, studyId)
  await refreshSummaries(context, { most: countedInAtOnce })
  const db = context.stores.study.read
  const now = context.clock.now()
  const here: Within = { studyId, within: reach('see cases') }
  const undated = { ...here, undated: true }
  const today = localDay(now, protocol.timeZone)
  const months = ages.flatMap((age) => [0, 1].map((ahead) => today.add({ months: ahead }).subtract({ years: age }).toString().slice(0, 7)))
  const behind = await countStale(db, studyId)
  const [first] = await pageOfCases(db, here, { sort: 'registered', turned: false, after: undefined, limit: 1 })
  return {
    behind,
    /** Whether there is no case at all, as far as whoever asks can see. */
    isEmpty: behind === 0 && first === undefined,
    tasks: await tasksHere(context, here, { answers: reach('see answers'), most, titleOf: (id) => protocol.alarms[id]?.title ?? null }),
    closing: await closingSoon(db, { ...here, from: now, until: after(now, week) }, listed),
    byHand: await byHand(context, { ...here, now, until: after(now, week) }, { timeZone: protocol.timeZone, resting }),
    undated: {
      total: await countCases(db, undated),
      rows: (await pageOfCases(db, undated, { sort: 'registered', turned: true, after: undefined, limit: listed })).map(
        ({ code, registeredAt, missingAnchor }) => ({ code, registeredAt, anchors: missingAnchor?.split(' ') ?? [] }),
      ),
    },
    birthdays: (await childrenBornIn(db, here, months)).map(({ code, number, birthMonth }) => ({
      code,
      number,
      birthMonth,
      age: ages.find((age) => months.indexOf(birthMonth) >> 1 === ages.indexOf(age)) ?? 0,
    })),
  }
}

/** Whom nobody but staff asks. Those who were tried rest until the day that was agreed, and are counted. */
async function byHand(
  { stores, definitions }: Context,
  within: Within & { now: string; until: string },
  { timeZone, resting }: { timeZone: string; resting: boolean },
) {
  const db = stores.study.read
  const asked = await toAskByHand(db, within)
  const attempts = Map.groupBy(
    await attemptsOfPeople(
      db,
      asked.map(({ person }) => person),
    ),
    ({ participantId }) => participantId,
  )
  const saidNo = await participantsWithTask(db, within.studyId, saidNoTask)
  const all = asked.map((row) => ({
    ...row,
    ...standingOf(attempts.get(row.person) ?? [], { ...row, saidNo: saidNo.has(row.person) }, within.now, timeZone),
  }))
  const rows = all.filter(({ isResting }) => resting || !isResting)
  const first = rows.slice(0, listed)
  const lists = await listsToAsk(
    db,
    first.map(({ person }) => person),
  )
  const titleOf = (reference: string) => definitions.instruments.get(reference)?.survey.title
  return {
    total: rows.length,
    resting: all.filter(({ isResting }) => isResting).length,
    rows: first.map((row) => ({
      ...row,
      /** What can be printed for them. */
      papers: lists
        .filter(({ person, wave }) => person === row.person && wave === row.wave)
        .map(({ assignment, instrument, version }) => {
          const title = titleOf(`${instrument}@${version}`) ?? { nl: instrument, en: instrument }
          return { assignment, instrument, title }
        })
        .sort((a, b) => compare(a.instrument, b.instrument)),
    })),
  }
}

/** Open tasks by kind; alarms only of cases of which answers may be seen. */
async function tasksHere(
  { stores }: Context,
  here: Within,
  { answers, most, titleOf }: { answers: Reach; most: number; titleOf(alarm: string): Record<string, string> | null },
) {
  const db = stores.study.read
  const seen = { ...here, within: answers }
  const plain = (await countTasks(db, here)).filter(({ kind }) => kind !== alarmTask)
  const alarms = answers === null ? [] : (await countTasks(db, seen)).filter(({ kind }) => kind === alarmTask)
  return await Promise.all(
    [...alarms, ...plain].map(async ({ kind, total }) => {
      const rows = await tasksOfKind(db, kind === alarmTask ? seen : here, kind, most)
      return { kind, total, rows: rows.map((row) => ({ ...row, alarm: kind === alarmTask ? titleOf(row.detail ?? '') : null })) }
    }),
  )
}
