/** The real server: application, ticker and mail on one data folder. */
import { setTimeout as wait } from 'node:timers/promises'
import { createApp } from './app.ts'
import { areOnOneDisk } from './backup/backup-folder.ts'
import type { Context } from './context.ts'
import { isNewFolder } from './db/open.ts'
import { type Needed, nightlyOf, placeOf, providerOf, type Settings } from './env.ts'
import { listen } from './listen.ts'
import { createLog } from './log.ts'
import { createTransport } from './mail/transport.ts'
import type { Metrics } from './metrics.ts'
import { startNightly } from './nightly.ts'
import { closeContext, openContext } from './open-context.ts'
import { plainReason } from './plain-reason.ts'
import { readSite } from './routes/site.ts'
import { startTicker, type Ticker } from './ticker.ts'
import { startWatch, type Watch } from './watch.ts'
import { missingNorms } from './workflow/adopt-norms.ts'
import { assertDefinitions } from './workflow/assert-definitions.ts'
import { assertKey } from './workflow/assert-key.ts'
import { fillContactMarks } from './workflow/fill-contact-marks.ts'
import { removeLeftCopies } from './workflow/left-copies.ts'
import { fillMailboxKeys } from './workflow/mailbox-key.ts'
import { removeOrphans } from './workflow/remove-orphans.ts'

export interface Server {
  port: number
  /** Aborted once a newer version has brought the databases up to date: from then on this one answers nothing but that, and is to be stopped. */
  outdated: AbortSignal
  /** Takes no new requests, answers those under way, settles the mail in hand and closes the databases. */
  stop(): Promise<void>
}

/** Starts serving. Throws a Failure that says what to do when it cannot. */
export async function start(settings: Settings & Required<Pick<Settings, Needed>>): Promise<Server> {
  const log = createLog(settings.LOG_LEVEL)
  const site = readSite()
  const nightly = nightlyOf(settings)
  // Fetched only where it is needed. Found by night, it would be a night without a backup.
  if (nightly) (await import('./backup/keys.ts')).closerFor(nightly.recipient)
  const isNew = isNewFolder(placeOf(settings))
  const context = await openContext(settings)
  if (nightly && (await areOnOneDisk(settings.DATA_DIR, nightly.into)))
    log.warn({ dataDir: settings.DATA_DIR, backupDir: nightly.into }, 'backups are on the disk of the data: both are lost together')
  if (isNew) log.warn({ dataDir: settings.DATA_DIR }, 'there were no databases in DATA_DIR: new ones were made, with nothing in them')
  try {
    const transport = createTransport(settings)
    await assertKey(context)
    await assertDefinitions(context)
    removeLeftCopies(settings.DATA_DIR)
    context.presence.tidy()
    const orphans = await removeOrphans(context)
    if (orphans > 0) log.warn({ orphans }, 'removed contact data of registrations that were cut off')
    await fillMailboxKeys(context)
    await fillContactMarks(context)
    const norms = await missingNorms(context)
    if (norms.length > 0) log.error({ norms }, 'norm tables that a study has adopted are not in DEFINITIONS_DIR: older ones are used')
    let ticker: Ticker | undefined
    const watch = startWatch(context, { transport, ticker: () => ticker, log })
    const token = settings.METRICS_TOKEN
    const metrics = token === undefined ? null : await metricsOf(context, watch.look, () => ticker?.idleFor() ?? 0)
    const ways = {
      trustedProxies: settings.TRUSTED_PROXIES ?? [],
      outgoing: transport,
      sender: settings.MAIL_FROM,
      provider: providerOf(settings),
      operation: { look: watch.look, metrics, token },
    }
    const listening = await listen(createApp(context, { site, log, ...ways }), { host: settings.HOST, port: settings.PORT })
    ticker = startTicker(context, transport, log, metrics?.passed)
    const backups = nightly && startNightly(context, nightly, log)
    log.info({ port: listening.port, baseUrl: settings.BASE_URL, dataDir: settings.DATA_DIR }, 'serving')
    const { outdated } = context.stores.study
    const tellOutdated = (): void => log.fatal({ problem: plainReason(outdated.reason).message }, 'outdated: this server ends')
    if (outdated.aborted) tellOutdated()
    else outdated.addEventListener('abort', tellOutdated)
    let stopping: Promise<void> | undefined
    return { port: listening.port, outdated, stop: () => (stopping ??= end()) }

    async function end(): Promise<void> {
      watch.drain()
      // Mails and backups need no balancer: they end at once.
      const ended = [ticker?.stop(), backups?.stop()]
      await wait(settings.DRAIN_SECONDS * 1000)
      await Promise.all([listening.close(), ...ended])
      await watch.stop()
      await closeContext(context)
      log.info('stopped')
    }
  } catch (reason) {
    await closeContext(context)
    throw reason
  }
}

/** Fetched only where somebody wants numbers. */
async function metricsOf(context: Context, look: Watch['look'], idleFor: () => number): Promise<Metrics> {
  const { collectMetrics } = await import('./metrics.ts')
  return collectMetrics(context, { look, idleFor })
}
