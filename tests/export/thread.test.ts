import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { exportInThread } from '../../server/export/export-in-thread.ts'
import type { ExportMade, ExportRequest, Progress } from '../../server/export/export-study.ts'
import { databasePlace } from '../harness/database.ts'
import { entry, startExportStudy, study } from './study.ts'

async function start(t: TestContext, cases: number) {
  const visits = await startExportStudy(t)
  await visits.register(...Array.from({ length: cases }, (_, index) => entry(`c${index}`)))
  await visits.submit({ code: 'c0', instrument: 'visit' }, { moved: 1 })
  const place = { ...(await databasePlace(visits.dataFolder)), definitions: visits.environment.DEFINITIONS_DIR }
  const request = (name: string): ExportRequest => ({
    study,
    directory: join(visits.folder, name),
    layouts: ['long', 'wide'],
    formats: ['csv'],
    now: '2026-03-02T09:00:00.000Z',
  })
  return { ...visits, place, request }
}

const nothingBut = (folder: string, ...names: string[]) => assert.deepEqual(readdirSync(folder).sort(), ['data', 'definitions', ...names])

test('an export in a thread is the export that it would be here, and is registered here before it gets its name', async (t) => {
  const visits = await start(t, 30)
  const registered: (ExportMade & { wasThere: boolean })[] = []
  const progress: Progress[] = []
  const manifest = await exportInThread(visits.place, {
    ...visits.request('out'),
    formats: ['csv', 'xlsx', 'parquet'],
    onProgress: (now) => void progress.push(now),
    async register(made) {
      registered.push({ ...made, wasThere: existsSync(join(visits.folder, 'out')) })
    },
  })
  assert.equal(manifest.counts.cases, 30)
  assert.deepEqual(
    registered.map(({ caseIds, wasThere }) => [caseIds.length, wasThere]),
    [[30, false]],
  )
  const last = progress.at(-1)
  assert.deepEqual([last?.cases, last?.of], [30, 30])
  assert.equal(
    last?.rows,
    manifest.files.filter(({ name }) => !name.startsWith('codebook')).reduce((sum, { rows }) => sum + (rows ?? 0), 0),
  )
  const { directory } = await visits.export('here', '--layout', 'long', 'wide', '--format', 'csv', 'xlsx', 'parquet')
  for (const { name } of manifest.files)
    assert.ok(readFileSync(join(visits.folder, 'out', name)).equals(readFileSync(join(directory, name))), name)
})

test('one that is stopped, before or while it runs, leaves nothing', async (t) => {
  const visits = await start(t, 300)
  const stopped = /^Error: The export was stopped\. Nothing of it was left behind\.$/
  await assert.rejects(exportInThread(visits.place, { ...visits.request('out'), signal: AbortSignal.abort() }), stopped)
  const stop = new AbortController()
  const seen: number[] = []
  const running = exportInThread(visits.place, {
    ...visits.request('out'),
    formats: ['csv', 'sav', 'xlsx', 'parquet'],
    onProgress({ cases }) {
      seen.push(cases)
      stop.abort()
    },
    signal: stop.signal,
  })
  await assert.rejects(running, stopped)
  assert.ok((seen[0] ?? 300) < 300, 'it was under way')
  nothingBut(visits.folder)
})

test('what goes wrong in the thread is said as if it went wrong here', async (t) => {
  const visits = await start(t, 1)
  await assert.rejects(
    exportInThread(visits.place, { ...visits.request('out'), study: 'bezoek' }),
    /^Error: There is no study bezoek; there is: visits\.$/,
  )
  nothingBut(visits.folder)
})

test('one that cannot be registered is not made, and whoever asked hears why', async (t) => {
  const visits = await start(t, 3)
  const refused = exportInThread(visits.place, {
    ...visits.request('out'),
    register: () => Promise.reject(new Error('the disk is full')),
  })
  await assert.rejects(refused, /^Error: the disk is full$/)
  nothingBut(visits.folder)
})

test('a thread that breaks down is an error that says so, and leaves nothing', async (t) => {
  const visits = await start(t, 300)
  const partial = join(visits.folder, '.half')
  mkdirSync(partial)
  writeFileSync(join(partial, 'wide.csv'), 'study,case_code\n')
  // A heap in which not even definitions fit.
  const limits = { maxOldGenerationSizeMb: 10, maxYoungGenerationSizeMb: 1 }
  const broken = exportInThread(visits.place, { ...visits.request('out'), partial }, limits)
  await assert.rejects(broken, /^Error: The thread of the export broke down: .*memory.*\. Nothing of it was left behind\.$/)
  nothingBut(visits.folder)
})
