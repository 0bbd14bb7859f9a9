/** The report of a study: worked out when somebody asks, looked at, and taken away as a file. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { type ReportFile, reportFiles } from '../../report/output/report-file.ts'
import { reportLanguages } from '../../report/words.ts'
import { reportJobs } from '../../workflow/report-jobs.ts'
import { body, query } from '../validate.ts'
import type { DeskEnv } from './authorise.ts'
import { studyOf } from './study-of.ts'

/** Numbers below this are small. */
const small = 5

const optionsSchema = z.strictObject({ percentages: z.enum(['plain', 'adds-to-100']), maskSmallCells: z.boolean() })
const nothing = z.strictObject({})
const languageSchema = z.strictObject({ language: z.enum(reportLanguages) })
const place = z.string().regex(/^\d{1,4}$/)
const cellSchema = z.strictObject({ table: z.string().max(60), row: place, column: place })
const fileSchema = z.strictObject({ language: z.enum(reportLanguages), file: z.enum(Object.keys(reportFiles) as [ReportFile]) })

/** Below a study. */
export const reportRoutes = (context: Context) => {
  const jobs = reportJobs(context)
  return new Hono<DeskEnv>()
    .post('/', body(optionsSchema), async (request) => {
      const { percentages, maskSmallCells } = request.req.valid('json')
      const options = { percentages, maskBelow: maskSmallCells ? small : null }
      return request.json(await jobs.start(studyOf(request), options, request.get('staff').member.id))
    })
    .get('/', async (request) => request.json(await jobs.list(studyOf(request))))
    .get('/:report', async (request) => request.json(await jobs.find(studyOf(request), request.req.param('report'))))
    .post('/:report/cancel', body(nothing), async (request) =>
      request.json(await jobs.cancel(studyOf(request), request.req.param('report'))),
    )
    .get('/:report/tables', query(languageSchema), async (request) =>
      request.json(await jobs.shown(studyOf(request), request.req.param('report'), request.req.valid('query').language)),
    )
    .get('/:report/behind', query(cellSchema), async (request) => {
      const { table, row, column } = request.req.valid('query')
      const cell = { table, row: Number(row), column: Number(column) }
      return request.json({ cases: await jobs.cases(studyOf(request), request.req.param('report'), cell) })
    })
    .get('/:report/file', query(fileSchema), async (request) => {
      const { file, language } = request.req.valid('query')
      const study = studyOf(request)
      const made = await jobs.file(study, request.req.param('report'), file, language, request.get('staff').member.id)
      request.header('Content-Type', reportFiles[file])
      request.header('Content-Disposition', `attachment; filename="report-${study}-${language}.${file}"`)
      return request.body(new Uint8Array(made))
    })
}
