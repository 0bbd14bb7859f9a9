/** What staff read and do. Who may call what stands in server/access/policies.ts. */
import { Hono } from 'hono'
import type { Context } from '../../context.ts'
import { deskJobs } from '../../workflow/desk-jobs.ts'
import { accessLogRoutes } from './access-log.ts'
import { accountRoutes } from './account.ts'
import { alikeRoutes } from './alike.ts'
import { apiKeyRoutes } from './api-keys.ts'
import { authorise, type DeskEnv } from './authorise.ts'
import { caseAddressRoutes } from './case-address.ts'
import { caseCareRoutes } from './case-care.ts'
import { caseChangeRoutes } from './case-changes.ts'
import { caseRoutes } from './cases.ts'
import { definitionRoutes } from './definitions.ts'
import { entryRoutes, entryWorkRoutes } from './entry.ts'
import { leavingRoutes, returnRoutes } from './erasure.ts'
import { exportRoutes } from './exports.ts'
import { findRoutes } from './find.ts'
import { importRoutes } from './imports.ts'
import { jobRoutes } from './jobs.ts'
import { newStudyRoutes } from './new-study.ts'
import { deskPaperRoutes } from './paper.ts'
import { reportRoutes } from './reports.ts'
import { responseRoutes } from './response.ts'
import { retentionRoutes } from './retention.ts'
import { returnedMailRoutes } from './returned-mail.ts'
import { settingsRoutes } from './settings.ts'
import { signInRoutes } from './sign-in.ts'
import { staffRoutes } from './staff.ts'
import type { StaffCookie } from './staff-cookie.ts'
import { studyRoutes } from './study.ts'
import { todayRoutes } from './today.ts'
import { queryListRoutes, valueRoutes } from './value-queries.ts'
import type { DeskWays } from './ways.ts'

export const deskRoutes = (context: Context, cookie: StaffCookie, ways: DeskWays) => {
  const jobs = deskJobs(context)
  return new Hono<DeskEnv>()
    .use(authorise(context, cookie, ways))
    .route('/', signInRoutes(context, cookie, ways))
    .route('/account', accountRoutes(context, cookie, ways))
    .route('/account/keys', apiKeyRoutes(context, ways))
    .route('/', accessLogRoutes(context))
    .route('/staff', staffRoutes(context, ways.outgoing))
    .route('/new-study', newStudyRoutes(context, ways))
    .route('/studies/:study', studyRoutes(context))
    .route('/studies/:study', responseRoutes(context))
    .route('/studies/:study/today', todayRoutes(context))
    .route('/studies/:study/find', findRoutes(context))
    .route('/studies/:study/alike', alikeRoutes(context))
    .route('/studies/:study/returned', returnedMailRoutes(context))
    .route('/studies/:study/imports', importRoutes(context))
    .route('/studies/:study/cases', caseRoutes(context))
    .route('/studies/:study/cases/:case', caseChangeRoutes(context))
    .route('/studies/:study/cases/:case/preview', caseChangeRoutes(context, { isTrial: true }))
    .route('/studies/:study/cases/:case', caseAddressRoutes(context))
    .route('/studies/:study/cases/:case/preview', caseAddressRoutes(context, { isTrial: true }))
    .route('/studies/:study/cases/:case', caseCareRoutes(context))
    .route('/studies/:study/cases/:case/people/:person/paper', deskPaperRoutes(context))
    .route('/studies/:study/entry', entryWorkRoutes(context))
    .route('/studies/:study/queries', queryListRoutes(context))
    .route('/studies/:study/cases/:case/entry', entryRoutes(context))
    .route('/studies/:study/cases/:case', valueRoutes(context))
    .route('/studies/:study/cases/:case', leavingRoutes(context))
    .route('/studies/:study/cases/:case', returnRoutes(context))
    .route('/studies/:study/cases/:case/preview', returnRoutes(context, { isTrial: true }))
    .route('/studies/:study/exports', exportRoutes(context))
    .route('/studies/:study/reports', reportRoutes(context))
    .route('/studies/:study/settings', settingsRoutes(context, ways))
    .route('/studies/:study/retention', retentionRoutes(context))
    .route('/studies/:study/definitions', definitionRoutes(context, jobs))
    .route('/studies/:study/jobs', jobRoutes(jobs))
}

export type DeskRoutes = ReturnType<typeof deskRoutes>
