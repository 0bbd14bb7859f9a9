/** A demonstration that runs: a study on a clock that can be set ahead, with a mail server of its own. */
import type { Logger } from 'pino'
import { atLocalTime, localDateTime } from '../../protocols/local-time.ts'
import type { Context } from '../context.ts'
import { protocolOf } from '../definitions/protocol-of-study.ts'
import { Failure } from '../failure.ts'
import type { Transport } from '../mail/transport.ts'
import { eventsAfter, lastEvent, mailsStillOpen } from '../queries/demonstration.ts'
import { listStudies, type Study } from '../queries/studies.ts'
import { startTicker } from '../ticker.ts'
import { oldestFirst } from '../workflow/open-study.ts'
import { inspectFolder, makeFolder } from './data-folder.ts'
import { demoClock } from './demo-clock.ts'
import { type House, type HouseOptions, openHouse } from './house.ts'
import type { Mail, Mailbox } from './mailbox.ts'
import { keepAhead, keepMoment, noteEvery } from './moment.ts'
import { type Moved, summarise } from './moved.ts'
import { firstMoment, type Progress, seedStudy } from './seed.ts'
import { type InventedStaff, inventStaff } from './staff.ts'

/** How far the clock can be set ahead at a time. */
export const steps = { day: { days: 1 }, week: { weeks: 1 }, month: { months: 1 } } as const
export type Step = keyof typeof steps

export interface Demonstration {
  context: Context
  study: Study
  mailbox: Mailbox
  staff: InventedStaff
  /** Leads to the mailbox. */
  transport: Transport
  /** The newest mail to a parent who can still answer it; undefined when no parent has a list open. */
  mailToTry(): Promise<Mail | undefined>
  /** Sets the clock ahead and lets the ticker pass at the mail hour of every day in between, one caller after the other. */
  moveForward(step: Step): Promise<Moved>
  stop(): Promise<void>
}

export interface DemonstrationOptions extends HouseOptions {
  log: Logger
  report(progress: Progress): void
}

/** Opens the demonstration in `directory`, and makes it first when the folder is empty. Throws a Failure for a folder with anything else in it. */
export async function openDemonstration(options: DemonstrationOptions): Promise<Demonstration> {
  const { directory, real, report } = options
  if (inspectFolder(directory) === 'empty')
    await makeFolder(directory, async (unfinished) => {
      const until = real.now()
      const house = await openHouse({ ...options, directory: unfinished }, () => demoClock(firstMoment(until)), { sync: false })
      try {
        await seedStudy({ ...house, until, report })
        await keepMoment(house.context, until)
      } finally {
        await house.close()
      }
    })
  const house = await openHouse(options, (kept) => demoClock(kept ?? real.now(), real))
  try {
    const study = await onlyDemonstration(house.context, directory)
    const staff = await inventStaff(house.context)
    return run(house, study, staff, options.log)
  } catch (reason) {
    await house.close()
    throw reason
  }
}

async function onlyDemonstration(context: Context, directory: string): Promise<Study> {
  const studies = await listStudies(context.stores.study.read)
  // A visitor may have opened others since.
  const study = oldestFirst(studies)[0]
  if (!study || studies.some(({ demonstration }) => !demonstration))
    throw new Failure(
      `${directory} holds a study that is not a demonstration. Give the demonstration a folder of its own: DATA_DIR=./data/demo.`,
    )
  return study
}

function run({ context, clock, mailbox, transport, close }: House, study: Study, staff: InventedStaff, log: Logger): Demonstration {
  const { timeZone, messages } = protocolOf(context.definitions, study, clock.now())
  const ticker = startTicker(context, transport, log)
  const notes = setInterval(() => void keepAhead(context).catch(logFailure), noteEvery / 2)
  const logFailure = (error: Error) => log.error({ problem: error.message }, 'the moment of the demonstration was not kept')
  let moving: Promise<unknown> = keepAhead(context).catch(logFailure)

  async function comeTo(moment: string): Promise<void> {
    if (moment > clock.now()) {
      await keepMoment(context, moment)
      clock.setAhead(moment)
    }
    await ticker.pass()
  }

  async function move(step: Step): Promise<Moved> {
    const from = clock.now()
    const start = localDateTime(from, timeZone)
    const to = start.add(steps[step]).toInstant().toString({ fractionalSecondDigits: 3 })
    const before = await lastEvent(context.stores.study.read)
    for (let day = start.toPlainDate(); ; day = day.add({ days: 1 })) {
      const mailHour = atLocalTime(day, messages.hour, timeZone)
      if (mailHour >= to) break
      if (mailHour > from) await comeTo(mailHour)
    }
    await comeTo(to)
    await keepAhead(context)
    return { from, to: clock.now(), days: summarise(await eventsAfter(context.stores.study.read, study.id, before), timeZone) }
  }

  return {
    context,
    study,
    mailbox,
    staff,
    transport,
    async mailToTry() {
      const ids = await mailsStillOpen(context.stores.study.read, study.id, 'parent')
      return mailbox.list().find(({ messageId }) => messageId !== null && ids.includes(messageId))
    },
    moveForward(step) {
      const result = moving.then(() => move(step))
      moving = result.catch(() => {})
      return result
    },
    async stop() {
      clearInterval(notes)
      await moving
      await ticker.stop()
      await keepMoment(context, clock.now())
      await close()
    },
  }
}
